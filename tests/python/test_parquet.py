"""Every mart is also a Parquet file beside the database."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from project import MODELS_ONLY, ROOT, build, options, query, run_anew
from sample import Sample, parquet_files

SAMPLE = ROOT / "extracts" / "sample"


def marts(database: Path) -> list[str]:
    """Return the tables for readers; views are none."""
    found = query(
        database,
        """
        select schema_name || '.' || table_name from duckdb_tables()
        where schema_name in ('marts', 'audit')
        order by 1
        """,
    )
    return [name for (name,) in found]


def assert_alike(connection: duckdb.DuckDBPyConnection, name: str, files: Path) -> None:
    """Compare Parquet files with their mart: columns, types and every row."""
    exported = connection.sql(f"from read_parquet('{files}')")
    mart = connection.sql(f"from {name}")
    assert exported.columns == mart.columns, name
    assert exported.types == mart.types, name
    differing = connection.sql(
        f"""
        (from {name} except all from read_parquet('{files}'))
        union all
        (from read_parquet('{files}') except all from {name})
        """
    )
    assert differing.fetchall() == [], name


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    return sample.database


def test_each_file_holds_the_rows_and_types_of_its_mart(built: Path) -> None:
    assert sorted(parquet_files(built.parent)) == marts(built)
    with duckdb.connect(str(built), read_only=True) as connection:
        for name in marts(built):
            path = built.parent / "parquet" / f"{name.replace('.', '/')}.parquet"
            assert_alike(connection, name, path)


def test_others_may_read_the_files_of_make_build_but_not_the_database(
    built: Path,
) -> None:
    mask = os.umask(0)
    os.umask(mask)
    file = built.parent / "parquet" / "marts" / "dim_dates.parquet"
    assert file.stat().st_mode & 0o777 == 0o666 & ~mask
    assert file.parent.stat().st_mode & 0o777 == 0o777 & ~mask
    assert built.stat().st_mode & 0o077 == 0


def test_only_what_a_build_made_is_written_and_nothing_else_is_touched(
    built: Path, tmp_path: Path
) -> None:
    shutil.copy(built, tmp_path / built.name)
    kept = tmp_path / "parquet" / "marts" / "of_a_reader.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    options = (*MODELS_ONLY, "--select", "dim_dates", "audit_rejected_records")
    result = build(SAMPLE, tmp_path / built.name, *options)
    assert result.exit_code == 0, result.log
    # Raw text may name a customer: the view of it stays where erasure reaches it.
    assert sorted(parquet_files(tmp_path)) == ["marts.dim_dates", "marts.of_a_reader"]
    assert kept.read_text() == "mine"


def test_a_file_from_before_its_mart_changed_is_written_again_though_the_build_is_not(
    built: Path, tmp_path: Path
) -> None:
    database = tmp_path / built.name
    shutil.copy(built, database)
    folder = tmp_path / "parquet" / "marts"
    options = (*MODELS_ONLY, "--select", "dim_dates", "dim_teams")
    assert build(SAMPLE, database, *options).exit_code == 0
    before = {path.stem: path.stat().st_ino for path in folder.iterdir()}
    # As after a build that exported nothing, or that was stopped before it did.
    with duckdb.connect(str(database)) as connection:
        connection.execute("update marts.dim_teams set team_name = team_name || '!'")
    result = build(SAMPLE, database, *options)
    assert result.exit_code == 0, result.log
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.sql("from marts.dim_teams").fetchall()
        for name in ("dim_dates", "dim_teams"):
            assert_alike(connection, f"marts.{name}", folder / f"{name}.parquet")
    after = {path.stem: path.stat().st_ino for path in folder.iterdir()}
    assert after["dim_dates"] == before["dim_dates"]
    assert after["dim_teams"] != before["dim_teams"]


def test_the_variable_leaves_the_files_out(built: Path, tmp_path: Path) -> None:
    shutil.copy(built, tmp_path / built.name)
    options = ("--select", "dim_dates", "--vars", "{export_parquet: false}")
    result = build(SAMPLE, tmp_path / built.name, *MODELS_ONLY, *options)
    assert result.exit_code == 0, result.log
    assert not (tmp_path / "parquet").exists()


def test_restricted_tables_stay_in_a_database_named_by_a_relative_path(
    built: Path, tmp_path: Path
) -> None:
    shutil.copy(built, tmp_path / built.name)
    run_anew(
        *("run", "--select", "customer_profiles", "dim_dates"),
        *("--vars", "{include_personal_data: true}", "--no-partial-parse"),
        *options(tmp_path / "target"),
        # dbt works in the folder of the project, and so does a relative path.
        environment={
            "GLADLY_EXTRACTS_PATH": str(SAMPLE),
            "GLADLY_DATABASE_PATH": os.path.relpath(tmp_path / built.name, ROOT),
        },
    )
    found = query(tmp_path / built.name, "from restricted.customer_profiles")
    assert found
    assert sorted(parquet_files(tmp_path)) == ["marts.dim_dates"]
    file = tmp_path / "parquet" / "marts" / "dim_dates.parquet"
    assert file.stat().st_mode & 0o077 == 0


@pytest.fixture(scope="module")
def by_month(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample whose facts are folders of months."""
    database = tmp_path_factory.mktemp("by_month") / "gladly.duckdb"
    shutil.copy(built, database)
    options = ("--select", "fct_*", "--vars", "{export_parquet: by_month}")
    result = build(SAMPLE, database, *MODELS_ONLY, *options)
    assert result.exit_code == 0, result.log
    return database


