"""Histories with holes, one by one: what evidence there is, and what it proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from compiled import Compiled
from extracts_folder import lines, report, write, write_job
from project import query

#: Folder and capture time of an extract, and a record of it.
Record = tuple[tuple[str, str], dict[str, Any]]

EXPORT = "reports/ConversationExportReport"
TIMESTAMPS = "reports/ConversationTimestampsReport"
SESSIONS = "reports/WorkSessionEvents"
FETCHED = "entities/conversations"
LOOKUPS = ("lookups/conversations", "15 03:00")
#: When reports and events are captured in March 2025, unless a case says otherwise.
WEEKS = ("03 03:00", "10 03:00", "17 03:00")
PULLED = "18 03:00"


def when(day: str) -> str:
    """Return a moment of March 2025 with milliseconds, from ``5 12:30:00.123``."""
    date, _, time = day.partition(" ")
    if "." not in time:
        time += ".000" if time.count(":") == 2 else ":00.000"
    return f"2025-03-{int(date):02}T{time}Z"


def stamp(day: str) -> str:
    """Return the capture time of a file's name."""
    return when(day)[:19].replace("-", "").replace(":", "") + "Z"


def assignee(holder: str) -> dict[str, str]:
    """Return inbox and agent of ``i1+a1``."""
    inbox, _, agent = holder.partition("+")
    return {"inboxId": inbox, "agentId": agent} if agent else {"inboxId": inbox}


@dataclass(frozen=True)
class Evidence:
    """Writes what extracts have of a conversation; holders are ``i1+a1`` or ``i1``."""

    id: str
    customer: str

    def happened(
        self,
        day: str,
        what: str,
        holder: str = "i1",
        to: str = "",
        by: str = "a1",
        **content: Any,
    ) -> Record:
        """Return an event; ``holder`` had it before, ``to`` has it then."""
        told = {
            "customerId": self.customer,
            "conversationId": self.id,
            "context": {"assignee": assignee(holder)},
            **content,
        }
        if to:
            told |= {"assignee": assignee(to), "reason": "MANUAL"}
        return ("events", PULLED), {
            "id": f"{self.id} {day} {what}".strip(),
            "type": "CONVERSATION_ASSIGNEE/UPDATED" if to else f"CONVERSATION/{what}",
            "timestamp": when(day),
            "initiator": {"type": "AGENT", "id": by},
            "content": told,
        }

    def captured(
        self,
        day: str,
        status: str = "OPEN",
        holder: str = "i1",
        closed: str = "",
        count: str = "",
        last_holder: str = "",
    ) -> Record:
        """Return a row of Conversation Export; ``closed`` is first and last closing."""
        first, _, last = closed.partition(", ")
        inbox, _, agent = holder.partition("+")
        last_inbox, _, last_agent = last_holder.partition("+")
        return (EXPORT, day), {
            "Created At": when("1 09:00"),
            "Conversation ID": self.id,
            "Customer ID": self.customer,
            "Status": status,
            "Inbox ID - Created": "i1",
            "Inbox ID - Current": inbox,
            "Assigned Agent ID - Current": agent,
            "Inbox ID - Last Closed": last_inbox,
            "Assigned Agent ID - Last Closed": last_agent,
            "First Closed At": first and when(first),
            "Last Closed At": first and when(last or first),
            "Times Closed": count,
        }

    def fetched(self, day: str, status: str, holder: str) -> Record:
        """Return what GET conversation answered."""
        return (FETCHED, day), {
            "id": self.id,
            "customerId": self.customer,
            "status": status,
            "createdAt": when("1 09:00"),
            **assignee(holder),
        }


Case = tuple[Callable[[Evidence], list[Record]], str, str, tuple[int, int]]

