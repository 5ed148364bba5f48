"""What shares of the extracts land is what one build lands of all of them.

`make build TARGET=spark` spreads the shares over Spark's workers; here they are run one
after the other, without Spark.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import duckdb
import pytest
import typer

import landing_share
from land_on_spark import Folder, erase_shares, land_shares, look_through
from landed_parts import Part, Parts, Share, spread
from landing_share import LIST_OF_FILES
from project import ROOT
from sample import Sample
from write_landed import landed_tables
from write_landed import main as write_landed

SAMPLE = ROOT / "extracts" / "sample"
#: Arrives later than the rest, and leaves.
LATE = "events"
GONE = "reports/AnswerUsageReport"


def run_here(shares: Path) -> int:
    """Run shares one after the other, as workers run each in a process of its own."""
    for share in sorted(path for path in shares.iterdir() if path.is_dir()):
        with pytest.MonkeyPatch.context() as patched:
            # It sets and unsets what dbt reads.
            patched.setattr(os, "environ", os.environ.copy())
            landing_share.main(share)
    return 0


def land(folder: Folder, extracts: Path, most: int) -> list[Share]:
    look_through(folder, "{}")
    return land_shares(folder, str(extracts), "2GB", most, 1, run_here)


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    columns = ", ".join(f'"{each}"' for each in sorted(connection.sql(sql).columns))
    return connection.sql(f"select {columns} from ({sql}) order by all").fetchall()


@pytest.fixture(scope="module")
def ids(sample: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of ids that Spark writes down, here of the sample."""
    folder = tmp_path_factory.mktemp("resolved")
    with duckdb.connect(str(sample.database), read_only=True) as connection:
        for name, sql in {
            "customers": "select reported_customer_id"
            " from intermediate.int_customer_ids_resolved",
            "erased": """
                select 'customer' as entity, reported_customer_id as id
                from intermediate.int_customer_ids_resolved as customers
                where customers.customer_status = 'deleted'
                union all
                select 'conversation', reported_conversation_id
                from intermediate.int_conversation_ids_resolved
                join intermediate.int_conversation_owners_resolved as owners
                    using (conversation_id)
                join intermediate.int_customer_ids_resolved as customers
                    on owners.customer_id = customers.reported_customer_id
                where customers.customer_status = 'deleted'
            """,
        }.items():
            (folder / name).mkdir()
            connection.execute(f"copy ({sql}) to '{folder}/{name}/part-0.parquet'")
    return folder


