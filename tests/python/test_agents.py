"""Agents' days are those of the reporting time zone, also when clocks change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from compare import differences
from gladly_sandbox import oddities
from gladly_sandbox.extracts import regular_plan, write_extracts
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.truth import Truth, compute_truth
from project import MODELS_ONLY, build, query
from test_acceptance import COLUMNS, told

TABLES = ("fct_agent_status_intervals", "fct_agent_daily")
ZONE = "America/New_York"
IN_ZONE = ("--vars", f"{{reporting_timezone: {ZONE}}}")
AGENT_TABLES = (
    *(*MODELS_ONLY, *IN_ZONE, "--select"),
    *("+fct_agent_daily", "+fct_agent_status_intervals", "+dim_dates"),
    "+fct_work_sessions",
)


@dataclass(frozen=True)
class Clocks:
    """A tenant that lives through a change of clocks.

    Attributes:
        start: first day.
        night: the day that is not 24 hours long.
        hours: how long it is.
        batches: builds that the files arrive in.
    """

    start: str
    night: str
    hours: int
    batches: int


@pytest.fixture(
    scope="module",
    params=[
        Clocks("2025-03-04", "2025-03-09", 23, batches=1),
        Clocks("2025-10-28", "2025-11-02", 25, batches=2),
    ],
    ids=lambda it: f"{it.hours} hours, {it.batches} builds",
)
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Clocks, Truth, Path]:
    clocks: Clocks = request.param
    folder = tmp_path_factory.mktemp("clocks")
    tenant = random_tenant(60, 9, 21, start=clocks.start)
    written = write_extracts(
        tenant, regular_plan(tenant, 9, report_every=2), folder / "all"
    )
    database = folder / "gladly.duckdb"
    for batch in oddities.landing_order(folder / "all", clocks.batches):
        oddities.copy_units(folder / "all", batch, folder / "extracts")
        result = build(folder / "extracts", database, *AGENT_TABLES)
        assert result.exit_code == 0, result.log
    tests = "assert_agent_days_keep_every_second"
    result = build(folder / "extracts", database, "test", *IN_ZONE, "--select", tests)
    assert result.statuses[tests] == "pass", result.log
    return clocks, compute_truth(written, ZONE), database


@pytest.mark.parametrize("table", TABLES)
def test_every_row_and_value_is_true_over_the_night(
    table: str, played: tuple[Clocks, Truth, Path]
) -> None:
    _, truth, database = played
    found = differences(truth, database, table, COLUMNS[table])
    assert not found, told(found)


def test_the_day_is_as_long_as_clocks_make_it(
    played: tuple[Clocks, Truth, Path],
) -> None:
    clocks, _, database = played
    found = query(
        database,
        "select calendar_date::varchar, length_hours from marts.dim_dates"
        " where length_hours != 24",
    )
    assert found == [(clocks.night, clocks.hours)]


def test_somebody_worked_through_the_night(
    played: tuple[Clocks, Truth, Path],
) -> None:
    clocks, truth, _ = played
    nights = [
        row
        for row in truth.tables["fct_agent_daily"]
        if row["activity_date"] == clocks.night and row["away_seconds"]
    ]
    assert nights