#: By what a conversation is: its evidence; its statuses, with ~ where the moment is
#: only the first that proves it; its assignments; how often closed and reopened.
CASES: dict[str, Case] = {}
CASES["closed twice, as events and a report say"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("1 12:00", "CLOSED"),
        of.happened("5 15:00", "CLOSED"),
        of.captured(WEEKS[1], "CLOSED", closed="1 12:00, 5 15:00", count="2"),
    ],
    "open 1 09:00, closed 1 12:00, open 5 14:59~, closed 5 15:00",
    "i1 1 09:00",
    (2, 1),
)
CASES["closed twice, as events alone say"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("1 12:00", "CLOSED"),
        of.happened("5 15:00", "CLOSED"),
    ],
    "open 1 09:00, closed 1 12:00, open 5 14:59~, closed 5 15:00",
    "i1 1 09:00",
    (2, 1),
)
CASES["reopened twice"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("4 10:00", "REOPENED"),
        of.happened("5 15:00", "CLOSED"),
    ],
    "open 1 09:00, closed 4 09:59~, open 4 10:00, closed 5 15:00",
    "i1 1 09:00",
    (2, 1),
)
CASES["one closing in four precisions"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("2 10:00:00.123", "CLOSED"),
        (
            (TIMESTAMPS, PULLED),
            {
                "Timestamp": "2025-03-02 10:00:00",
                "Event Type": "CONVERSATION/CLOSED",
                "Conversation ID": of.id,
                "Customer ID": of.customer,
            },
        ),
        of.captured(WEEKS[0], "CLOSED", closed="2 10:00:00", count="1"),
        of.captured(WEEKS[1], "CLOSED", closed="2 10:00:00.123", count="1"),
        of.captured(WEEKS[2], "CLOSED", closed="2 10:00:01", count="1"),
    ],
    "open 1 09:00, closed 2 10:00",
    "i1 1 09:00",
    (1, 0),
)
CASES["one closing in two precisions of one report"] = (
    lambda of: [
        of.captured(WEEKS[0], "CLOSED", closed="2 10:00:00", count="1"),
        of.captured(WEEKS[1], "CLOSED", closed="2 10:00:00.123", count="1"),
    ],
    "open 1 09:00, closed 2 10:00",
    "i1 1 09:00",
    (1, 0),
)
CASES["closed three times, one of them only counted"] = (
    lambda of: [of.captured(WEEKS[2], "CLOSED", closed="2 10:00, 9 10:00", count="3")],
    "open 1 09:00, closed 2 10:00, open 9 09:59~, closed 9 09:59~, open 9 09:59~, "
    "closed 9 10:00",
    "i1 1 09:00",
    (3, 2),
)
CASES["closed a second time, which is only counted"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("2 10:00", "CLOSED"),
        of.captured(WEEKS[0], "CLOSED", count="1"),
        of.captured(WEEKS[1], "CLOSED", count="2"),
        of.captured(WEEKS[2], "CLOSED", count="2"),
    ],
    "open 1 09:00, closed 2 10:00, open 10 02:59~, closed 10 03:00~",
    "i1 1 09:00",
    (2, 1),
)
CASES["open, and closed in between by the count alone"] = (
    lambda of: [of.captured(WEEKS[0], count="0"), of.captured(WEEKS[1], count="1")],
    "open 1 09:00, closed 10 02:59~, open 10 03:00~",
    "i1 1 09:00",
    (1, 1),
)
CASES["each capture reports another last closing"] = (
    lambda of: [
        of.captured(WEEKS[0], closed="2 10:00", count="1"),
        of.captured(WEEKS[1], "CLOSED", closed="2 10:00, 8 10:00", count="2"),
        of.captured(WEEKS[2], "CLOSED", closed="2 10:00, 12 10:00", count="3"),
    ],
    "open 1 09:00, closed 2 10:00, open 3 03:00~, closed 8 10:00, open 12 09:59~, "
    "closed 12 10:00",
    "i1 1 09:00",
    (3, 2),
)
CASES["a last closing older than one that events report"] = (
    lambda of: [
        of.happened("12 10:00", "CLOSED"),
        of.captured(WEEKS[1], closed="2 10:00", count="1"),
    ],
    "open 1 09:00, closed 2 10:00, open 10 03:00~, closed 12 10:00",
    "i1 1 09:00",
    (2, 1),
)
CASES["open when captured, between two closings"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("2 10:00", "CLOSED"),
        of.captured(WEEKS[0], count="1"),
        of.happened("7 10:00", "CLOSED"),
    ],
    "open 1 09:00, closed 2 10:00, open 3 03:00~, closed 7 10:00",
    "i1 1 09:00",
    (2, 1),
)
CASES["a report that is an hour behind"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("3 02:40", "", to="i2+a2"),
        of.happened("3 02:50", "CLOSED", "i2+a2"),
        of.captured(WEEKS[0], count="0"),
    ],
    "open 1 09:00, closed 3 02:50",
    "i1 1 09:00, i2+a2 3 02:40",
    (1, 0),
)
CASES["a report that is five hours behind, as the closing it lacks proves"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("16 22:00", "CLOSED"),
        of.captured(WEEKS[2], count="0"),
    ],
    "open 1 09:00, closed 16 22:00",
    "i1 1 09:00",
    (1, 0),
)
CASES["assigned after the closing that its report lacks of another"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("16 23:00", "", to="i2+a2"),
        of.captured(WEEKS[2], count="0"),
    ],
    "open 1 09:00",
    "i1 1 09:00, i2+a2 16 23:00",
    (0, 0),
)
CASES["reopened, in a report that has the closing before"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("16 21:00", "CLOSED"),
        of.captured(WEEKS[2], closed="16 21:00", count="1"),
    ],
    "open 1 09:00, closed 16 21:00, open 17 03:00~",
    "i1 1 09:00",
    (1, 1),
)
CASES["an hour apart in report and event, and counted once"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.happened("2 10:00", "CLOSED"),
        of.captured(WEEKS[0], "CLOSED", closed="2 11:00", count="1"),
    ],
    "open 1 09:00, closed 2 10:00",
    "i1 1 09:00",
    (1, 0),
)
CASES["a closing that a later capture corrected"] = (
    lambda of: [
        of.captured(WEEKS[0], "CLOSED", closed="2 10:00", count="1"),
        of.captured(WEEKS[1], "CLOSED", closed="2 11:00", count="1"),
    ],
    "open 1 09:00, closed 2 11:00",
    "i1 1 09:00",
    (1, 0),
)
CASES["captured with a status and no moments"] = (
    lambda of: [
        of.captured(WEEKS[0]),
        of.captured(WEEKS[1], "CLOSED"),
        of.captured(WEEKS[2]),
    ],
    "open 1 09:00, closed 10 03:00~, open 17 03:00~",
    "i1 1 09:00",
    # No extract counts closings, or reports every one since the creation.
    (None, None),
)
CASES["closed before it was created, by its own word"] = (
    lambda of: [of.captured(WEEKS[0], "CLOSED", closed="1 08:00", count="1")],
    "closed 1 09:00",
    "i1 1 09:00",
    (1, 0),
)
CASES["items alone, and whose it was by captures"] = (
    lambda of: [
        (
            ("exports", PULLED),
            {
                "id": f"item {of.id}",
                "customerId": of.customer,
                "conversationId": of.id,
                "timestamp": when("4 10:00:00.5"),
                "initiator": {"type": "AGENT", "id": "a1"},
                "content": {"type": "CONVERSATION_STATUS_CHANGE", "status": "CLOSED"},
            },
        ),
        of.captured(WEEKS[0], holder="i2+a1", count="0"),
        of.captured(WEEKS[1], "CLOSED", "i3", "4 10:00:00", "1", "i3+a3"),
    ],
    "open 1 09:00, closed 4 10:00",
    "i1 1 09:00, i2+a1 3 03:00, i3+a3 4 10:00, i3 10 03:00",
    (1, 0),
)
CASES["whose it was by weekly captures"] = (
    lambda of: [
        of.captured(WEEKS[0], holder="i2+a1"),
        of.captured(WEEKS[1], holder="i2+a1"),
        of.captured(WEEKS[2], holder="i3"),
    ],
    "open 1 09:00",
    "i1 1 09:00, i2+a1 3 03:00, i3 17 03:00",
    # No extract counts closings, or reports every one since the creation.
    (None, None),
)
CASES["there and back again by captures"] = (
    lambda of: [
        of.captured(WEEKS[0], holder="i2"),
        of.captured(WEEKS[1], holder="i1"),
        of.captured(WEEKS[2], holder="i1+a1"),
    ],
    "open 1 09:00",
    "i1 1 09:00, i2 3 03:00, i1 10 03:00, i1+a1 17 03:00",
    # No extract counts closings, or reports every one since the creation.
    (None, None),
)
CASES["a capture between two events that miss a step"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.captured(WEEKS[0], holder="i2+a1"),
        of.happened("5 10:00", "", "i2+a1", to="i3"),
        of.captured(WEEKS[1], holder="i3"),
    ],
    "open 1 09:00",
    "i1 1 09:00, i2+a1 3 03:00, i3 5 10:00",
    (0, 0),
)
CASES["the same capture again after an event"] = (
    lambda of: [
        of.happened("1 09:00", "CREATED"),
        of.captured(WEEKS[0], holder="i1"),
        of.happened("5 10:00", "", "i1", to="i2"),
        of.captured(WEEKS[1], holder="i1"),
        of.captured(WEEKS[2], holder="i1"),
    ],
    "open 1 09:00",
    "i1 1 09:00, i2 5 10:00, i1 10 03:00",
    (0, 0),
)
CASES["every step reported, captures add nothing"] = (
    lambda of: [
        of.happened("1 09:00:00.250", "CREATED"),
        of.happened("2 10:00:00.500", "", "i1", to="i2+a1"),
        of.captured(WEEKS[0], holder="i2+a1"),
        of.happened("10 02:10", "", "i2+a1", to="i2"),
        of.captured(WEEKS[1], holder="i2"),
        of.captured(WEEKS[2], holder="i2"),
    ],
    "open 1 09:00",
    "i1 1 09:00, i2+a1 2 10:00, i2 10 02:10",
    (0, 0),
)
CASES["fetched, which a report of an hour before does not deny"] = (
    lambda of: [
        of.fetched("4 02:30", "OPEN", "i2+a1"),
        of.captured("4 03:00", holder="i1"),
    ],
    "open 1 09:00",
    "i1 1 09:00, i2+a1 4 02:30",
    # No extract counts closings, or reports every one since the creation.
    (None, None),
)
CASES["fetched only, so the inbox of its creation is unknown"] = (
    lambda of: [
        of.fetched("4 02:30", "OPEN", "i2"),
        of.fetched("8 02:30", "OPEN", "i3"),
    ],
    "open 1 09:00",
    "i2 4 02:30, i3 8 02:30",
    # No extract counts closings, or reports every one since the creation.
    (None, None),
)
CASES["absorbed, and captured before and after"] = (
    lambda of: [
        of.captured(WEEKS[0], holder="i2"),
        of.captured(WEEKS[1], holder="i3"),
        of.captured(WEEKS[2], "MERGED", holder="i9"),
        (
            ("events", PULLED),
            {
                "id": f"merge {of.id}",
                "type": "CUSTOMER/MERGED",
                "timestamp": when("12 10:00"),
                "initiator": {"type": "AGENT", "id": "a1"},
                "content": {
                    "sourceCustomerId": of.customer,
                    "destinationCustomerId": "survivor",
                    "sourceConversationId": of.id,
                    "destinationConversationId": "kept",
                },
            },
        ),
    ],
    "open 1 09:00",
    "i1 1 09:00, i2 3 03:00, i3 10 03:00",
    (0, 0),
)


