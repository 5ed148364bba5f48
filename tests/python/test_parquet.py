"""Every mart is also a Parquet file beside the database."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from project import MODELS_ONLY, ROOT, build, query
from sample import Sample

SAMPLE = ROOT / "extracts" / "sample"


def files(folder: Path) -> dict[str, bytes]:
    """Return every Parquet file beside a database, as ``schema.mart``."""
    return {
        f"{path.parent.name}.{path.stem}": path.read_bytes()
        for path in sorted((folder / "parquet").rglob("*"))
        if path.is_file()
    }


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


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    return sample.database


def test_each_file_holds_the_rows_and_types_of_its_mart(built: Path) -> None:
    assert sorted(files(built.parent)) == marts(built)
    with duckdb.connect(str(built), read_only=True) as connection:
        for name in marts(built):
            path = built.parent / "parquet" / f"{name.replace('.', '/')}.parquet"
            exported = connection.sql(f"from read_parquet('{path}')")
            mart = connection.sql(f"from {name}")
            assert exported.columns == mart.columns, name
            assert exported.types == mart.types, name
            differing = connection.sql(
                f"""
                (from {name} except all from read_parquet('{path}'))
                union all
                (from read_parquet('{path}') except all from {name})
                """
            )
            assert differing.fetchall() == [], name


def test_a_second_build_writes_the_same_bytes(built: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "gladly.duckdb"
    assert build(SAMPLE, elsewhere).exit_code == 0
    first, second = files(built.parent), files(tmp_path)
    assert [name for name in first if first[name] != second[name]] == []
    assert first.keys() == second.keys()


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
    assert sorted(files(tmp_path)) == ["marts.dim_dates", "marts.of_a_reader"]
    assert kept.read_text() == "mine"


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
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", "run"),
            *("--select", "customer_profiles", "dim_dates"),
            *(f"--project-dir={ROOT}", f"--profiles-dir={ROOT}"),
            *(f"--target-path={tmp_path}/target", f"--log-path={tmp_path}/logs"),
            *("--vars", "{include_personal_data: true}", "--quiet"),
        ],
        # dbt works in the folder of the project, and so does a relative path.
        cwd=ROOT,
        env={
            **os.environ,
            "GLADLY_EXTRACTS_PATH": str(SAMPLE),
            "GLADLY_DATABASE_PATH": os.path.relpath(tmp_path / built.name, ROOT),
        },
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout
    found = query(tmp_path / built.name, "from restricted.customer_profiles")
    assert found
    assert sorted(files(tmp_path)) == ["marts.dim_dates"]
    file = tmp_path / "parquet" / "marts" / "dim_dates.parquet"
    assert file.stat().st_mode & 0o077 == 0
