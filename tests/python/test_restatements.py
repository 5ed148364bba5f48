"""What later captures contradict, against a reading of the files alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from compiled import Compiled
from gladly_sandbox import oddities
from gladly_sandbox.extracts import regular_plan, write_extracts
from gladly_sandbox.random_tenant import random_tenant
from project import ROOT, query
from restated_by_hand import Change, changes

SAMPLE = ROOT / "extracts" / "sample"


def sample(_: Path) -> Path:
    return SAMPLE


def tenant(
    customers: int, days: int, seed: int, *, every: int, zones: tuple[str, ...]
) -> Callable[[Path], Path]:
    """Return a writer of a tenant pulled every few days, zone after zone."""

    def written(folder: Path) -> Path:
        played = random_tenant(customers, days, seed)
        plan = regular_plan(played, days, report_every=every)
        pulls = [
            replace(
                capture,
                timezone=zones[number % len(zones)],
                conversations="seen" if capture.reports else (),
            )
            for number, capture in enumerate(plan)
        ]
        write_extracts(played, pulls, folder / "extracts")
        return folder / "extracts"

    return written


TENANTS = {
    "the scenario book": sample,
    "one pulled every two days in UTC": tenant(50, 14, 21, every=2, zones=("UTC",)),
    "one pulled daily, now in New York and now in UTC": tenant(
        40, 8, 22, every=1, zones=("America/New_York", "UTC")
    ),
    "one pulled every three days, in three zones": tenant(
        60, 16, 23, every=3, zones=("UTC", "Asia/Kolkata", "America/New_York")
    ),
}


def restatements(root: Path, database: Path, compiled: Compiled) -> list[Change]:
    """Build the mart and return its rows, sorted."""
    compiled.build(root, database, only="audit.audit_restatements")
    found = query(
        database,
        """
        select
            extract_name, entity, entity_id, column_name, old_value, new_value,
            change_kind, previous_captured_at, captured_at, previous_extract_file,
            extract_file
        from audit.audit_restatements
        """,
    )
    return sorted((Change(*row) for row in found), key=str)


@pytest.mark.parametrize("about", TENANTS)
def test_every_change_is_listed_and_nothing_else(
    about: str, tmp_path: Path, compiled: Compiled
) -> None:
    root = TENANTS[about](tmp_path)
    expected = Counter(changes(root))
    found = Counter(restatements(root, tmp_path / "gladly.duckdb", compiled))
    assert sorted(expected - found, key=str) == []
    assert sorted(found - expected, key=str) == []
    kinds = {change.kind for change in found}
    assert kinds == {"continued", "grown", "restated"}


def test_the_same_report_in_another_zone_and_under_another_name_restates_nothing(
    tmp_path: Path, compiled: Compiled
) -> None:
    played = random_tenant(20, 6, 24)
    last = regular_plan(played, 6)[-1]
    zones = ("UTC", "America/New_York", "UTC")
    captures = [
        replace(last, timezone=zone, label=f"{number}", iso=number == 2)
        for number, zone in enumerate(zones)
    ]
    write_extracts(played, captures, tmp_path / "extracts")
    for report in sorted((tmp_path / "extracts" / "reports").glob("*/*__0.csv")):
        oddities.same_file_twice(report)
    assert (
        restatements(tmp_path / "extracts", tmp_path / "gladly.duckdb", compiled) == []
    )