#: A topic added between two closings, of which the reopening is missing.
TOPIC_BETWEEN_CLOSINGS = [
    Evidence("tagged", "of-tagged").happened("1 09:00", "CREATED"),
    Evidence("tagged", "of-tagged").happened("2 09:00", "CLOSED"),
    Evidence("tagged", "of-tagged").happened("4 09:00", "TOPIC_ADDED", topicId="t1"),
    Evidence("tagged", "of-tagged").happened("5 09:00", "CLOSED"),
    Evidence("tagged", "of-tagged").happened("6 09:00", "TOPIC_ADDED", topicId="t2"),
]
#: Two conversations of one customer: the closing of the first is missing.
OPEN_BY_TURNS = [
    Evidence("first", "of-turns").happened("1 09:00", "CREATED"),
    Evidence("first", "of-turns").happened("9 09:00", "REOPENED"),
    Evidence("first", "of-turns").happened("9 10:00", "CLOSED"),
    Evidence("second", "of-turns").happened("4 09:00", "CREATED"),
    Evidence("second", "of-turns").happened("5 09:00", "CLOSED"),
    Evidence("first", "of-turns").fetched(PULLED, "CLOSED", "i1"),
    Evidence("second", "of-turns").fetched(PULLED, "CLOSED", "i1"),
]
#: Two conversations of one customer that truly were open together.
OPEN_TOGETHER = [
    Evidence("third", "of-together").happened("1 09:00", "CREATED"),
    Evidence("third", "of-together").happened("9 10:00", "CLOSED"),
    Evidence("fourth", "of-together").happened("4 09:00", "CREATED"),
    Evidence("fourth", "of-together").happened("5 09:00", "CLOSED"),
    Evidence("third", "of-together").fetched(PULLED, "CLOSED", "i1"),
    Evidence("fourth", "of-together").fetched(PULLED, "CLOSED", "i1"),
]


