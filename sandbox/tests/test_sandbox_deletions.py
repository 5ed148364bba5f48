"""Deletions: gone from what is computed, kept in what is frozen (rule R32)."""

from __future__ import annotations

from pathlib import Path

from gladly_sandbox.extracts import Capture, write_extracts
from gladly_sandbox.truth import compute_truth
from landing_reader import Company, captured, json_lines, report


def test_a_deleted_customer_stays_in_frozen_extracts_only(tmp_path: Path) -> None:
    """Work Sessions and Contact Export keep the ids for ever."""
    company = Company()
    company.end_contact()
    company.tenant.delete_customer("2025-02-01 12:00", company.lost)
    company.write(tmp_path, "2025-02-02")

    for name in (
        "ConversationExportReport",
        "ConversationTimestampsReport",
        "ContactTimestampsReport",
    ):
        text = " ".join(str(row) for row in report(tmp_path, name, "20250202"))
        assert company.lost not in text, name
        assert company.goes not in text, name
    (worked,) = report(tmp_path, "WorkSessionEvents", "20250202")
    assert worked["customer_id"] == company.lost
    assert worked["work_session_handle_time_sec"] == "35.529"
    (contact,) = report(tmp_path, "ContactExportReportV3", "20250202")
    assert contact["Conversation ID"] == company.goes
    (items,) = tmp_path.glob("exports/*/conversation_items.jsonl")
    assert json_lines(items) == []


def test_deleted_ids_answer_404_when_fetched_and_looked_up(tmp_path: Path) -> None:
    """Absence is proved by 404."""
    company = Company()
    company.end_contact()
    company.tenant.delete_customer("2025-02-01 12:00", company.lost)
    company.write(tmp_path, "2025-02-02")

    gone = {"requestedId": company.lost, "status": 404}
    assert gone in captured(tmp_path, "lookups/customers", "20250202")
    profiles = captured(tmp_path, "entities/customer_profiles", "20250202")
    assert {"id": company.lost, "status": 404} in profiles
    fetched = captured(tmp_path, "entities/conversations", "20250202")
    assert {"id": company.goes, "status": 404} in fetched


def test_truth_keeps_the_seconds_of_a_deleted_conversation(tmp_path: Path) -> None:
    """Totals do not drop."""
    company = Company()
    company.end_contact()
    company.tenant.delete_customer("2025-02-01 12:00", company.lost)
    truth = compute_truth(company.write(tmp_path, "2025-02-02"))

    fact = truth.row("fct_conversations", company.goes)
    assert fact["conversation_status"] == "deleted"
    assert fact["handle_seconds"] == 35.529
    assert "created_at" not in fact
    bridge = truth.row("bridge_customer_ids", company.lost)
    assert bridge["resolution_status"] == "deleted"


def test_an_open_contact_ends_with_reason_customer_deleted(tmp_path: Path) -> None:
    """The event says why; Work Sessions say that it ended."""
    company = Company()
    company.tenant.delete_customer("2025-02-01 12:00", company.lost)
    plan = [
        Capture(
            "2025-02-02",
            events=("2025-02-01 10:00", "2025-02-02"),
            reports={"WorkSessionEvents": ("2025-02-01", "2025-02-01")},
        )
    ]
    write_extracts(company.tenant, plan, tmp_path)

    events = captured(tmp_path, "events", "20250202")
    (ended,) = [event for event in events if event["type"] == "CONTACT/ENDED"]
    assert ended["content"]["reason"] == "CUSTOMER_DELETED"
    assert ended["content"]["status"] == "UNKNOWN"
    (row,) = report(tmp_path, "WorkSessionEvents", "20250202")
    assert row["contact_session_ended_at"] == "2025-02-01T12:00:00.000Z"
    assert row["agent_id"] == ""


def test_a_survivor_deleted_later_leaves_the_absorbed_id_redirecting_into_nothing(
    tmp_path: Path,
) -> None:
    """Scenario 14: 301 to an id that answers 404."""
    company = Company()
    company.tenant.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    company.tenant.delete_customer("2025-02-03", company.kept)
    truth = compute_truth(company.write(tmp_path, "2025-02-02", "2025-02-04"))

    lookups = captured(tmp_path, "lookups/customers", "20250204")
    statuses = {line["requestedId"]: line["status"] for line in lookups}
    assert statuses == {company.kept: 404, company.lost: 301}
    bridge = truth.row("bridge_customer_ids", company.lost)
    assert bridge["resolution_status"] == "merged"
    assert bridge["customer_status"] == "deleted"