def test_the_months_of_a_fact_hold_its_rows_and_types(by_month: Path) -> None:
    folder = by_month.parent / "parquet"
    with duckdb.connect(str(by_month), read_only=True) as connection:
        for name in marts(by_month):
            if not name.startswith("marts.fct_"):
                continue
            assert_alike(
                connection, name, folder / name.replace(".", "/") / "*.parquet"
            )
        strayed = connection.sql(
            f"""
            select filename, sent_at
            from read_parquet('{folder}/marts/fct_messages/*.parquet', filename = true)
            where parse_filename(filename, true) != strftime(sent_at, '%Y-%m')
            """
        )
        assert strayed.fetchall() == []


def test_only_the_months_that_changed_are_written_again(by_month: Path) -> None:
    folder = by_month.parent / "parquet" / "marts" / "fct_conversations"
    months = sorted(path.stem for path in folder.iterdir())
    emptied, changed, *kept = (month for month in months if month != "unknown")
    assert kept
    unknown = "from marts.fct_conversations where created_at is null"
    (before_unknown,) = query(by_month, f"select count(*) {unknown}")[0]
    with duckdb.connect(str(by_month)) as connection:
        connection.execute(
            f"""
            delete from marts.fct_conversations
            where strftime(created_at, '%Y-%m') = '{emptied}'
            """
        )
        connection.execute(
            f"""
            update marts.fct_conversations set created_at = null
            where conversation_id = (
                select min(conversation_id) from marts.fct_conversations
                where strftime(created_at, '%Y-%m') = '{changed}'
            )
            """
        )
    before = {path.stem: path.stat().st_ino for path in folder.iterdir()}
    options = ("--select", "fct_conversations", "--vars", "{export_parquet: by_month}")
    result = build(SAMPLE, by_month, *MODELS_ONLY, *options)
    assert result.exit_code == 0, result.log
    after = {path.stem: path.stat().st_ino for path in folder.iterdir()}
    same = [month for month in after if after[month] == before.get(month)]
    assert sorted(same) == kept
    counts = {
        month: query(by_month, f"select count(*) from '{folder}/{month}.parquet'")
        for month in (emptied, "unknown")
    }
    assert counts == {emptied: [(0,)], "unknown": [(before_unknown + 1,)]}
