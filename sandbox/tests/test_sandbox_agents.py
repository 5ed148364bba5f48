"""What agents truly did, taken from the world and divided by midnights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gladly_sandbox.extracts import whole_history, write_extracts
from gladly_sandbox.ids import slug
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.truth import compute_truth


def _told(tenant: Tenant, out: Path, end: str, zone: str = "UTC") -> dict[str, Any]:
    written = write_extracts(tenant, [whole_history(tenant, end)], out)
    return compute_truth(written, zone).tables


def test_a_logout_ends_an_absence_and_an_open_one_counts_to_the_end(
    tmp_path: Path,
) -> None:
    """The absence over midnight is reported on both of its days."""
    tenant = Tenant(1)
    agent = tenant.add_agent("Nora Notreal")
    for at, status in (
        ("2025-01-02 20:00", "LOGGED_IN"),
        ("2025-01-02 23:30", "WENT_AWAY"),
        ("2025-01-03 00:30", "LOGGED_OUT"),
        ("2025-01-03 23:00", "LOGGED_IN"),
    ):
        tenant.agent_status(at, agent, status)
    tables = _told(tenant, tmp_path, "2025-01-04 02:00")
    found = [
        (row["status"], row["valid_from"][:16], row["duration_seconds"])
        for row in tables["fct_agent_status_intervals"]
    ]
    assert found == [
        ("active", "2025-01-02 20:00", 12_600),
        ("away", "2025-01-02 23:30", 3_600),
        ("active", "2025-01-03 23:00", None),
    ]
    days = {row["activity_date"]: row for row in tables["fct_agent_daily"]}
    assert days["2025-01-02"]["away_seconds"] == 1_800
    assert days["2025-01-03"]["away_seconds"] == 1_800
    assert 7_200 <= days["2025-01-04"]["active_seconds"] < 7_201


def test_the_day_clocks_change_has_23_hours(tmp_path: Path) -> None:
    """In New York, logged in from the day before to the day after."""
    tenant = Tenant(1)
    agent = tenant.add_agent("Nora Notreal")
    tenant.agent_status("2025-03-08 22:00", agent, "LOGGED_IN")
    tenant.agent_status("2025-03-10 22:00", agent, "LOGGED_OUT")
    tables = _told(tenant, tmp_path, "2025-03-12", "America/New_York")
    hours = {
        row["activity_date"]: row["active_seconds"] / 3600
        for row in tables["fct_agent_daily"]
    }
    assert hours == {"2025-03-08": 7, "2025-03-09": 23, "2025-03-10": 18}


def test_nights_change_nothing_else_in_a_random_tenant() -> None:
    """Event ids count on as if the nights had not been."""
    made = [each.id for each in random_tenant(30, 4, 5).state_at().events]
    counted = [slug(5, "event", number) for number in range(len(made))]
    kept = [an_id for an_id in made if an_id in counted]
    assert kept == counted[: len(kept)]
    assert 0 < len(kept) < len(made)
