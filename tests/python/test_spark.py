"""What goes to Spark and what is compared with it, without Spark.

That both engines make the same tables is shown by `make test-spark`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import duckdb
import pytest
import yaml
from jinja2 import Environment
from typer.testing import CliRunner

from benchmarks import spark_cluster
from benchmarks.spark_cluster import Measured, read_work, report, with_section
from checks import house_rules, same_on_spark, tenants_on_spark
from compiled import Compiled
from project import ROOT
from sample import Sample
from spark_check import java_problem, spark_problem
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


def digest(connection: duckdb.DuckDBPyConnection, table: str) -> Any:
    """Return how many rows a table has and a sum of their hashes, by column name."""
    columns = connection.sql(f"from {table} limit 0").columns
    named = ", ".join(sorted(f'"{column}"' for column in columns))
    return connection.sql(
        f"select count(*), sum(hash({named})::hugeint) from {table}"
    ).fetchone()


def test_no_table_depends_on_where_an_engine_sorts_null(
    sample: Sample, compiled: Compiled, tmp_path: Path
) -> None:
    database = tmp_path / "gladly.duckdb"
    shutil.copyfile(sample.database, database)
    as_spark = {"default_null_order": "nulls_first_on_asc_last_on_desc"}
    with duckdb.connect(str(database), config=as_spark) as connection:
        unlike = []
        for table, sql in compiled.models.items():
            built = digest(connection, table)
            connection.execute(f"create or replace temp table again as {sql}")
            if digest(connection, "again") != built:
                unlike.append(table)
        assert connection.sql(
            "select list(x order by x) from (values (1), (null)) as t (x)"
        ).fetchone() == ([None, 1],)
    assert unlike == []
    assert len(compiled.models) > 200


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


def test_random_tenants_live_through_nights_when_clocks_change() -> None:
    def offset(day: datetime) -> timedelta | None:
        return day.replace(tzinfo=ZoneInfo("America/New_York")).utcoffset()

    changed = []
    for seed in (1, 2, 3):
        start = tenants_on_spark.first_day(seed)
        end = start + timedelta(days=tenants_on_spark.DAYS)
        before, after = offset(start), offset(end)
        assert before is not None and after is not None
        changed.append((after - before).total_seconds() / 3600)
    assert sorted(changed) == [-1, 0, 1]


def test_files_of_a_random_tenant_arrive_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenants_on_spark, "CUSTOMERS", 4)
    written, landed = tmp_path / "written", []
    work = tenants_on_spark.Workplace(tmp_path / "work")

    def files_of(folder: Path) -> set[Path]:
        return {path.relative_to(folder) for path in folder.rglob("*.*")}

    def build(self: tenants_on_spark.Workplace, *_: str) -> int:
        landed.append(files_of(self.extracts))
        return 0

    monkeypatch.setattr(tenants_on_spark.Workplace, "build", build)
    tenants_on_spark.write_tenant(1, written)
    tenants_on_spark.land(1, written, work, "UTC")
    assert len(landed) == tenants_on_spark.BATCHES
    assert landed[0] < landed[1] < landed[2] == files_of(written)
    # The newest files are not all among the last: the order is one of chance.
    last = landed[2] - landed[1]
    assert max(path.name for path in landed[0]) > min(path.name for path in last)


OPENJDK = """openjdk version "{}" 2025-04-15
OpenJDK Runtime Environment (build 17.0.15+6-Debian-1deb12u1)
"""


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (OPENJDK.format("17.0.15"), None),
        (OPENJDK.format("21"), None),
        ("Picked up _JAVA_OPTIONS: -Xmx1g\n" + OPENJDK.format("25-ea"), None),
        (OPENJDK.format("11.0.2"), "/usr/bin/java is Java 11:"),
        ('java version "1.8.0_412"', "/usr/bin/java is Java 8:"),
        ("", "/usr/bin/java does not start"),
    ],
)
def test_spark_needs_java_17(said: str, problem: str | None) -> None:
    found = java_problem("/usr/bin/java", said)
    assert (found is None) == (problem is None)
    assert (problem or "") in (found or "")


def test_java_that_is_missing_or_too_old_stops_with_a_sentence(tmp_path: Path) -> None:
    def checked(**variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "scripts/spark_check.py", "--java"],
            cwd=ROOT,
            env={"PATH": str(tmp_path), **variables},
            capture_output=True,
            check=False,
            text=True,
        )

    missing = checked()
    assert missing.returncode == 1
    assert missing.stderr.startswith(
        "Spark needs Java 17 or newer, and none is install"
    )
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n", "utf-8")
    java.chmod(0o700)
    old = checked(JAVA_HOME=str(tmp_path))
    assert old.returncode == 1
    assert f"{java} is Java 11" in old.stderr
    java.write_text("#!/bin/sh\necho 'openjdk version \"17.0.2\"' >&2\n", "utf-8")
    assert checked(JAVA_HOME=str(tmp_path)).returncode == 0


def test_spark_needs_the_first_version_that_has_the_sql() -> None:
    assert spark_problem("4.2.0") is None
    assert spark_problem("4.10.0.dev1") is None
    assert spark_problem("5.0.0") is None
    assert spark_problem("4.1.1") == (
        "Spark 4.1.1 cannot run this SQL: 4.2 or newer is needed."
    )
    assert spark_problem(None) is not None


class _Returned(Exception):
    """What a macro of dbt returns."""


#: A session of Spark as the target makes it, and a folder in which something landed.
GOOD = {
    "select version()": "4.3.0 98bc0212c94705434471627068f41e374ccab143",
    "set spark.sql.session.timeZone": "UTC",
    "set spark.sql.timestampType": "TIMESTAMP_NTZ",
    "set spark.sql.parser.escapedStringLiterals": "true",
    "set spark.sql.cteRecursionLevelLimit": "-1",
    "set spark.sql.cteRecursionRowLimit": "-1",
    "set spark.sql.ansi.enabled": "true",
    "select count(*) from main.landed_time_zones": 597,
}


def problem_of(
    answers: dict[str, Any], *, which: str = "build", **variables: Any
) -> Any:
    """Return what keeps Spark from building, when it gives these answers."""

    def run_query(sql: str) -> Any:
        row = ["setting", answers.get(sql)] if sql.startswith("set ") else None
        return type("Table", (), {"rows": [row or [answers.get(sql)]]})

    def returned(value: Any) -> NoReturn:
        raise _Returned(value)

    environment = Environment(extensions=["jinja2.ext.do"])
    environment.globals.update(
        execute=True,
        flags=type("Flags", (), {"WHICH": which}),
        target=type("Target", (), {"name": "spark", "schema": "main"}),
        var=variables.get,
        landed_folder=lambda name: f"/data/spark/landed/{name}",
        sql_literal=lambda text: f"'{text}'",
        run_query=run_query,
    )
    environment.globals["return"] = returned
    text = (ROOT / "macros/spark/find_database_problem.sql").read_text("utf-8")
    module: Any = environment.from_string(text).module
    with pytest.raises(_Returned) as found:
        module.spark__find_database_problem()
    return found.value.args[0]


@pytest.mark.parametrize(
    ("asked", "answer", "sentence"),
    [
        (
            "select version()",
            "4.1.1 c0690c763bafabd08e7079d1137fa0a769a05bae",
            "Spark 4.1.1 cannot run this SQL: 4.2 or newer is needed.",
        ),
        (
            "set spark.sql.session.timeZone",
            "America/New_York",
            "In this session of Spark spark.sql.session.timeZone is America/New_York,"
            " and the SQL needs UTC: profiles.yml of this project sets it.",
        ),
        (
            "set spark.sql.timestampType",
            "TIMESTAMP_LTZ",
            "In this session of Spark spark.sql.timestampType is TIMESTAMP_LTZ,"
            " and the SQL needs TIMESTAMP_NTZ: profiles.yml of this project sets it.",
        ),
        (
            "set spark.sql.ansi.enabled",
            "false",
            "In this session of Spark spark.sql.ansi.enabled is false, and the SQL"
            " needs true: dbt-spark turns it off, so build with make build"
            " TARGET=spark.",
        ),
        (
            "select count(*) from main.landed_time_zones",
            0,
            "Nothing has landed in /data/spark/landed/time_zones: DuckDB lands the"
            " extracts for Spark. Build with make build TARGET=spark, and set"
            " GLADLY_SPARK_PATH to a folder that all of Spark can read.",
        ),
    ],
)
def test_a_session_in_which_the_sql_would_not_hold_is_refused(
    asked: str, answer: Any, sentence: str
) -> None:
    assert problem_of(GOOD) == ""
    assert problem_of({**GOOD, asked: answer}) == sentence
    assert problem_of({**GOOD, asked: answer}, which="compile") == ""


def test_names_and_texts_are_not_built_on_spark() -> None:
    found = problem_of(GOOD, include_personal_data=True)
    assert found.startswith("Names, addresses and texts are built in DuckDB only")


def test_sessions_of_a_thrift_server_have_the_settings_of_the_others() -> None:
    outputs = yaml.safe_load((ROOT / "profiles.yml").read_text("utf-8"))["gladly"][
        "outputs"
    ]
    here = outputs["spark"]["server_side_parameters"]
    there = outputs["thrift"]["server_side_parameters"]
    assert there == {
        f"set:hiveconf:{name}": value
        for name, value in here.items()
        if name.startswith("spark.sql.") and "{{" not in value
    }
    assert {f"set {name}" for name in here} >= {
        name for name in GOOD if name.startswith("set ") and "ansi" not in name
    }


def task(stage: int, executor: str, seconds: float, **metrics: Any) -> str:
    """Return a line of Spark's event log."""
    return json.dumps(
        {
            "Event": "SparkListenerTaskEnd",
            "Stage ID": stage,
            "Stage Attempt ID": 0,
            "Task Info": {
                "Launch Time": 1000,
                "Finish Time": 1000 + seconds * 1000,
                "Executor ID": executor,
            },
            "Task Metrics": metrics,
        }
    )


