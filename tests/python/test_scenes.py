"""Tenants to whom happens what goes wrong in extracts, everything being pulled.

Local time on nights when clocks change, whole seconds, redirects that the client
followed, look-alikes and redactions between exports, names that change hands, answered
and unanswered calls, words of 2025: the marts equal the world all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from compare import Difference, differences
from compiled import Compiled
from gladly_sandbox.extracts import (
    Capture,
    regular_plan,
    whole_history,
    write_extracts,
)
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.scenes import Scenes
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.truth import Truth, compute_truth
from project import kept_open, query
from test_acceptance import COLUMNS, as_far_as_reported, told


@dataclass(frozen=True)
class Case:
    """A tenant with scenes, and how it is pulled.

    Attributes:
        name: of the test.
        seed: of the tenant.
        start: its first day; it plays twelve.
        timezone: whose clocks change in these days, and that reports are printed in.
        scenes: what happens.
        whole_seconds: whether reports leave milliseconds out.
        at_once: whether reports are pulled at the end only.
    """

    name: str
    seed: int
    start: str
    timezone: str
    scenes: Scenes
    whole_seconds: bool = False
    at_once: bool = False

    def plan(self, tenant: Tenant) -> list[Capture]:
        """Return captures in local time by a client that follows redirects."""
        plan = regular_plan(tenant, DAYS, report_every=3)
        if self.at_once:
            end = tenant.start + timedelta(days=DAYS, hours=2)
            plan = [
                *(replace(each, reports={}, entities=()) for each in plan[:-1]),
                whole_history(tenant, end, events=(end - timedelta(hours=24), end)),
            ]
        return [
            replace(
                each,
                timezone=self.timezone,
                whole_seconds=self.whole_seconds,
                follows_redirects=True,
            )
            for each in plan
        ]


DAYS = 12
CASES = [
    Case(
        "New York in autumn",
        401,
        "2024-10-28",
        "America/New_York",
        Scenes(replies=3, lookalikes=6, names=True, words=4, nights=24),
    ),
    Case(
        "Lord Howe in autumn, pulled at once",
        402,
        "2025-03-30",
        "Australia/Lord_Howe",
        Scenes(
            replies=3, names=True, histories=20, nights=24, zone="Australia/Lord_Howe"
        ),
        at_once=True,
    ),
    Case(
        "London in spring, whole seconds",
        403,
        "2025-03-24",
        "Europe/London",
        Scenes(lookalikes=6, words=4, histories=20, nights=12, zone="Europe/London"),
        whole_seconds=True,
    ),
]


@dataclass(frozen=True)
class Played:
    """A tenant as it was, and the database built from its extracts."""

    truth: Truth
    database: Path
    case: Case


@pytest.fixture(scope="module", params=CASES, ids=lambda it: it.name)
def played(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    compiled: Compiled,
) -> Iterator[Played]:
    case: Case = request.param
    folder = tmp_path_factory.mktemp("scenes")
    tenant = random_tenant(100, DAYS, case.seed, start=case.start, scenes=case.scenes)
    written = write_extracts(tenant, case.plan(tenant), folder / "extracts")
    database = folder / "gladly.duckdb"
    compiled.build(folder / "extracts", database)
    truth = as_far_as_reported(compute_truth(written))
    with kept_open(database):
        yield Played(truth, database, case)


def found(table: str, played: Played) -> list[Difference]:
    """Return how a mart differs from the world, as far as moments are printed."""
    tolerance = 0.0011 if table == "fct_topic_daily" else 0.0
    if played.case.whole_seconds:
        # Each of the moments that a sum is made of may be cut by a second.
        tolerance = 10.0 if table == "fct_agent_daily" else 1.0
    return differences(
        played.truth,
        played.database,
        table,
        COLUMNS[table],
        tolerance=tolerance,
        cuts_seconds=played.case.whole_seconds,
    )


@pytest.mark.parametrize("table", COLUMNS)
def test_every_row_and_value_is_true_whatever_happens(
    table: str, played: Played
) -> None:
    wrong = found(table, played)
    assert not wrong, told(wrong)


@pytest.mark.parametrize(
    "table", ["audit.audit_rule_violations", "audit.audit_unmapped_values"]
)
def test_a_tenant_that_keeps_the_rules_and_the_words_is_not_accused(
    table: str, played: Played
) -> None:
    assert query(played.database, f"from {table}") == []