def session(
    contact: str, conversation: str, began: str, day: str, agent: str = ""
) -> Record:
    """Return a row of Work Sessions of a contact that was open when captured."""
    return (SESSIONS, day), {
        "contact_session_id": contact,
        "contact_session_created_at": when(began),
        "customer_id": f"of-{conversation}",
        "conversation_id": conversation,
        "inbox_id": "i1",
        "channel": "EMAIL",
        "direction": "INBOUND",
        "agent_id": agent,
    }


def conversation(an_id: str) -> Evidence:
    return Evidence(an_id, f"of-{an_id}")


CONTACTS: list[Record] = [
    # Closed once, on the third.
    conversation("closed").captured(WEEKS[1], "CLOSED", closed="3 10:00", count="1"),
    session("before the closing", "closed", "1 10:00", "2 03:00"),
    session("with an agent", "closed", "1 10:00", "2 03:00", "a1"),
    session("captured minutes after the closing", "closed", "1 10:00", "3 10:30"),
    session("captured days after the closing", "closed", "1 10:00", "10 03:00"),
    session("begun after the closing", "closed", "4 10:00", "5 03:00"),
    # Closed on the third and reopened; it is open.
    conversation("reopened").happened("1 09:00", "CREATED"),
    conversation("reopened").happened("3 10:00", "CLOSED"),
    conversation("reopened").happened("5 10:00", "REOPENED"),
    session("before the reopening", "reopened", "1 10:00", "2 03:00"),
    session("since the reopening", "reopened", "5 10:00", "6 03:00"),
    # Never closed.
    conversation("open").captured(WEEKS[1], count="0"),
    session("of an open conversation", "open", "1 10:00", "2 03:00"),
    # Deleted, no extract reports when.
    conversation("deleted").captured("4 03:00", "CLOSED", closed="1 09:30", count="1"),
    (LOOKUPS, {"requestedId": "deleted", "status": 404}),
    session("of a deleted conversation", "deleted", "2 10:00", "3 03:00"),
    # Absorbed on the twelfth by one that is open.
    conversation("absorbed").captured(WEEKS[2], "MERGED"),
    conversation("survivor").captured(WEEKS[2], count="0"),
    (
        ("events", PULLED),
        {
            "id": "absorbed by survivor",
            "type": "CUSTOMER/MERGED",
            "timestamp": when("12 10:00"),
            "initiator": {"type": "AGENT", "id": "a1"},
            "content": {
                "sourceCustomerId": "of-absorbed",
                "destinationCustomerId": "of-survivor",
                "sourceConversationId": "absorbed",
                "destinationConversationId": "survivor",
            },
        },
    ),
    session("of an absorbed conversation", "absorbed", "10 10:00", "11 03:00"),
    session("that moved on to the survivor", "absorbed", "10 10:00", "14 03:00"),
    # In no Conversation Export.
    session("of an unknown conversation", "unknown", "1 10:00", "2 03:00"),
    # In events only.
    (
        ("events", PULLED),
        {
            "id": "started",
            "type": "CONTACT/STARTED",
            "timestamp": when("2 10:00"),
            "initiator": {"type": "CUSTOMER", "id": "of-closed"},
            "content": {
                "contactId": "in events only",
                "channel": "CHAT",
                "customerId": "of-closed",
                "conversationId": "closed",
                "context": {"assignee": assignee("i1")},
            },
        },
    ),
]


