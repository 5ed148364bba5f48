"""From an API to tables: a tenant pulled night after night, built, and true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compare import differences
from compiled import Compiled
from gladly_sandbox.server import Faults
from project import kept_open, query
from pulled import gladly, pull_days
from test_acceptance import COLUMNS, Played, as_far_as_reported, told

#: Days pulled after the last happening: by then all reports have settled.
QUIET_DAYS = 8


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> Iterator[Played]:
    """Return a tenant with merges and deletions, pulled with every fault on."""
    folder = tmp_path_factory.mktemp("pulled")
    days = 10
    with gladly(70, days, 4, Faults.all_of_them(0.02, seed=3)) as served:
        extracts = pull_days(served, folder / "extracts", days + QUIET_DAYS)
        assert len(served.service.faults.happened) == 7
        truth = as_far_as_reported(served.service.world.truth())
    database = folder / "gladly.duckdb"
    compiled.build(extracts, database)
    with kept_open(database):
        yield Played(truth, database)


@pytest.mark.parametrize("table", COLUMNS)
def test_every_row_and_value_is_true(table: str, played: Played) -> None:
    found = differences(
        played.truth,
        played.database,
        table,
        COLUMNS[table],
        # A share of a second is rounded; half a millisecond goes either way.
        tolerance=0.0011 if table == "fct_topic_daily" else 0.0,
    )
    assert not found, told(found)


def test_ids_changed_and_vanished_while_they_were_pulled(played: Played) -> None:
    statuses = query(
        played.database,
        "select distinct customer_status from marts.dim_customers order by 1",
    )
    assert ("deleted",) in statuses
    (merged,) = query(
        played.database,
        "select count(*) from marts.bridge_conversation_ids"
        " where resolution_status = 'merged'",
    )
    assert merged[0] > 0


@pytest.mark.parametrize(
    "listed", ["audit.audit_rejected_records", "audit.audit_rule_violations"]
)
def test_nothing_that_was_pulled_is_set_aside_or_accused(
    listed: str, played: Played
) -> None:
    assert query(played.database, f"from {listed}") == []


def test_every_file_is_one_that_the_project_knows(played: Played) -> None:
    unknown = query(
        played.database,
        "select extract_file from staging.base_gladly__extract_files"
        " where extract_name is null",
    )
    assert unknown == []


def test_the_extractor_and_the_sandbox_share_no_code() -> None:
    root = Path(__file__).parents[2]
    for sources, other in (
        ("extractor/src", "gladly_sandbox"),
        ("sandbox/src", "gladly_extract"),
    ):
        for path in (root / sources).rglob("*.py"):
            assert other not in path.read_text("utf-8"), path
