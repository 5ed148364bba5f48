"""The sample extracts are what the scenario book writes, and fill every mart."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from gladly_sandbox.stories import write_book
from project import MODELS_ONLY, ROOT, query, tables

SAMPLE = ROOT / "extracts" / "sample"


def contents(root: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path there."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_the_sample_is_what_the_scenario_book_writes(tmp_path: Path) -> None:
    write_book(tmp_path / "book")
    written, kept = contents(tmp_path / "book"), contents(SAMPLE)
    assert sorted(written) == sorted(kept)
    assert [path for path in written if written[path] != kept[path]] == []


def test_the_command_line_fills_every_mart_from_the_sample(tmp_path: Path) -> None:
    database = tmp_path / "gladly.duckdb"
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", *MODELS_ONLY),
            *(f"--target-path={tmp_path}/target", f"--log-path={tmp_path}/logs"),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "GLADLY_EXTRACTS_PATH": "extracts/sample",
            "GLADLY_DATABASE_PATH": str(database),
        },
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    marts = [name for name in tables(database) if name.startswith(("marts.", "audit."))]
    assert "marts.fct_conversations" in marts
    counts = query(
        database,
        " union all ".join(f"select '{name}', count(*) from {name}" for name in marts),
    )
    assert [name for name, count in counts if count == 0] == []