#: Contacts of the above that are over, though nothing reports when they ended.
OVER = (
    "before the closing",
    "with an agent",
    "captured minutes after the closing",
    "captured days after the closing",
    "begun after the closing",
    "before the reopening",
    "of a deleted conversation",
    "of an absorbed conversation",
    "in events only",
)
#: Those that may be open.
STILL_OPEN = (
    "since the reopening",
    "of an open conversation",
    "that moved on to the survivor",
    "of an unknown conversation",
)


def write_records(
    folder: Path, records: dict[tuple[str, str], list[dict[str, Any]]]
) -> None:
    """Write one file per folder and capture time."""
    for (path, day), rows in records.items():
        name = path.rpartition("/")[2]
        if path.startswith("reports"):
            write(folder, f"{path}/{stamp(day)}__x.csv", report(name, *rows))
        elif path == "exports":
            write_job(folder, f"job-{stamp(day)}", when(day), *rows)
        else:
            write(folder, f"{path}/{stamp(day)}__x.jsonl", lines(*rows))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, compiled: Compiled) -> Path:
    folder = tmp_path_factory.mktemp("by_hand")
    records: dict[tuple[str, str], list[dict[str, Any]]] = {}
    told = [*TOPIC_BETWEEN_CLOSINGS, *OPEN_BY_TURNS, *OPEN_TOGETHER, *CONTACTS]
    for number, (evidence, *_) in enumerate(CASES.values()):
        told += evidence(Evidence(f"v{number}", f"of-v{number}"))
    for key, record in told:
        records.setdefault(key, []).append(record)
    write_records(folder, records)
    compiled.build(folder, folder / "gladly.duckdb")
    return folder / "gladly.duckdb"


