"""What goes to Spark and what is compared with it, without Spark.

That both engines make the same tables is shown by `make test-spark`.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from checks import house_rules, same_on_spark
from project import ROOT
from write_landed import main as write_landed


def macros_of(engine: str) -> set[str]:
    return {path.stem for path in (ROOT / "macros" / engine).glob("*.sql")}


def test_each_engine_has_what_the_other_has_of_every_macro() -> None:
    only_on_spark = macros_of("spark") - macros_of("duckdb")
    assert macros_of("duckdb") - macros_of("spark") == set()
    assert only_on_spark == house_rules.OF_DBT | {"materialization_landed_spark"}


def test_landed_tables_are_written_in_types_that_spark_has(tmp_path: Path) -> None:
    database = tmp_path / "gladly.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema staging")
        connection.execute(
            "create table staging.base_gladly__events as select"
            " '{\"a\": 1}'::json as content, 18446744073709551615::ubigint as _hash,"
            " timestamp '2025-01-01 00:00:00.000001' as _captured_at"
        )
        connection.execute("create table staging.stg_gladly__events as select 1 as id")
    write_landed(database, tmp_path / "spark")
    assert (tmp_path / "spark").stat().st_mode & 0o777 == 0o700
    written = {
        path.parent.name: path for path in tmp_path.glob("spark/landed/*/all.parquet")
    }
    assert written.keys() == {"base_gladly__events", "time_zones"}
    events = duckdb.sql(f"from '{written['base_gladly__events']}'")
    assert [str(each) for each in events.types] == [
        "VARCHAR",
        "DECIMAL(20,0)",
        "TIMESTAMP",
    ]
    row = events.fetchall()[0]
    assert row[:2] == ('{"a": 1}', 18446744073709551615)
    assert row[2].microsecond == 1
    zones = duckdb.sql(f"from '{written['time_zones']}'").fetchall()
    assert ("Europe/Berlin",) in zones


MINE = "select 'a' as id, 0.1 + 0.2 as rate union all select 'b', 2.0"


@pytest.mark.parametrize(
    ("on_spark", "said"),
    [
        (MINE, "All 1 tables are the same on Spark"),
        ("select 'b' as id, 2.0 as rate union all select 'a', 0.3", "All 1 tables"),
        ("select 'a' as id, 0.3 as rate", "1 rows are only in DuckDB"),
        (f"{MINE} union all select 'b', 2.0", "1 rows are only in Spark"),
        (
            "select 'a' as id, 0.301 as rate union all select 'b', 2.0",
            "Spark: ('a', 0.301)",
        ),
        ("select 'a' as id, 5 as rate", "rate is DOUBLE and on Spark INTEGER"),
    ],
)
def test_tables_are_compared_by_their_rows(
    tmp_path: Path, on_spark: str, said: str
) -> None:
    database, folder = tmp_path / "gladly.duckdb", tmp_path / "tables/marts.db/dim_all"
    folder.mkdir(parents=True)

    def typed(sql: str) -> str:
        kept = "rate" if " 5 as rate" in sql else "rate::double as rate"
        return f"select id, {kept} from ({sql})"

    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.dim_all as {typed(MINE)}")
        connection.execute(f"copy ({typed(on_spark)}) to '{folder}/part.parquet'")
    app = CliRunner()
    typer_app = same_on_spark.typer.Typer()
    typer_app.command()(same_on_spark.main)
    result = app.invoke(typer_app, [str(database), str(tmp_path / "tables")])
    assert said in result.output
    assert result.exit_code == (0 if said.startswith("All") else 1)