def test_shares_land_and_erase_what_one_build_does(
    sample: Sample,
    ids: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    extracts = tmp_path / "extracts"
    monkeypatch.setenv("GLADLY_EXTRACTS_PATH", str(extracts))
    monkeypatch.setenv("DBT_PROFILES_DIR", str(ROOT))
    monkeypatch.setenv("DBT_LOG_PATH", str(tmp_path))
    folder = Folder(tmp_path / "spark")

    shutil.copytree(SAMPLE, extracts, ignore=shutil.ignore_patterns(LATE))
    first = land(folder, extracts, most=2)
    assert [len(share.parts) for share in first] == [0, 0]
    assert abs(len(first[0].files) - len(first[1].files)) < len(first[0].files)

    shutil.copytree(SAMPLE / LATE, extracts / LATE)
    gone = sorted((extracts / GONE).glob("*.csv"))[0]
    gone_file = gone.relative_to(extracts).as_posix()
    gone.unlink()
    second = land(folder, extracts, most=1)
    anew, new = second
    assert anew.parts == [share.name for share in first if gone_file in share.files]
    assert all(file.startswith(f"{LATE}/") for file in new.files)

    with duckdb.connect(str(sample.database), read_only=True) as connection:
        expected = landed_tables(connection)
        [[erased]] = connection.sql(
            "select min(reported_customer_id)"
            " from intermediate.int_customer_ids_resolved"
            " where customer_status = 'deleted' and reported_customer_id in"
            " (select id from staging.base_gladly__export_customers)"
        ).fetchall()
        names = (
            f"select name from read_parquet('{folder.landed}"
            f"/base_gladly__export_customers/*.parquet') where id = '{erased}'"
        )
        assert connection.sql(f"{names} and name is not null").fetchall() != []

        shutil.copytree(ids, folder.ids)
        done = erase_shares(folder, str(extracts), "2GB", 1, run_here)
        assert sorted(part for share in done for part in share.parts) == sorted(
            share.name for share in [*first, *second] if share.name not in anew.parts
        )
        assert connection.sql(f"{names} and name is not null").fetchall() == []
        for table, sql in expected.items():
            files = f"'{folder.landed}/{table}/*.parquet', union_by_name = true"
            here = f"select * from read_parquet({files})"
            file = "extract_file" if table == LIST_OF_FILES else "_extract_file"
            there = f"select * from ({sql}) where {file} != '{gone_file}'"
            if not list((folder.landed / table).glob("*.parquet")):
                assert rows(connection, there) == [], table
            elif table == LIST_OF_FILES:
                kept = "select * exclude (modified_at) from"
                assert rows(connection, f"{kept} ({here})") == rows(
                    connection, f"{kept} ({there})"
                )
            else:
                assert rows(connection, here) == rows(connection, there), table
    assert erase_shares(folder, str(extracts), "2GB", 1, run_here) == []
    assert not folder.shares.exists()


def test_a_share_that_fails_leaves_all_as_it_was(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "spark")
    table = folder.landed / "base_gladly__events"
    table.mkdir(parents=True)
    before = Parts({"part-000001": Part({"events/a.jsonl": "1"})}, made=1)
    before.write(folder.landed)
    (table / "part-000001.parquet").touch()

    def fail(_: Path) -> int:
        (table / "part-000002.parquet").touch()
        return 3

    parts = Parts.read(folder.landed)
    share = Share(parts.name(), files={"events/b.jsonl": "2"})
    with pytest.raises(typer.Exit) as stopped:
        folder.run(parts, [share], fail, None)
    assert stopped.value.exit_code == 3
    again = Parts.read(folder.landed)
    assert again == before
    again.remove_strays(folder.landed)
    assert [path.name for path in table.iterdir()] == ["part-000001.parquet"]


def test_files_are_spread_by_their_size() -> None:
    sizes = {"a": 5, "b": 9, "c": 4, "d": 1}
    assert spread(sizes, 2) == [["b", "d"], ["a", "c"]]
    assert spread(sizes, 9) == [["b"], ["a"], ["c"], ["d"]]
    assert spread({}, 2) == []


def test_small_files_make_one_share() -> None:
    found, sizes = {"a": "1", "b": "2", "c": "3"}, {"a": 60, "b": 50, "c": 10}
    assert len(Parts().shares_to_land(found, sizes, 8, smallest=1000)) == 1
    shares = Parts().shares_to_land(found, sizes, 8, smallest=50)
    assert [sorted(share.files) for share in shares] == [["a"], ["b"], ["c"]]
    assert len(Parts().shares_to_land(found, sizes, 2, smallest=50)) == 2


def test_what_has_landed_is_not_landed_again() -> None:
    parts = Parts({"part-000001": Part({"a": "1", "b": "2"}, "x")}, made=1)
    assert parts.shares_to_land({"a": "1", "b": "2"}, {"a": 1, "b": 1}, 4) == []
    rewritten, landed = parts.shares_to_land({"a": "1", "b": "9"}, {"a": 1, "b": 1}, 4)
    assert rewritten == Share("part-000002", parts=["part-000001"], kept={"a": "1"})
    assert landed == Share("part-000003", files={"b": "9"})
    parts.take([rewritten, landed])
    assert parts.parts == {
        "part-000002": Part({"a": "1"}, "x"),
        "part-000003": Part({"b": "9"}),
    }


def test_a_part_without_files_is_none() -> None:
    parts = Parts({"part-000001": Part({"a": "1"})}, made=1)
    parts.take(parts.shares_to_land({}, {}, 4))
    assert parts.parts == {}


def test_only_parts_not_looked_through_for_these_ids_are_written_anew() -> None:
    parts = Parts(
        {"p": Part({"a": "1"}, "x"), "q": Part({"b": "2"}), "r": Part({"c": "3"}, "y")}
    )
    [share] = parts.shares_to_erase("x", {"q": 2, "r": 1}, most=1)
    assert share.parts == ["q", "r"]
    assert share.kept == {"b": "2", "c": "3"}
    parts.take([share], "x")
    assert parts.parts == {
        "p": Part({"a": "1"}, "x"),
        share.name: Part({"b": "2", "c": "3"}, "x"),
    }
    assert parts.shares_to_erase("x", {}, most=1) == []


def test_a_build_that_lands_by_itself_leaves_no_shares(tmp_path: Path) -> None:
    database, spark = tmp_path / "gladly.duckdb", tmp_path / "spark"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema staging")
        connection.execute("create table staging.base_gladly__events as select 1 as id")
    landed = spark / "landed"
    table = landed / "base_gladly__events"
    table.mkdir(parents=True)
    (table / "part-000001.parquet").touch()
    Parts({"part-000001": Part({"a": "1"})}, made=1).write(landed)
    assert json.loads((landed / "parts.json").read_text("utf-8"))["made"] == 1
    write_landed(database, spark)
    assert [path.name for path in table.iterdir()] == ["all.parquet"]
    assert Parts.read(landed) == Parts()
