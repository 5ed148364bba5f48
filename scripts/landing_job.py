"""Has the workers of Spark land shares of the extracts: one task a share.

Runs in the environment of Spark. A task starts ``landing_share.py`` in the environment
of DuckDB, which every worker sees under the same path as this machine does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pyspark.sql import SparkSession


def main(python: str, folder: str) -> int:
    """Run all shares of a folder, and return 1 when one fails."""
    script = str(Path(__file__).with_name("landing_share.py"))
    shares = sorted(str(path) for path in Path(folder).iterdir() if path.is_dir())

    def land(share: str) -> tuple[int, str]:
        ended = subprocess.run(
            [python, script, share], capture_output=True, check=False, text=True
        )
        return ended.returncode, ended.stdout + ended.stderr

    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.appName("Landing of extracts")
        .master(os.environ.get("GLADLY_SPARK_MASTER", "local[*]"))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    try:
        ended = spark.sparkContext.parallelize(shares, len(shares)).map(land).collect()
    finally:
        spark.stop()
    for code, said in ended:
        print(said.strip(), file=sys.stderr if code else sys.stdout)
    return int(any(code for code, _ in ended))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
