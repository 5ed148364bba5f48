"""The same files give the same tables, in however many builds and whatever order."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from gladly_sandbox import oddities
from gladly_sandbox.extracts import regular_plan, write_extracts
from gladly_sandbox.random_tenant import random_tenant
from project import MODELS_ONLY, build, query, tables

#: Rows of a table and the sum of their hashes, whatever their order.
Digest = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class InOneGo:
    """A landing, and the database built from all of it at once.

    Attributes:
        zone: the reporting time zone it was built with.
    """

    extracts: Path
    database: Path
    zone: str


def digest(database: Path) -> Digest:
    """Return the digest of every table the project made, base tables included."""
    names = tables(database)
    each = (
        f"select '{name}', count(*), sum(hash(whole)::hugeint)::varchar"
        f" from {name} as whole"
        for name in names
    )
    found = query(database, " union all ".join(each))
    return {name: (count, total) for name, count, total in found}


def unlike(one: Digest, other: Digest) -> list[str]:
    """Return the tables that differ."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


@pytest.fixture(scope="module")
def in_one_go(tmp_path_factory: pytest.TempPathFactory) -> InOneGo:
    """Write a random tenant's extracts, damage some, and build from all of them."""
    folder = tmp_path_factory.mktemp("one-go")
    made = InOneGo(folder / "extracts", folder / "gladly.duckdb", "Pacific/Auckland")
    tenant = random_tenant(60, 8, 11)
    write_extracts(tenant, regular_plan(tenant, 8, report_every=2), made.extracts)
    damage(made.extracts)
    build_here(made.extracts, made.database, made.zone)
    return made


def build_here(extracts: Path, database: Path, zone: str, *only: str) -> set[str]:
    """Build with days that start at midnight of a time zone, and say what was made."""
    variables = json.dumps({"reporting_timezone": zone})
    result = build(extracts, database, *MODELS_ONLY, *only, "--vars", variables)
    assert result.exit_code == 0, result.log
    # Seeds and views are made every time; they cost nothing.
    kept = query(database, "select table_name from duckdb_tables()")
    return {
        name
        for name, status in result.statuses.items()
        if status == "success" and (name,) in kept and not name.startswith("seed_")
    }


def damage(root: Path) -> None:
    """Break records, deliver a job twice, and change a header, in some files."""
    jobs = sorted((root / "exports").iterdir())
    oddities.same_job_twice(root, jobs[0].name, "again", "2025-06-01 04:00")
    oddities.malformed_line(jobs[1] / "conversation_items.jsonl")
    oddities.invalid_utf8_copy(jobs[2] / "conversation_items.jsonl")
    sessions = sorted((root / "reports" / "WorkSessionEvents").iterdir())
    oddities.row_with_too_many_fields(sessions[0])
    oddities.rename_column(
        sessions[1], "work_session_handle_time_sec", "work_session_handle_time"
    )
    oddities.same_file_twice(sessions[2])
    exports = sorted((root / "reports" / "ConversationExportReport").iterdir())
    oddities.add_column(exports[1], "Nobody Knows", "1")
    oddities.crlf(exports[2])


def built_in_batches(
    batches: Iterable[list[Path]], one_go: InOneGo, folder: Path
) -> Digest:
    """Let batches of files arrive one after the other, with a build after each."""
    database = folder / "gladly.duckdb"
    for batch in batches:
        oddities.copy_units(one_go.extracts, batch, folder / "extracts")
        build_here(folder / "extracts", database, one_go.zone)
    assert rebuilt_in_parts(database) >= {
        '"gladly"."intermediate"."int_conversation_events_resolved"',
        '"gladly"."marts"."fct_contact_events"',
    }
    return digest(database)


def rebuilt_in_parts(database: Path) -> set[str]:
    """Return the tables of which the last build rebuilt parts only."""
    newest = "select relation_name from main.table_versions where number > 0"
    return {name for (name,) in query(database, f"{newest} and is_in_parts")}


def test_every_layer_has_rows(in_one_go: InOneGo) -> None:
    found = digest(in_one_go.database)
    for name in (
        "staging.base_gladly__conversation_items",
        "staging.stg_gladly__conversation_items",
        "intermediate.int_contacts_unioned",
        "marts.fct_conversations",
        "audit.audit_rejected_records",
    ):
        assert found[name][0] > 0, name


def test_daily_increments_give_the_tables_of_one_build(
    in_one_go: InOneGo, tmp_path: Path
) -> None:
    batches = oddities.landing_order(in_one_go.extracts, 4)
    found = built_in_batches(batches, in_one_go, tmp_path)
    assert unlike(found, digest(in_one_go.database)) == []


def test_files_that_arrive_in_any_order_give_the_tables_of_one_build(
    in_one_go: InOneGo, tmp_path: Path
) -> None:
    shuffled = oddities.landing_order(in_one_go.extracts, 3, seed=17)
    found = built_in_batches(shuffled, in_one_go, tmp_path)
    assert unlike(found, digest(in_one_go.database)) == []


def test_a_build_makes_only_what_has_changed(
    in_one_go: InOneGo, tmp_path: Path
) -> None:
    extracts, database = tmp_path / "extracts", tmp_path / "gladly.duckdb"
    shutil.copytree(in_one_go.extracts, extracts)
    with duckdb.connect(str(in_one_go.database)) as connection:
        connection.execute("checkpoint")
    shutil.copy(in_one_go.database, database)
    rows = digest(database)

    # Nothing is new, whatever the times of the files say.
    for path in extracts.rglob("*"):
        os.utime(path, (0, 0))
    made = build_here(extracts, database, in_one_go.zone)
    assert made == {"base_gladly__extract_files"}
    assert unlike(digest(database), rows) == []

    # A build was stopped after it had begun to add to a table.
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            """
            insert into main.table_versions by name
            select relation_name, count(*) as number from main.table_versions
            where relation_name like '%"base_gladly__topics"' group by all
            """
        )
    made = build_here(extracts, database, in_one_go.zone)
    assert made == {"base_gladly__extract_files", "base_gladly__topics"}
    assert unlike(digest(database), rows) == []

    # A table is gone, and the days of readers start elsewhere.
    with duckdb.connect(str(database)) as connection:
        connection.execute("drop table marts.dim_topics")
    made = build_here(extracts, database, "Asia/Tokyo")
    assert {"dim_topics", "fct_inbox_daily"} <= made
    assert "stg_gladly__events" not in made
    found = digest(database)
    assert found["marts.dim_topics"] == rows["marts.dim_topics"]
    assert found["marts.fct_inbox_daily"] != rows["marts.fct_inbox_daily"]

    # A file is new, and the days start where they did.
    topics = sorted((extracts / "entities" / "topics").iterdir())[-1]
    shutil.copy(topics, topics.with_name(topics.name.replace("__", "__again-")))
    made = build_here(extracts, database, in_one_go.zone)
    assert {"stg_gladly__topics", "fct_inbox_daily"} <= made
    assert not {"stg_gladly__events", "stg_gladly__agents"} & made
    # A table that comes out as it was lets its readers be.
    assert "int_conversation_statuses_aggregated" in made
    assert "int_conversation_statuses_resolved" not in made
    changed = {name.split(".")[1] for name in unlike(digest(database), rows)}
    assert {"base_gladly__extract_files", "base_gladly__topics"} <= changed
    # It counts files.
    changed -= {"dim_reporting"}
    assert not {name for name in changed if name[:4] in ("dim_", "fct_")}
