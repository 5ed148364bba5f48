"""One event in seconds here and milliseconds there is one; two events stay two."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from compiled import Compiled
from extracts_folder import STAMP, conversation_export, lines, report, write
from project import query

DAY = "2025-03-01"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, compiled: Compiled) -> Path:
    """Build what the Events API reports in milliseconds and the reports in seconds."""
    root = tmp_path_factory.mktemp("precision")
    extracts = root / "extracts"
    write(extracts, *conversation_export("conversation-1"))
    write_contacts(extracts)
    write_agents(extracts)
    compiled.build(extracts, root / "gladly.duckdb")
    return root / "gladly.duckdb"


def contact_event(
    an_id: str, contact: str, event_type: str, time: str, **more: Any
) -> dict[str, Any]:
    """Return an event of a contact as the API has it."""
    return {
        "id": an_id,
        "type": f"CONTACT/{event_type}",
        "timestamp": f"{DAY}T{time}Z",
        "initiator": {"id": "customer-1", "type": "CUSTOMER"},
        "content": {
            "channel": "CHAT",
            "contactId": contact,
            "conversationId": "conversation-1",
            "customerId": "customer-1",
            "context": {"assignee": {"inboxId": "inbox-1"}},
            **more,
        },
    }


def contact_row(
    contact: str, event_type: str, at: str, timezone: str = "UTC"
) -> dict[str, str]:
    """Return an event of a contact as Contact Timestamps has it."""
    return {
        "Timezone Filter": timezone,
        "Timestamp": at,
        "Event Type": f"CONTACT/{event_type}",
        "Contact ID": contact,
        "Conversation ID": "conversation-1",
        "Customer ID": "customer-1",
        "Channel": "CHAT",
        "Initiator Type": "CUSTOMER",
        "Initiator ID": "customer-1",
        "Assigned Inbox ID": "inbox-1",
    }


def write_contacts(root: Path) -> None:
    """Write contacts that two or three sources report, one each of the cases below."""
    write(
        root,
        f"events/{STAMP}__x.jsonl",
        lines(
            contact_event("e1", "twice", "STARTED", "10:00:00.432"),
            contact_event("e2", "twice", "OFFERED", "10:00:01.250", agentId="a"),
            contact_event("e3", "twice", "ENDED", "10:05:00.999"),
            contact_event("e4", "two-messages", "MESSAGE_RECEIVED", "10:00:00.100"),
            contact_event("e5", "two-messages", "MESSAGE_RECEIVED", "10:00:00.700"),
            contact_event("e6", "one-of-them-cut", "MESSAGE_RECEIVED", "10:00:00.000"),
            contact_event("e7", "one-of-them-cut", "MESSAGE_RECEIVED", "10:00:00.700"),
            contact_event("e8", "next-second", "MESSAGE_RECEIVED", "10:00:00.900"),
            contact_event("e9", "first-offer", "OFFERED", "10:02:00.000", agentId="a"),
            contact_event("e0", "both-fine", "MESSAGE_RECEIVED", "10:00:00.500"),
        ),
    )
    coarse = [
        contact_row("twice", "STARTED", f"{DAY} 10:00:00"),
        contact_row("twice", "OFFERED", f"{DAY} 10:00:01"),
        contact_row("twice", "ENDED", f"{DAY} 10:05:00"),
        contact_row("two-messages", "MESSAGE_RECEIVED", f"{DAY} 10:00:00"),
        contact_row("next-second", "MESSAGE_RECEIVED", f"{DAY} 10:00:01"),
        contact_row("captured-twice", "MESSAGE_RECEIVED", f"{DAY} 10:00:00"),
        contact_row("captured-twice", "MESSAGE_RECEIVED", f"{DAY} 10:00:07"),
    ]
    local = [
        contact_row(
            "captured-twice", "MESSAGE_RECEIVED", f"{DAY} 05:00:00", "America/New_York"
        )
    ]
    fine = [
        contact_row("captured-twice", "MESSAGE_RECEIVED", f"{DAY}T10:00:00.321Z"),
        contact_row("captured-twice", "MESSAGE_RECEIVED", f"{DAY}T10:00:00.654Z"),
        contact_row("both-fine", "MESSAGE_RECEIVED", f"{DAY}T10:00:00.501Z"),
        contact_row("one-of-them-cut", "MESSAGE_RECEIVED", f"{DAY}T10:00:00.000Z"),
        contact_row("one-of-them-cut", "MESSAGE_RECEIVED", f"{DAY}T10:00:00.700Z"),
    ]
    for stamp, rows in (
        ("20250302T010000Z", fine),
        (STAMP, coarse),
        ("20250303T010000Z", local),
    ):
        text = report("ContactTimestampsReport", *rows)
        write(root, f"reports/ContactTimestampsReport/{stamp}__x.csv", text)
    same = {"Customer ID": "customer-1", "Conversation ID": "conversation-1"}
    export = [
        {
            **same,
            "Contact ID": "twice",
            "Queued At": f"{DAY} 10:00:00",
            "Offered At": f"{DAY} 10:00:01",
            "Ended At": f"{DAY} 10:05:00",
            "Status": "ANSWERED",
        },
        {
            **same,
            "Contact ID": "first-offer",
            "Queued At": f"{DAY} 10:00:00",
            "Offered At": f"{DAY} 10:03:00",
            "Accepted At": f"{DAY} 10:03:10",
        },
    ]
    text = report("ContactExportReportV3", *export)
    write(root, f"reports/ContactExportReportV3/{STAMP}__x.csv", text)
    worked = {
        "id": "work-1",
        "contact_session_id": "first-offer",
        "contact_session_created_at": f"{DAY}T10:00:00.000Z",
        "contact_session_routed_at": f"{DAY}T10:01:00.500Z",
        "agent_accepted_at": f"{DAY}T10:03:10.750Z",
        "customer_id": "customer-1",
        "conversation_id": "conversation-1",
        "inbox_id": "inbox-1",
        "agent_id": "a",
    }
    text = report("WorkSessionEvents", worked)
    write(root, f"reports/WorkSessionEvents/{STAMP}__x.csv", text)


def write_agents(root: Path) -> None:
    """Write a day of an agent, in milliseconds here and cut to seconds there."""
    day = [
        ("LOGGED_IN", "08:00:00.900"),
        ("WENT_AWAY", "09:00:00.100"),
        ("RETURNED_FROM_AWAY", "09:00:00.900"),
        ("WENT_AWAY", "10:00:00.250"),
        ("RETURNED_FROM_AWAY", "10:30:00.750"),
        ("LOGGED_OUT", "12:00:00.900"),
    ]
    events = [
        {
            "id": f"agent-event-{number}",
            "type": f"AGENT_STATUS/{event_type}",
            "timestamp": f"{DAY}T{time}Z",
            "initiator": {"id": "ann", "type": "AGENT"},
            "content": {"agentId": "ann", "occurredAt": f"{DAY}T{time}Z"},
        }
        for number, (event_type, time) in enumerate(day)
    ]
    write(root, f"events/{STAMP}__agents.jsonl", lines(*events))
    rows = [
        {
            "Timestamp": f"{DAY} {time[:8]}",
            "Occurred At": f"{DAY} {time[:8]}",
            "Agent": "Ann",
            "Type": f"AGENT_STATUS/{event_type}",
            "Agent ID": "ann",
        }
        for event_type, time in day
    ]
    text = report("AgentTimestampsReport", *rows)
    write(root, f"reports/AgentTimestampsReport/{STAMP}__x.csv", text)


@pytest.mark.parametrize(
    ("contact", "events"),
    [
        (
            "twice",
            [
                ("10:00:00.432", "both"),
                ("10:00:01.25", "both"),
                ("10:05:00.999", "both"),
            ],
        ),
        ("two-messages", [("10:00:00.1", "both"), ("10:00:00.7", "events")]),
        ("one-of-them-cut", [("10:00:00", "both"), ("10:00:00.7", "both")]),
        ("next-second", [("10:00:00.9", "events"), ("10:00:01", "contact_timestamps")]),
        (
            "captured-twice",
            [
                ("10:00:00.321", "contact_timestamps"),
                ("10:00:00.654", "contact_timestamps"),
                ("10:00:07", "contact_timestamps"),
            ],
        ),
        (
            "both-fine",
            [("10:00:00.5", "events"), ("10:00:00.501", "contact_timestamps")],
        ),
    ],
)
def test_contact_events_of_two_sources_pair_one_to_one(
    database: Path, contact: str, events: list[tuple[str, str]]
) -> None:
    """The finer time is kept; what is reported once more in seconds adds nothing."""
    found = query(
        database,
        f"""
        select cast(occurred_at as time)::varchar, source_extract
        from marts.fct_contact_events
        where contact_id = '{contact}' order by occurred_at
        """,
    )
    assert found == events


def test_a_contact_has_the_finest_time_of_each_moment(database: Path) -> None:
    """Contact Export is believed about the moment, the API about its milliseconds."""
    found = query(
        database,
        """
        select queued_at, offered_at, ended_at from marts.fct_contacts
        where contact_id = 'twice'
        """,
    )
    assert found == [
        (
            datetime(2025, 3, 1, 10, 0, 0, 432000),
            datetime(2025, 3, 1, 10, 0, 1, 250000),
            datetime(2025, 3, 1, 10, 5, 0, 999000),
        )
    ]


def test_first_offered_and_accepted_are_the_earliest_of_any_source(
    database: Path,
) -> None:
    """Three sources report three offers; an acceptance cut to seconds is one."""
    found = query(
        database,
        """
        select offered_at, accepted_at from marts.fct_contacts
        where contact_id = 'first-offer'
        """,
    )
    assert found == [
        (
            datetime(2025, 3, 1, 10, 1, 0, 500000),
            datetime(2025, 3, 1, 10, 3, 10, 750000),
        )
    ]


def test_what_is_cut_to_seconds_agrees_in_the_reconciliation(database: Path) -> None:
    """The reports are right; they only say less."""
    found = query(
        database,
        """
        select measure, verdict from audit.audit_reconciliation
        where entity_id = 'twice' and measure = 'ended_at'
        """,
    )
    assert found == [("ended_at", "equal")]


def test_an_agent_is_away_as_long_as_the_finer_source_says(database: Path) -> None:
    """Changes reported twice are one: an absence within one second too."""
    found = query(
        database,
        """
        select sum(away_seconds), sum(active_seconds) from marts.fct_agent_daily
        where agent_id = 'ann'
        """,
    )
    away = 0.8 + 1800.5
    assert found == [(pytest.approx(away), pytest.approx(4 * 3600 - away))]
    assert query(
        database,
        "select count(*) from intermediate.int_agent_status_events_deduplicated",
    ) == [(6,)]
