"""Merges: which ids change, where the old ones stay."""

from __future__ import annotations

from pathlib import Path

from gladly_sandbox.truth import compute_truth
from landing_reader import Company, captured, json_lines, report


def test_open_open_merge_deletes_the_absorbed_conversation_id(tmp_path: Path) -> None:
    """Rule R11: no redirect, Status MERGED, items under the survivor."""
    company = Company()
    company.end_contact()
    company.tenant.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    company.write(tmp_path, "2025-02-01 10:30", "2025-02-02 00:00")

    exported = {
        row["Conversation ID"]: row
        for row in report(tmp_path, "ConversationExportReport", "20250202")
    }
    assert exported[company.goes]["Status"] == "MERGED"
    assert exported[company.goes]["Customer ID"] == company.kept
    assert exported[company.goes]["Count of Contacts"] == "0"
    assert exported[company.stays]["Status"] == "OPEN"
    assert exported[company.stays]["Count of Contacts"] == "1"
    assert exported[company.stays]["Merged Conversations"] == "1"
    assert {
        "requestedId": company.goes,
        "status": 404,
    } in captured(tmp_path, "lookups/conversations", "20250202")
    assert {
        "requestedId": company.lost,
        "status": 301,
        "resolvedId": company.kept,
    } in captured(tmp_path, "lookups/customers", "20250202")


def test_frozen_extracts_keep_both_old_ids_after_a_merge(tmp_path: Path) -> None:
    """Rules R06 and R13."""
    company = Company()
    company.end_contact()
    company.tenant.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    company.write(tmp_path, "2025-02-02 00:00")

    (worked,) = report(tmp_path, "WorkSessionEvents", "20250202")
    assert worked["customer_id"] == company.lost
    assert worked["conversation_id"] == company.goes
    (contact,) = report(tmp_path, "ContactExportReportV3", "20250202")
    assert contact["Customer ID"] == company.lost
    assert contact["Conversation ID"] == company.goes
    moved = report(tmp_path, "ContactTimestampsReport", "20250202")
    assert {row["Conversation ID"] for row in moved} == {company.stays}
    assert {row["Customer ID"] for row in moved} == {company.kept}


def test_a_contact_that_ends_after_the_merge_carries_the_new_ids(
    tmp_path: Path,
) -> None:
    """An open placeholder shows the ids of its capture, the ended row its end's."""
    company = Company()
    company.tenant.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    company.end_contact("2025-02-01 12:00")
    company.write(tmp_path, "2025-02-01 10:30", "2025-02-02 00:00")

    (placeholder,) = report(tmp_path, "WorkSessionEvents", "20250201")
    assert placeholder["conversation_id"] == company.goes
    (ended,) = report(tmp_path, "WorkSessionEvents", "20250202")
    assert ended["conversation_id"] == company.stays
    assert ended["customer_id"] == company.kept


def test_a_merge_with_one_open_conversation_keeps_every_conversation_id(
    tmp_path: Path,
) -> None:
    """Rule R12: the conversations move, their ids stay."""
    company = Company()
    company.end_contact()
    company.tenant.close("2025-02-01 10:30", company.stays)
    company.tenant.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    written = company.write(tmp_path, "2025-02-02 00:00")

    exported = report(tmp_path, "ConversationExportReport", "20250202")
    assert {(row["Conversation ID"], row["Status"]) for row in exported} == {
        (company.stays, "CLOSED"),
        (company.goes, "OPEN"),
    }
    assert {row["Customer ID"] for row in exported} == {company.kept}
    (merge,) = [
        row
        for row in report(tmp_path, "ConversationTimestampsReport", "20250202")
        if row["Event Type"] == "CUSTOMER/MERGED"
    ]
    assert merge["Merged Customer ID"] == company.lost
    assert merge["Merged Conversation ID"] == ""
    opened = written.state.open_conversation_of(company.kept)
    assert opened is not None
    assert opened.id == company.goes


