"""What no extract reports is unknown: neither zero nor no, in any table."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from compiled import Compiled
from extracts_folder import lines, report, write, write_job
from project import query

CAPTURED = "20250301T020000Z__all"
INBOX = {"id": "inbox-1", "name": "Support", "disabled": False}
AGENTS = (
    {"id": "amy", "name": "Amy A", "emailAddress": "amy@example.com"},
    {"id": "ben", "name": "Ben B", "emailAddress": "ben@example.com"},
)


def conversation(an_id: str, day: str, **cells: str) -> dict[str, str]:
    """Return a row of Conversation Export: open from ten to eleven on the day."""
    return {
        "Created At": f"{day} 10:00:00",
        "Conversation ID": an_id,
        "Customer ID": f"customer-of-{an_id}",
        "Status": "CLOSED",
        "Inbox ID - Current": "inbox-1",
        "Inbox ID - Created": "inbox-1",
        "First Closed At": f"{day} 11:00:00",
        "Last Closed At": f"{day} 11:00:00",
        "Initiator Type - Last Closed": "System",
        "Times Closed": "1",
        "Times Reopened": "0",
        **cells,
    }


def contact(an_id: str, of: str, day: str, **cells: str) -> dict[str, str]:
    """Return a row of Contact Export: a chat from ten to half past on the day."""
    return {
        "Queued At": f"{day} 10:00:00",
        "Customer ID": f"customer-of-{of}",
        "Conversation ID": of,
        "Contact ID": an_id,
        "Channel": "CHAT",
        "Direction": "INBOUND",
        "Contact Initiator": "Customer",
        "Status": "ANSWERED",
        "Inbox when Queued": "Support",
        "Inbox when Ended": "Support",
        "Agent when Ended": "Amy A",
        "Ended At": f"{day} 10:30:00",
        **cells,
    }


def work_session(an_id: str, of: str, day: str, **cells: str) -> dict[str, str]:
    """Return a row of Work Sessions: Amy's on a chat from ten to half past."""
    return {
        "id": f"work-{an_id}",
        "contact_session_id": an_id,
        "contact_session_created_at": f"{day}T10:00:00.000Z",
        "customer_id": f"customer-of-{of}",
        "conversation_id": of,
        "inbox_id": "inbox-1",
        "channel": "CHAT",
        "direction": "INBOUND",
        "agent_id": "amy",
        "contact_session_ended_at": f"{day}T10:30:00.000Z",
        "status": "ANSWERED",
        "work_session_handle_time_sec": "100",
        "work_session_after_contact_time_sec": "10",
        "work_session_unknown_time_sec": "1",
        **cells,
    }


def message(an_id: str, of: str, at: str, who: str) -> dict[str, Any]:
    """Return a chat message of the customer or of Amy."""
    actor = "amy" if who == "AGENT" else f"customer-of-{of}"
    return {
        "id": an_id,
        "customerId": f"customer-of-{of}",
        "conversationId": of,
        "timestamp": at,
        "initiator": {"id": actor, "type": who},
        "content": {"type": "CHAT_MESSAGE", "content": "Hello"},
    }


def write_reports(root: Path, **reports: list[dict[str, str]]) -> None:
    """Write reports, each captured once on the first of March."""
    write(root, f"entities/inboxes/{CAPTURED}.jsonl", lines(INBOX))
    write(root, f"entities/agents/{CAPTURED}.jsonl", lines(*AGENTS))
    for name, rows in reports.items():
        write(root, f"reports/{name}/{CAPTURED}.csv", report(name, *rows))


def built(root: Path, compiled: Compiled) -> Path:
    """Build the extracts, sums included, and return the database."""
    database = root.parent / "gladly.duckdb"
    compiled.build(root, database)
    return database


