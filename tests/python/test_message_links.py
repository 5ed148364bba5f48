"""Inferred links from messages to contacts: how many there are and how many are true.

Gladly exposes no mapping from messages to contacts (R30). Where no event records it the
project infers one, and here, where the truth is known, the guesses are counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from compiled import Compiled
from gladly_sandbox.extracts import Capture, regular_plan, write_extracts
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.truth import compute_truth
from project import query

Plan = Callable[[Tenant, int], list[Capture]]


def no_events(tenant: Tenant, days: int) -> list[Capture]:
    """Never ask the Events API."""
    return [replace(each, events=None) for each in regular_plan(tenant, days)]


def every_second_day_of_events(tenant: Tenant, days: int) -> list[Capture]:
    """Ask the Events API every second day, so that each other day is lost."""
    return [
        replace(each, events=each.events if number % 2 else None)
        for number, each in enumerate(regular_plan(tenant, days))
    ]


def one_contact_in_ten_unseen(tenant: Tenant, days: int) -> list[Capture]:
    """Ask for no events, and let no extract show a tenth of the contacts.

    Their messages are there, and must not be taken for those of other contacts.
    """
    rng = Random(days)
    for contact in tenant.state_at().contacts:
        if rng.random() < 0.1:
            for extract in ("contact_export", "work_sessions", "contact_timestamps"):
                tenant.hide(extract, contact)
    return no_events(tenant, days)


@dataclass(frozen=True)
class Tally:
    """Messages by what became of them; ``linkable`` have a contact that is shown."""

    linkable: int
    inferred: int
    wrong: int

    @property
    def precision(self) -> float:
        """Share of the inferred links that are true."""
        return 1 - self.wrong / self.inferred

    @property
    def coverage(self) -> float:
        """Share of the messages with a contact, but no event, that were linked."""
        return self.inferred / self.linkable


#: Customers, days, seed, plan, and the least share that has to be linked.
TENANTS: list[tuple[int, int, int, Plan, float]] = [
    (150, 21, 6, no_events, 0.98),
    (120, 14, 8, every_second_day_of_events, 0.98),
    (150, 30, 9, one_contact_in_ten_unseen, 0.98),
]


@pytest.mark.parametrize(
    ("customers", "days", "seed", "plan", "least_coverage"),
    TENANTS,
    ids=lambda value: value.__name__ if callable(value) else str(value),
)
def test_at_least_99_of_100_inferred_links_are_true(
    customers: int,
    days: int,
    seed: int,
    plan: Plan,
    least_coverage: float,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    compiled: Compiled,
) -> None:
    tenant = random_tenant(customers, days, seed)
    written = write_extracts(tenant, plan(tenant, days), tmp_path / "extracts")
    truth = {
        row["message_id"]: row
        for row in compute_truth(written).tables["fct_messages"]
        if row["contact_link_method"] is None
    }
    database = tmp_path / "gladly.duckdb"
    compiled.build(tmp_path / "extracts", database, only="marts.fct_messages")
    links = {
        message: contact
        for message, contact, method in query(
            database,
            "select message_id, contact_id, contact_link_method "
            "from marts.fct_messages",
        )
        if method == "inferred"
    }
    tally = Tally(
        linkable=sum(
            row["contact_id"] in written.emitted.contacts for row in truth.values()
        ),
        inferred=len(links),
        wrong=sum(
            contact != truth[message]["contact_id"]
            for message, contact in links.items()
        ),
    )
    record_property("links", f"{tally}: {tally.precision:.4f}, {tally.coverage:.4f}")
    print(f"{plan.__name__}: {tally}: {tally.precision:.4f}, {tally.coverage:.4f}")
    assert tally.inferred > 100
    assert tally.precision >= 0.99
    assert tally.coverage >= least_coverage
