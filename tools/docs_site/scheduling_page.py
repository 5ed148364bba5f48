"""The page on schedulers: what the extractor says of them, with its examples whole."""

from __future__ import annotations

import re
from pathlib import Path

EXTRACTOR = Path(__file__).parents[2] / "extractor"
#: How each example is written, for whoever colours it.
LANGUAGES = {".py": "python", ".yml": "yaml", "": ""}
_LINK = re.compile(r"\[`(examples/[\w.-]+)`\]\(\1\)")


def scheduling_page() -> str:
    """Return the page as Markdown; its links to examples lead to them below."""
    text = (EXTRACTOR / "SCHEDULING.md").read_text("utf-8")
    parts = [_LINK.sub(lambda found: f"below: `{found[1]}`", text)]
    for path in sorted((EXTRACTOR / "examples").iterdir()):
        code = path.read_text("utf-8").rstrip()
        language = LANGUAGES.get(path.suffix, "")
        parts.append(f"## {path.name}\n\n```{language}\n{code}\n```\n")
    return "\n".join(parts)
