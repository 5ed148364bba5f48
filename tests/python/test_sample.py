"""The sample is what the scenario book writes, and fills every mart and answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gladly_sandbox.stories import write_book
from project import MODELS_ONLY, ROOT, query, tables

SAMPLE = ROOT / "extracts" / "sample"
QUESTIONS = sorted(path.stem for path in (ROOT / "analyses").glob("*.sql"))


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


def dbt(database: Path, *command: str) -> None:
    """Run a dbt command on the command line; its target is beside the database."""
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", *command),
            f"--target-path={database.parent / 'target'}",
            f"--log-path={database.parent / 'logs'}",
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


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of the sample, analyses compiled beside it."""
    database = tmp_path_factory.mktemp("sample") / "gladly.duckdb"
    dbt(database, *MODELS_ONLY)
    dbt(database, "compile", "--select", "resource_type:analysis")
    return database


def test_the_command_line_fills_every_mart_from_the_sample(sample: Path) -> None:
    marts = [name for name in tables(sample) if name.startswith(("marts.", "audit."))]
    assert "marts.fct_conversations" in marts
    counts = query(
        sample,
        " union all ".join(f"select '{name}', count(*) from {name}" for name in marts),
    )
    assert [name for name, count in counts if count == 0] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_on_the_sample(question: str, sample: Path) -> None:
    compiled = sample.parent / f"target/compiled/gladly/analyses/{question}.sql"
    assert query(sample, compiled.read_text("utf-8"))
