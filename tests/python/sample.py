"""The sample, built and documented as ``make build`` does it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from project import ROOT, SAMPLE_BUILT, run_script


@dataclass(frozen=True)
class Sample:
    """Where the sample is.

    Attributes:
        database: with every table; the Parquet files lie beside it.
        target: what dbt wrote, and the docs in ``site``.
    """

    database: Path
    target: Path

    def run(self, *command: str, extracts: Path | str = "extracts/sample") -> None:
        """Run a Python command that reads or writes what was built of the extracts."""
        ended = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **self._environment(extracts)},
            capture_output=True,
            check=False,
            text=True,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr

    def build(self, extracts: Path | str = "extracts/sample") -> None:
        """Make tables and docs of the extracts, without testing the tables."""
        leave_out = ("--exclude-resource-type", "test")
        environment = self._environment(extracts)
        run_script("scripts/run_dbt.py", "--", *leave_out, environment=environment)
        self.run("-m", "docs_site", str(self.database), extracts=extracts)

    def _environment(self, extracts: Path | str) -> dict[str, str]:
        return {
            "GLADLY_EXTRACTS_PATH": str(extracts),
            "GLADLY_DATABASE_PATH": str(self.database),
            "DBT_TARGET_PATH": str(self.target),
            "DBT_LOG_PATH": str(self.target),
            "DBT_PROFILES_DIR": str(ROOT),
            "PYTHONPATH": f"{ROOT}/tools{os.pathsep}{ROOT}/sandbox/src",
        }


def build_sample(folder: Path) -> Sample:
    """Put the sample and its docs into a folder, unless they are there."""
    built = os.environ.get(SAMPLE_BUILT)
    made = Sample(folder / "gladly.duckdb", folder if built else folder / "target")
    if not (made.target / "site" / "index.html").exists():
        if built:
            shutil.copytree(built, folder)
        else:
            made.build()
    return made


def parquet_files(folder: Path) -> dict[str, bytes]:
    """Return every Parquet file beside a database, as ``schema.mart``."""
    return {
        f"{path.parent.name}.{path.stem}": path.read_bytes()
        for path in sorted((folder / "parquet").rglob("*"))
        if path.is_file()
    }
