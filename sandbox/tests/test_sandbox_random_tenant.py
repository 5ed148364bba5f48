"""Random tenants: always the same, always possible, and true."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gladly_sandbox.extracts import regular_plan, write_extracts
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.truth import Truth, compute_truth


def _write(out: Path, customers: int, days: int, seed: int) -> Truth:
    tenant = random_tenant(customers, days, seed)
    return compute_truth(write_extracts(tenant, regular_plan(tenant, days), out))


def _digest(root: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(root)).encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def test_equal_arguments_give_equal_bytes(tmp_path: Path) -> None:
    """Extracts and truth alike."""
    for name in ("one", "two"):
        _write(tmp_path / name / "extracts", 60, 10, 3).write(tmp_path / name / "t")
    _write(tmp_path / "other" / "extracts", 60, 10, 4)
    assert _digest(tmp_path / "one") == _digest(tmp_path / "two")
    assert _digest(tmp_path / "one" / "extracts") != _digest(
        tmp_path / "other" / "extracts"
    )


def test_a_tenant_holds_every_kind_of_thing(tmp_path: Path) -> None:
    """Merges of both kinds, deletions, transfers, reopenings, things still open."""
    tables = _write(tmp_path, 500, 21, 1).tables

    def kinds(table: str, column: str) -> Counter[str]:
        return Counter(row[column] for row in tables[table])

    assert set(kinds("bridge_customer_ids", "resolution_status")) == {
        "current",
        "merged",
        "deleted",
    }
    assert kinds("bridge_conversation_ids", "resolution_status")["merged"] >= 3
    assert max(row["hop_count"] for row in tables["bridge_customer_ids"]) >= 2
    assert kinds("bridge_conversation_item_ids", "resolution_status")["reissued"] >= 5
    assert set(kinds("fct_conversations", "conversation_status")) == {
        "closed",
        "deleted",
        "open",
        "waiting",
    }
    assert set(kinds("fct_contacts", "contact_status")) == {
        "abandoned",
        "answered",
        "open",
        "unknown",
    }
    alive = [row for row in tables["fct_conversations"] if not row["is_deleted"]]
    assert any(row["reopen_count"] for row in alive)
    assert any(row["is_self_served"] for row in alive)
    assert any(row["is_multichannel"] for row in alive)
    assert any(row["transfer_count"] for row in tables["fct_contacts"])


def test_the_last_row_of_each_work_session_equals_the_truth(tmp_path: Path) -> None:
    """Windows and lookback reach everything that changed."""
    truth = _write(tmp_path, 150, 30, 5)
    latest: dict[tuple[str, str], dict[str, str]] = {}
    for path in sorted((tmp_path / "reports/WorkSessionEvents").iterdir()):
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["agent_id"]:
                    latest[row["contact_session_id"], row["agent_id"]] = row
    expected = {
        (row["contact_id"], row["agent_id"]): row
        for row in truth.tables["fct_work_sessions"]
    }
    assert latest.keys() == expected.keys()
    for key, row in latest.items():
        wanted = expected[key]
        assert row["conversation_id"] == wanted["reported_conversation_id"]
        assert float(row["work_session_handle_time_sec"]) == wanted["handle_seconds"]
        assert (
            float(row["work_session_after_contact_time_sec"])
            == wanted["after_contact_seconds"]
        )


def test_every_reference_in_the_truth_resolves(tmp_path: Path) -> None:
    """Facts point at canonical rows only."""
    tables = _write(tmp_path, 150, 14, 9).tables
    customers = {row["customer_id"] for row in tables["dim_customers"]}
    conversations = {row["conversation_id"] for row in tables["fct_conversations"]}
    contacts = {row["contact_id"] for row in tables["fct_contacts"]}
    for name in ("fct_contacts", "fct_work_sessions", "fct_messages"):
        for row in tables[name]:
            assert row["customer_id"] in customers
            assert row["conversation_id"] in conversations
            assert row["contact_id"] in contacts or row["contact_id"] is None
    bridged = {row["conversation_id"] for row in tables["bridge_conversation_ids"]}
    assert bridged == conversations


def test_seconds_add_up_from_sessions_to_contacts_to_conversations(
    tmp_path: Path,
) -> None:
    """Totals before and after resolution are equal."""
    tables = _write(tmp_path, 150, 14, 2).tables
    totals = [
        round(sum(row["handle_seconds"] for row in tables[name]), 3)
        for name in ("fct_work_sessions", "fct_contacts", "fct_conversations")
    ]
    assert totals[0] > 0
    assert totals == [totals[0]] * 3


@settings(
    max_examples=12,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    customers=st.integers(2, 60),
    days=st.integers(2, 12),
    seed=st.integers(-1000, 1000),
)
def test_any_tenant_can_be_played(customers: int, days: int, seed: int) -> None:
    """No happening contradicts another."""
    random_tenant(customers, days, seed).check()


@pytest.mark.parametrize(("customers", "days"), [(1, 10), (10, 1)])
def test_too_small_a_tenant_is_refused(customers: int, days: int) -> None:
    """At least two of each."""
    with pytest.raises(ValueError, match="at least 2"):
        random_tenant(customers, days)


def test_moments_of_a_contact_come_in_order(tmp_path: Path) -> None:
    """Queued, offered, accepted, ended; handle time fits in between."""
    for row in _write(tmp_path, 150, 14, 6).tables["fct_contacts"]:
        moments = [
            row[name] for name in ("queued_at", "offered_at", "accepted_at", "ended_at")
        ]
        known = [moment for moment in moments if moment is not None]
        assert known == sorted(known)
        assert row["handle_seconds"] <= (row["queued_to_ended_seconds"] or 0)