@pytest.fixture(scope="module")
def without_work_sessions(
    tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> Path:
    """Conversation and Contact Export alone, which the README calls enough."""
    root = tmp_path_factory.mktemp("without") / "extracts"
    full = {
        "Contact Handle Time (sec)": "600",
        "After Contact Time (sec)": "60",
        "Messages Total": "4",
        "Messages from Customer": "2",
        "Messages from Agent": "2",
    }
    write_reports(
        root,
        ConversationExportReport=[
            conversation(
                "full",
                "2025-02-03",
                **{
                    "Count of Contacts": "2",
                    "Count of Notes": "3",
                    "Is FCR Eligible": "Yes",
                    "Is FCR Success": "No",
                    "Topics": "Orders",
                    "Conversation Handle Time in Seconds": "900",
                },
            ),
            conversation(
                "unreadable",
                "2025-02-04",
                **{"Count of Contacts": "many", "Is FCR Eligible": "perhaps"},
            ),
            conversation("untagged", "2025-02-05", **{"Times Topic Added": "0"}),
        ],
        ContactExportReportV3=[
            contact("c1", "full", "2025-02-03", **full),
            contact("c2", "full", "2025-02-04"),
            contact(
                "c3",
                "unreadable",
                "2025-02-04",
                **{"Contact Handle Time (sec)": "n/a", "Messages Total": "some"},
            ),
            contact(
                "c4",
                "untagged",
                "2025-02-05",
                **{
                    "Contact Handle Time (sec)": "0",
                    "Messages Total": "4",
                    "Messages from Agent": "2",
                },
            ),
        ],
    )
    return built(root, compiled)


def test_contact_export_reports_work_where_work_sessions_is_missing(
    without_work_sessions: Path,
) -> None:
    assert query(
        without_work_sessions,
        "select contact_id, handle_seconds, after_contact_seconds, unknown_seconds, "
        "work_session_count, agent_count, work_source_extract "
        "from marts.fct_contacts order by contact_id",
    ) == [
        ("c1", 600.0, 60.0, None, None, None, "contact_export_report"),
        ("c2", None, None, None, None, None, None),
        ("c3", None, None, None, None, None, None),
        ("c4", 0.0, None, None, None, None, "contact_export_report"),
    ]


def test_a_sum_that_lacks_a_part_is_unknown_and_a_day_says_what_it_lacks(
    without_work_sessions: Path,
) -> None:
    assert query(
        without_work_sessions,
        "select conversation_id, contact_count, handle_seconds, "
        "total_handle_seconds, contact_without_work_count, work_source_extract "
        "from marts.fct_conversations order by conversation_id",
    ) == [
        ("full", 2, None, 900.0, 1, "contact_export_report"),
        ("unreadable", 1, None, None, 1, None),
        ("untagged", 1, 0.0, None, 0, "contact_export_report"),
    ]
    assert query(
        without_work_sessions,
        "select activity_date::varchar, handle_seconds, after_contact_seconds, "
        "contacts_without_work_count from marts.fct_inbox_daily "
        "where contacts_ended_count > 0 order by activity_date",
    ) == [
        ("2025-02-03", 600.0, 60.0, 0),
        ("2025-02-04", None, None, 2),
        ("2025-02-05", 0.0, None, 0),
    ]


def test_messages_and_notes_come_from_reports_where_none_was_exported(
    without_work_sessions: Path,
) -> None:
    assert query(
        without_work_sessions,
        "select conversation_id, message_count, agent_message_count, "
        "message_source_extract, note_count, first_reply_seconds "
        "from marts.fct_conversations order by conversation_id",
    ) == [
        ("full", None, None, None, 3, None),
        ("unreadable", None, None, None, None, None),
        ("untagged", 4, 2, "contact_export_report", None, None),
    ]


def test_flags_are_true_to_their_words_where_nothing_is_reported(
    without_work_sessions: Path,
) -> None:
    assert query(
        without_work_sessions,
        "select conversation_id, is_fcr_eligible, is_fcr_success, is_fcr_reported, "
        "topic_count, is_untagged, is_self_served "
        "from marts.fct_conversations order by conversation_id",
    ) == [
        ("full", True, False, True, None, False, False),
        ("unreadable", False, False, False, 0, True, False),
        ("untagged", False, False, False, 0, True, False),
    ]


@pytest.fixture(scope="module")
def begun_late(tmp_path_factory: pytest.TempPathFactory, compiled: Compiled) -> Path:
    """Contacts from the tenth, Work Sessions and items from the twentieth."""
    root = tmp_path_factory.mktemp("late") / "extracts"
    work = {"Contact Handle Time (sec)": "50", "After Contact Time (sec)": "5"}
    write_reports(
        root,
        ConversationExportReport=[
            # Older than every extract of contacts.
            conversation("counted", "2025-02-03", **{"Count of Contacts": "2"}),
            conversation(
                "named", "2025-02-03", **{"First Contact ID": "gone", "Topics": "x"}
            ),
            conversation("older", "2025-02-04"),
            conversation("counted-none", "2025-02-04", **{"Count of Contacts": "0"}),
            # Within Contact Export, before Work Sessions.
            conversation("before", "2025-02-12", **{"Count of Contacts": "1"}),
            conversation("silent", "2025-02-13"),
            conversation(
                "closed-by-hand",
                "2025-02-13",
                **{"Initiator Type - Last Closed": "Agent"},
            ),
            # Within both.
            conversation("within", "2025-02-22", **{"Count of Contacts": "2"}),
            conversation("written-in", "2025-02-22"),
            conversation("written-in-zero", "2025-02-22", **{"Count of Contacts": "0"}),
            # Beyond what Contact Export and Work Sessions reach.
            conversation("beyond", "2025-02-27"),
        ],
        ContactExportReportV3=[
            contact("first", "other", "2025-02-10", **work),
            contact("exported", "before", "2025-02-12", **work),
            contact("both", "within", "2025-02-22", **work),
            contact("missed", "within", "2025-02-22", **work),
            contact("blank", "within-too", "2025-02-22", **work),
        ],
        WorkSessionEvents=[
            work_session("begins", "other", "2025-02-20"),
            work_session("both", "within", "2025-02-22"),
            work_session(
                "blank",
                "within-too",
                "2025-02-22",
                work_session_handle_time_sec="",
            ),
            work_session(
                "lone", "alone", "2025-02-23", work_session_handle_time_sec=""
            ),
        ],
    )
    write_job(
        root,
        "job-1",
        "2025-02-28T01:00:00Z",
        message("m1", "within", "2025-02-22T10:00:00Z", "CUSTOMER"),
        message("m2", "within", "2025-02-22T10:02:00Z", "AGENT"),
        message("m3", "written-in", "2025-02-22T10:02:00Z", "AGENT"),
        message("m4", "written-in-zero", "2025-02-22T10:02:00Z", "AGENT"),
        message("m5", "older", "2025-02-21T10:00:00Z", "CUSTOMER"),
        message("m6", "older", "2025-02-21T10:01:00Z", "AGENT"),
    )
    write(
        root,
        "exports/job-1/job.json",
        '{"id": "job-1", "status": "COMPLETED", "updatedAt": "2025-02-28T01:00:00Z",'
        ' "parameters": {"type": "CONVERSATIONS", "startAt": "2025-02-20T00:00:00Z",'
        ' "endAt": "2025-02-28T00:00:00Z"}}',
    )
    return built(root, compiled)


def test_self_service_needs_proof(begun_late: Path) -> None:
    assert dict(
        query(
            begun_late,
            "select conversation_id, (contact_count, is_self_served) "
            "from marts.fct_conversations",
        )
    ) == {
        "counted": (2, False),
        "named": (None, False),
        "older": (None, False),
        "counted-none": (0, True),
        "before": (1, False),
        "silent": (0, True),
        "closed-by-hand": (None, False),
        "within": (2, False),
        "written-in": (None, False),
        "written-in-zero": (0, False),
        "beyond": (None, False),
        # Known by frozen rows alone.
        "other": (2, False),
        "within-too": (1, False),
        "alone": (1, False),
    }


def test_each_contact_has_its_work_from_the_best_extract_that_has_it(
    begun_late: Path,
) -> None:
    assert query(
        begun_late,
        "select contact_id, handle_seconds, after_contact_seconds, unknown_seconds, "
        "work_session_count, work_source_extract "
        "from marts.fct_contacts order by contact_id",
    ) == [
        ("begins", 100.0, 10.0, 1.0, 1, "work_session_events"),
        ("blank", 50.0, 5.0, 1.0, 1, "contact_export_report"),
        ("both", 100.0, 10.0, 1.0, 1, "work_session_events"),
        ("exported", 50.0, 5.0, None, None, "contact_export_report"),
        ("first", 50.0, 5.0, None, None, "contact_export_report"),
        ("lone", None, 10.0, 1.0, 1, "work_session_events"),
        ("missed", 50.0, 5.0, None, None, "contact_export_report"),
    ]
    assert query(
        begun_late,
        "select contact_id, handle_seconds, after_contact_seconds "
        "from marts.fct_work_sessions order by contact_id",
    ) == [
        ("begins", 100.0, 10.0),
        ("blank", None, 10.0),
        ("both", 100.0, 10.0),
        ("lone", None, 10.0),
    ]


def test_a_conversation_of_two_sources_says_so(begun_late: Path) -> None:
    assert query(
        begun_late,
        "select handle_seconds, unknown_seconds, work_session_count, "
        "total_handle_seconds, work_source_extract "
        "from marts.fct_conversations where conversation_id = 'within'",
    ) == [(150.0, None, None, 165.0, "several")]


def test_contacts_that_no_extract_holds_are_counted_as_such(begun_late: Path) -> None:
    assert query(
        begun_late,
        "select uncaptured_contact_count, inbound_contact_count, handle_seconds, "
        "contact_without_work_count "
        "from marts.fct_conversations where conversation_id = 'counted'",
    ) == [(2, None, None, 2)]
    assert query(
        begun_late,
        "select customer_id, contact_count from marts.dim_customers "
        "where customer_id in ('customer-of-counted', 'customer-of-older', "
        "'customer-of-silent', 'customer-of-within') order by 1",
    ) == [
        ("customer-of-counted", 2),
        ("customer-of-older", None),
        ("customer-of-silent", 0),
        ("customer-of-within", 2),
    ]


def test_what_began_before_the_export_jobs_has_no_first_message(
    begun_late: Path,
) -> None:
    assert query(
        begun_late,
        "select conversation_id, message_count, is_older_than_items, "
        "first_customer_message_at::varchar, first_reply_seconds "
        "from marts.fct_conversations where conversation_id in "
        "('older', 'before', 'within') order by 1",
    ) == [
        ("before", None, True, None, None),
        ("older", None, True, None, None),
        ("within", 2, False, "2025-02-22 10:00:00", 120.0),
    ]


def test_days_before_an_extract_are_unknown_and_quiet_days_are_zero(
    begun_late: Path,
) -> None:
    days = {
        day: values
        for day, *values in query(
            begun_late,
            "select activity_date::varchar, contacts_queued_count, handle_seconds, "
            "customer_count from marts.fct_inbox_daily where inbox_id = 'inbox-1'",
        )
    }
    assert days["2025-02-03"] == [None, None, None]
    assert days["2025-02-10"] == [1, 50.0, 1]
    assert days["2025-02-11"] == [0, 0.0, 0]
    assert days["2025-02-12"] == [1, 50.0, 1]


def test_agents_days_go_by_the_extract_of_each_measure(begun_late: Path) -> None:
    assert query(
        begun_late,
        "select activity_date::varchar, logged_in_seconds, work_session_count, "
        "handle_seconds, message_sent_count, occupancy_rate "
        "from marts.fct_agent_daily where agent_id = 'amy' order by 1",
    ) == [
        ("2025-02-20", None, 1, 100.0, 0, None),
        ("2025-02-21", None, 0, 0.0, 1, None),
        ("2025-02-22", None, 2, 100.0, 3, None),
        ("2025-02-23", None, 1, None, 0, None),
    ]


def test_the_audit_says_from_when_to_when_each_extract_reaches(
    begun_late: Path,
) -> None:
    assert query(
        begun_late,
        "select extract_name, file_count, record_count, covered_from::varchar, "
        "covered_to::varchar, days_without_record_count "
        "from audit.audit_extract_coverage where covered_from is not null order by 1",
    ) == [
        (
            *("contact_export_report", 1, 5),
            *("2025-02-10 10:00:00", "2025-02-22 10:00:00", 10),
        ),
        (
            *("conversation_export_report", 1, 11),
            *("2025-02-03 10:00:00", "2025-02-27 10:00:00", 19),
        ),
        (
            *("conversation_items", 1, 6),
            *("2025-02-20 00:00:00", "2025-02-28 00:00:00", 0),
        ),
        (
            *("work_session_events", 1, 4),
            *("2025-02-20 10:30:00", "2025-02-23 10:30:00", 1),
        ),
    ]


@pytest.fixture(scope="module")
def without_contact_export(
    tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> Path:
    """Conversation Export and Work Sessions alone, captured twice."""
    root = tmp_path_factory.mktemp("work") / "extracts"
    write_reports(
        root,
        ConversationExportReport=[
            conversation("handled", "2025-02-10"),
            conversation("unhandled", "2025-02-11"),
            conversation("between", "2025-02-11"),
            conversation("open", "2025-02-20", Status="OPEN", **{"Last Closed At": ""}),
        ],
        WorkSessionEvents=[
            work_session("handled", "handled", "2025-02-10"),
            work_session(
                "unhandled",
                "unhandled",
                "2025-02-11",
                agent_id="",
                status="ABANDONED",
                work_session_handle_time_sec="",
                work_session_after_contact_time_sec="",
                work_session_unknown_time_sec="",
            ),
            work_session(
                "open",
                "open",
                "2025-02-20",
                id="",
                agent_id="",
                contact_session_ended_at="",
                work_session_handle_time_sec="",
                work_session_after_contact_time_sec="",
                work_session_unknown_time_sec="",
            ),
        ],
    )
    return built(root, compiled)


def test_work_sessions_without_an_agent_report_no_work(
    without_contact_export: Path,
) -> None:
    assert query(
        without_contact_export,
        "select contact_id, work_session_count, handle_seconds, message_count, "
        "transfer_count, work_source_extract from marts.fct_contacts order by 1",
    ) == [
        ("handled", 1, 100.0, None, None, "work_session_events"),
        ("open", 0, 0.0, None, None, "work_session_events"),
        ("unhandled", 0, 0.0, None, None, "work_session_events"),
    ]
    assert query(
        without_contact_export,
        "select conversation_id, contact_count, is_self_served, message_count, "
        "first_reply_seconds from marts.fct_conversations order by 1",
    ) == [
        ("between", 0, True, None, None),
        ("handled", 1, False, None, None),
        ("open", 1, False, None, None),
        ("unhandled", 1, False, None, None),
    ]


def without_columns(text: str, *names: str) -> str:
    """Return a report without some of its columns."""
    kept = io.StringIO(newline="")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [name for name in reader.fieldnames or [] if name not in names]
    assert len(header) + len(names) == len(reader.fieldnames or [])
    writer = csv.DictWriter(kept, header, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(reader)
    return kept.getvalue()


def test_a_column_that_one_file_lacks_says_nothing_there(
    tmp_path: Path, compiled: Compiled
) -> None:
    root = tmp_path / "extracts"
    held = {
        "Status": "OPEN",
        "Assigned Agent ID - Current": "amy",
        "First Closed At": "",
        "Last Closed At": "",
        "Initiator Type - Last Closed": "",
        "Times Closed": "0",
    }
    freed = {**held, "Assigned Agent ID - Current": ""}
    captures = {
        "20250206T020000Z": [
            conversation("kept", "2025-02-03", **held),
            conversation("left", "2025-02-04", **held),
            conversation("blank", "2025-02-05", **held),
        ],
        "20250213T020000Z": [
            conversation("kept", "2025-02-03", **held),
            conversation("left", "2025-02-04", **held),
            conversation("new", "2025-02-10", **held),
        ],
        "20250220T020000Z": [conversation("left", "2025-02-04", **freed)],
    }
    write_reports(root, ContactExportReportV3=[contact("c1", "blank", "2025-02-05")])
    for captured, rows in captures.items():
        text = report("ConversationExportReport", *rows)
        if captured == "20250213T020000Z":
            text = without_columns(
                text,
                "Assigned Agent ID - Current",
                "Assigned Agent Name - Current",
                "Topics",
                "Topics with Hierarchy",
            )
        write(root, f"reports/ConversationExportReport/{captured}__all.csv", text)
    database = built(root, compiled)
    assert query(
        database,
        "select conversation_id, current_agent_id, topic_count, is_untagged "
        "from marts.fct_conversations order by conversation_id",
    ) == [
        ("blank", "amy", 0, True),
        ("kept", "amy", None, False),
        ("left", None, 0, True),
        ("new", None, None, False),
    ]
    assert query(
        database,
        "select conversation_id, agent_id, assigned_at::date::varchar "
        "from marts.fct_conversation_assignments order by all",
    ) == [
        ("blank", "amy", "2025-02-06"),
        ("blank", None, "2025-02-05"),
        ("kept", "amy", "2025-02-06"),
        ("kept", None, "2025-02-03"),
        ("left", "amy", "2025-02-06"),
        ("left", None, "2025-02-04"),
        ("left", None, "2025-02-20"),
        ("new", None, "2025-02-10"),
    ]


def test_a_later_file_without_a_column_takes_nothing_back(
    tmp_path: Path, compiled: Compiled
) -> None:
    root = tmp_path / "extracts"
    reported = {
        "Fulfilled At": "2025-02-03 10:20:00",
        "Contact Handle Time (sec)": "60",
        "Times Transferred": "2",
    }
    contacts = report(
        "ContactExportReportV3",
        contact("over", "kept", "2025-02-03", **reported),
        contact("on", "kept", "2025-02-03", **reported, Status="", **{"Ended At": ""}),
    )
    conversations = report(
        "ConversationExportReport", conversation("kept", "2025-02-03")
    )
    sessions = report("WorkSessionEvents", work_session("over", "kept", "2025-02-03"))
    files = {
        "ContactExportReportV3": [
            contacts,
            without_columns(
                contacts,
                *("Inbox when Queued", "Agent when Ended", "Ended At", "Customer ID"),
                *("Fulfilled At", "Contact Handle Time (sec)", "Times Transferred"),
            ),
        ],
        "WorkSessionEvents": [
            sessions,
            without_columns(
                sessions, "inbox_id", "direction", "work_session_handle_time_sec"
            ),
        ],
        "ConversationExportReport": [
            conversations,
            without_columns(conversations, "Created At", "Inbox ID - Created"),
        ],
    }
    for extract, texts in files.items():
        for captured, text in zip(
            ("20250204T020000Z", "20250211T020000Z"), texts, strict=True
        ):
            write(root, f"reports/{extract}/{captured}__all.csv", text)
    write_reports(root)
    database = built(root, compiled)
    assert query(
        database,
        "select contact_id, customer_id, queued_inbox_id, ended_agent_id, "
        "ended_at::varchar, fulfilled_at::varchar, transfer_count, handle_seconds "
        "from marts.fct_contacts order by contact_id desc",
    ) == [
        (
            *("over", "customer-of-kept", "inbox-1", "amy"),
            *("2025-02-03 10:30:00", "2025-02-03 10:20:00", 2, 100.0),
        ),
        ("on", "customer-of-kept", "inbox-1", None, None, None, None, None),
    ]
    assert query(
        database,
        "select direction, inbox_id, handle_seconds from marts.fct_work_sessions",
    ) == [("inbound", "inbox-1", 100.0)]
    assert query(
        database,
        "select created_at::varchar, created_inbox_id from marts.fct_conversations",
    ) == [("2025-02-03 10:00:00", "inbox-1")]
    assert query(database, "from audit.audit_restatements") == []


def test_work_sessions_without_the_column_of_agents_are_none(
    tmp_path: Path, compiled: Compiled
) -> None:
    root = tmp_path / "extracts"
    write_reports(
        root,
        ConversationExportReport=[conversation("kept", "2025-02-03")],
        ContactExportReportV3=[contact("c1", "kept", "2025-02-03")],
    )
    sessions = report("WorkSessionEvents", work_session("c1", "kept", "2025-02-03"))
    write(
        root,
        f"reports/WorkSessionEvents/{CAPTURED}.csv",
        without_columns(sessions, "agent_id"),
    )
    database = built(root, compiled)
    assert query(
        database,
        "select extract_name, record_number, rejection_reason "
        "from audit.audit_rejected_records",
    ) == [("work_session_events", 1, "no column agent_id in the header")]
    assert query(
        database,
        "select work_session_count, agent_count, handle_seconds, no_work_session_reason"
        " from marts.fct_contacts",
    ) == [(None, None, None, None)]
