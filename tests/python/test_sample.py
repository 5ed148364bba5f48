"""The sample is what the scenario book writes, and fills every mart and answer.

The unit tests of the models run here, with a build that makes its tables anew.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from compiled import Compiled
from gladly_sandbox.stories import write_book
from project import ROOT, build, compile_project, hashes, query, tables
from sample import Sample, parquet_files

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


def test_compiled_models_make_the_marts_that_dbt_makes(
    sample: Sample, compiled: Compiled, tmp_path: Path
) -> None:
    """Contracts put columns in another order; erasure goes by the marts."""
    made = tmp_path / "gladly.duckdb"
    compiled.build(SAMPLE, made)
    marts = [name for name in tables(sample.database) if name.startswith("marts.")]
    assert len(marts) > 25
    assert [
        name for name in marts if rows(made, name) != rows(sample.database, name)
    ] == []


@pytest.fixture(scope="module")
def again(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make every table of a copy of the sample anew, and run the unit tests.

    One thread makes what several have made.
    """
    database = tmp_path_factory.mktemp("again") / "gladly.duckdb"
    shutil.copy(sample.database, database)
    command = ("build", "--full-refresh", "--exclude-resource-type", "test")
    result = build(SAMPLE, database, *command)
    assert result.exit_code == 0, result.log
    manifest = json.loads((sample.target / "manifest.json").read_bytes())
    tests = {each["name"] for each in manifest["unit_tests"].values()}
    assert {result.statuses[name] for name in tests} == {"pass"}
    return database


def test_unit_tests_pass_and_a_second_build_makes_the_same_tables(
    sample: Sample, again: Path
) -> None:
    first, second = hashes(sample.database), hashes(again)
    assert [name for name in first if first[name] != second[name]] == []
    assert first.keys() == second.keys()


def test_a_second_build_writes_the_same_parquet_files(
    sample: Sample, again: Path
) -> None:
    first, second = (
        parquet_files(database.parent) for database in (sample.database, again)
    )
    assert [name for name in first if first[name] != second[name]] == []
    assert first.keys() == second.keys()


def rows(database: Path, table: str) -> list[tuple[object, ...]]:
    """Return the rows of a table, sorted, with its columns by name."""
    names = query(
        database,
        f"""
        select column_name from information_schema.columns
        where table_schema || '.' || table_name = '{table}' order by 1
        """,
    )
    columns = ", ".join(name for (name,) in names)
    return query(database, f"select {columns} from {table} order by all")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the compiled analyses.

    dbt opens its database to write, and others read the sample meanwhile.
    """
    folder = tmp_path_factory.mktemp("analyses")
    compile_project(folder, "analysis")
    return folder / "compiled" / "gladly" / "analyses"


def test_every_mart_is_filled_from_the_sample(sample: Sample) -> None:
    marts = [
        name
        for name in tables(sample.database)
        if name.startswith(("marts.", "audit."))
    ]
    assert "marts.fct_conversations" in marts
    counts = query(
        sample.database,
        " union all ".join(f"select '{name}', count(*) from {name}" for name in marts),
    )
    assert [name for name, count in counts if count == 0] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_on_the_sample(
    question: str, sample: Sample, answers: Path
) -> None:
    compiled = answers / f"{question}.sql"
    assert query(sample.database, compiled.read_text("utf-8"))