def test_reissued_items_get_a_new_id_in_later_jobs_only(tmp_path: Path) -> None:
    """Rule R15."""
    company = Company()
    company.tenant.merge_profiles(
        "2025-02-01 11:00", company.kept, company.lost, reissue_items=True
    )
    written = company.write(tmp_path, "2025-02-01 10:30", "2025-02-02 00:00")

    jobs = {
        job["updatedAt"][:10]: json_lines(path.parent / "conversation_items.jsonl")
        for path in tmp_path.glob("exports/*/job.json")
        for job in json_lines(path)
    }
    before = {item["content"]["content"]: item for item in jobs["2025-02-01"]}
    after = {item["content"]["content"]: item for item in jobs["2025-02-02"]}
    assert before["Hello?"]["id"] == company.message
    assert before["Hello?"]["conversationId"] == company.goes
    assert after["Hello?"]["id"] != company.message
    assert after["Hello?"]["conversationId"] == company.stays
    assert after["Hello?"]["timestamp"] == before["Hello?"]["timestamp"]

    truth = compute_truth(written)
    reissued = truth.row("bridge_conversation_item_ids", company.message)
    assert reissued["resolution_status"] == "reissued"
    assert reissued["message_id"] == after["Hello?"]["id"]


def test_truth_follows_a_chain_of_merges_to_the_last_survivor(tmp_path: Path) -> None:
    """Rule R04 over two hops, both open-open."""
    company = Company()
    t = company.tenant
    company.end_contact()
    last = t.add_customer("2025-02-02", "Flo")
    final = t.open_conversation("2025-02-02 09:00", last)
    t.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    t.merge_profiles("2025-02-03 11:00", last, company.kept)
    truth = compute_truth(company.write(tmp_path, "2025-02-04"))

    customer = truth.row("bridge_customer_ids", company.lost)
    assert customer["customer_id"] == last
    assert customer["hop_count"] == 2
    conversation = truth.row("bridge_conversation_ids", company.goes)
    assert conversation["conversation_id"] == final
    assert conversation["resolution_status"] == "merged"
    fact = truth.row("fct_conversations", final)
    assert fact["absorbed_conversation_count"] == 2
    assert fact["handle_seconds"] == 35.529
    assert len(truth.tables["fct_conversations"]) == 1
    session = truth.row("fct_work_sessions", company.contact, company.agent)
    assert session["reported_conversation_id"] == company.goes
    assert session["conversation_id"] == final


def test_conversation_timestamps_keep_the_absorbed_conversation_apart(
    tmp_path: Path,
) -> None:
    """An absorbed conversation's own history stays under its own id."""
    company = Company()
    company.tenant.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    truth = compute_truth(company.write(tmp_path, "2025-02-02"))

    created = {
        row["Conversation ID"]: row["Customer ID"]
        for row in report(tmp_path, "ConversationTimestampsReport", "20250202")
        if row["Event Type"] == "CONVERSATION/CREATED"
    }
    assert created == {company.stays: company.kept, company.goes: company.kept}
    ended = truth.row(
        "fct_conversation_status_intervals", company.goes, "2025-02-01 10:00:00.000"
    )
    assert ended["valid_to"] == "2025-02-01 11:00:00.000"
    assert ended["ended_by"] == "merged"
    assert ended["conversation_id"] == company.stays


def test_a_withheld_merge_event_leaves_only_the_merged_status(tmp_path: Path) -> None:
    """Scenario 12."""
    company = Company()
    company.tenant.merge_profiles(
        "2025-02-01 11:00",
        company.kept,
        company.lost,
        in_events=False,
        in_timestamps=False,
    )
    company.write(tmp_path, "2025-02-02")

    stamps = report(tmp_path, "ConversationTimestampsReport", "20250202")
    assert "CUSTOMER/MERGED" not in {row["Event Type"] for row in stamps}
    exported = report(tmp_path, "ConversationExportReport", "20250202")
    assert "MERGED" in {row["Status"] for row in exported}