LOG = [
    json.dumps({"Event": "SparkListenerApplicationStart", "Task Info": {}}),
    task(1, "0", 1.0, **{"Shuffle Write Metrics": {"Shuffle Bytes Written": 600}}),
    task(1, "1", 1.0, **{"Shuffle Write Metrics": {"Shuffle Bytes Written": 400}}),
    task(1, "1", 4.0, **{"Disk Bytes Spilled": 50}),
    task(2, "0", 2.0, **{"Shuffle Read Metrics": {"Remote Bytes Read": 300}}),
    # Too short to be uneven, and alone in its stage.
    task(3, "0", 0.01),
    task(3, "1", 0.2),
    task(4, "0", 9.0),
]


def test_what_spark_did_is_read_from_its_event_log() -> None:
    work = read_work(iter(LOG))
    assert (work.tasks, work.shuffled, work.fetched, work.spilled) == (7, 1000, 300, 50)
    assert work.by_executor == pytest.approx({"0": 12.01, "1": 5.2})
    assert work.skew() == (4.0, 4.0)


def test_figures_of_spark_stand_at_the_end_and_leave_what_people_wrote(
    tmp_path: Path,
) -> None:
    made = Measured(
        10_000, landing=30, duckdb=20, shares=40, resolved=50, spark=150, tables=44,
        peak=1_500_000_000, work=read_work(iter(LOG)),
    )  # fmt: skip
    section = report([made], "abc1234", threads=4)
    assert "| Spark, all tables from staging up | 150 s |" in section
    assert "| share of the time that workers are busy | 4% |" in section
    assert "| share of the busier worker | 70% |" in section
    first = with_section("# Results\n\n## What remains\n\nDisk.\n", section)
    assert first.startswith("# Results\n\n## What remains\n\nDisk.\n\n## On a small")
    written = f"{first}\n{spark_cluster.NOTES}\n\nIt depends.\n"
    again = with_section(written, section.replace("150 s", "100 s"))
    assert again.count(spark_cluster.HEADING) == 1
    assert again.endswith(f"\n\n{spark_cluster.NOTES}\n\nIt depends.\n")
    assert "150 s" not in again