@pytest.mark.parametrize("case", CASES)
def test_what_evidence_proves_is_in_intervals_assignments_and_counts(
    case: str, database: Path
) -> None:
    number = list(CASES).index(case)
    _, statuses, assignments, counts = CASES[case]
    [found] = query(
        database,
        f"""
        select
            (
                select string_agg(
                    status || ' ' || day(valid_from) || strftime(valid_from, ' %H:%M')
                    || case when is_beginning_reported then '' else '~' end,
                    ', ' order by valid_from
                )
                from marts.fct_conversation_status_intervals
                where reported_conversation_id = 'v{number}'
            ),
            (
                select string_agg(
                    inbox_id || coalesce('+' || agent_id, '') || ' '
                    || day(assigned_at) || strftime(assigned_at, ' %H:%M'),
                    ', ' order by sequence_number
                )
                from marts.fct_conversation_assignments
                where reported_conversation_id = 'v{number}'
            )
        """,
    )
    assert found == (statuses, assignments)
    counted = query(
        database,
        f"""
        select close_count, reopen_count from marts.fct_conversations
        where conversation_id = 'v{number}'
        """,
    )
    assert counted == ([] if case.startswith("absorbed") else [counts])


def test_what_may_have_been_otherwise_in_a_hole_breaks_no_rule(database: Path) -> None:
    broken = query(
        database,
        """
        select distinct rule_id, entity_id, detail from audit.audit_rule_violations
        where rule_id in ('R08', 'R17') order by 1
        """,
    )
    assert [row[:2] for row in broken] == [("R08", "fourth"), ("R17", "tagged")]
    assert "topic t2" in broken[1][2]


def test_contacts_of_conversations_that_are_over_are_over(database: Path) -> None:
    found = query(
        database,
        """
        select contact_id, is_open, contact_status from marts.fct_contacts
        where ended_at is null order by 1
        """,
    )
    assert found == sorted(
        [(contact, False, "unknown") for contact in OVER]
        + [(contact, True, "open") for contact in STILL_OPEN]
    )
    assert query(
        database, "select contact_id, is_open from marts.fct_work_sessions"
    ) == [("with an agent", False)]


def test_what_should_have_been_pulled_is_listed_with_its_window(database: Path) -> None:
    found = query(
        database,
        """
        select entity_id, reason, pull_from, pull_to from audit.audit_missing_captures
        where extract_name = 'work_session_events' order by 1
        """,
    )
    assert [row[0] for row in found] == sorted(OVER)
    windows = {row[0]: row[1:] for row in found}
    assert windows["before the closing"] == (
        "end_not_reported",
        datetime(2025, 3, 2, 2),
        datetime(2025, 3, 3, 10),
    )
    assert windows["in events only"] == (
        "in_no_report",
        datetime(2025, 3, 2, 10),
        datetime(2025, 3, 3, 10),
    )
    conversations = query(
        database,
        """
        select entity_id from audit.audit_missing_captures
        where extract_name = 'conversation_export_report'
        """,
    )
    assert ("unknown",) in conversations
    assert not {("deleted",), ("absorbed",), ("closed",)} & set(conversations)
    # No Contact Export is pulled here at all, so none is missing.
    assert len(found) + len(conversations) == len(
        query(database, "select 1 from audit.audit_missing_captures")
    )
