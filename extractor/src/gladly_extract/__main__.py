"""``python -m gladly_extract``."""

from gladly_extract.cli import main

main()
