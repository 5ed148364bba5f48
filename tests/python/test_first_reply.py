"""What answers a customer: by whom, to whom, and when a call does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from compiled import Compiled
from extracts_folder import lines, report, write, write_job
from project import query

CAPTURED = "20250301T020000Z__all"
DAY = "2025-02-03"


class Talk:
    """Messages of a conversation, each at so many minutes after nine."""

    def __init__(self, name: str, customer: str | None = None) -> None:
        self.name = name
        self.customer = customer or f"customer-of-{name}"
        self.items: list[dict[str, Any]] = []

    def add(
        self, minute: int, who: str | None, kind: str, answered: str = "", **more: Any
    ) -> Talk:
        """Add a message; ``answered`` is by whom a call was, 30 seconds later."""
        at = f"{DAY}T09:{minute:02}"
        content = {"type": kind, **more}
        if kind == "PHONE_CALL":
            content |= {"startedAt": f"{at}:00Z", "completedAt": f"{at}:59Z"}
        if answered:
            content["answeredAt"] = f"{at}:30Z"
        item = {
            "id": f"{self.name}-{len(self.items)}",
            "conversationId": self.name,
            "customerId": self.customer,
            "timestamp": f"{at}:00Z",
            "content": content,
        }
        if who:
            actor = self.customer if who == "CUSTOMER" else "amy"
            item["initiator"] = {"type": who, "id": actor}
        if answered not in ("", "?"):
            item["responder"] = {"type": answered, "id": "amy"}
        self.items.append(item)
        return self

    def asks(self, minute: int = 0) -> Talk:
        """Let the customer write."""
        return self.add(minute, "CUSTOMER", "CHAT_MESSAGE", content="Hello?")

    def says(self, minute: int, who: str = "AGENT") -> Talk:
        """Let somebody else write."""
        return self.add(minute, who, "CHAT_MESSAGE", content="Hello!")

    def mails(self, minute: int, *to: str, who: str = "AGENT", **more: Any) -> Talk:
        """Send a mail from the company, or from the customer's own address."""
        sender = "ada@example.com" if who == "CUSTOMER" else "help@example.com"
        mail = {"from": sender, "to": list(to), "content": "Dear"}
        return self.add(minute, who, "EMAIL", **mail, **more)

    def calls(
        self, minute: int, who: str | None, answered: str = "", to: str = "+1"
    ) -> Talk:
        """Let somebody call."""
        call = {"from": "+15550100099", "to": to}
        return self.add(minute, who, "PHONE_CALL", answered, **call)


#: Conversations, and the seconds to their first reply.
TALKS: list[tuple[Talk, float | None]] = [
    # Calls: only answered ones reply, and at the moment of answering.
    (Talk("inbound-answered").calls(0, "CUSTOMER", "AGENT").mails(9), 30.0),
    (Talk("inbound-missed").calls(0, "CUSTOMER").says(9), 540.0),
    (Talk("inbound-answered-by-ai").calls(0, "CUSTOMER", "SYSTEM").says(9), 540.0),
    (Talk("inbound-answerer-unnamed").calls(0, "CUSTOMER", "?"), 30.0),
    (Talk("inbound-caller-unnamed").calls(0, None, "AGENT"), 30.0),
    (Talk("outbound-answered").asks().calls(5, "AGENT", "CUSTOMER"), 330.0),
    (Talk("outbound-caller-unnamed").asks().calls(5, None, "CUSTOMER"), 330.0),
    (Talk("outbound-missed").asks().calls(5, "AGENT").says(60 - 1), 3540.0),
    (Talk("outbound-only").calls(0, "AGENT", "CUSTOMER"), None),
    (Talk("outbound-first").calls(0, "AGENT", "CUSTOMER").asks(2).says(3), 60.0),
    (Talk("colleague-called").asks().calls(5, "AGENT", "AGENT").says(8), 480.0),
    # Voicemail without an initiator is the customer's.
    (Talk("voicemail").add(0, None, "VOICEMAIL").says(4), 240.0),
    # Who writes: agents reply, no one else does.
    (Talk("rule").asks().says(1, "AUTOMATION").says(2), 120.0),
    (Talk("ai").asks().says(1, "SYSTEM").says(1, "API"), None),
    (Talk("third-party-asks").says(0, "EXTERNAL").says(1), None),
    (Talk("third-party-writes").asks().says(1, "INTERNAL").says(2), 120.0),
    (
        Talk("note").asks().add(1, "AGENT", "CONVERSATION_NOTE", body="Hm").says(3),
        180.0,
    ),
    # To whom: mail to others alone is no reply.
    (
        Talk("forwarded", "ada")
        .mails(0, "help@example.com", who="CUSTOMER")
        .mails(1, "parts@example.org")
        .mails(2, "Ada <ADA@example.com>"),
        120.0,
    ),
    (
        Talk("copied", "ada")
        .mails(0, "help@example.com", who="CUSTOMER")
        .mails(1, "parts@example.org", cc=["ada@example.com"]),
        60.0,
    ),
    (Talk("known-from-elsewhere", "ada").asks().mails(1, "ada@example.com"), 60.0),
    (Talk("known-by-profile", "bob").asks().mails(1, "x@example.org"), None),
    (Talk("known-by-old-profile", "bob").asks().mails(1, "bob.old@example.com"), 60.0),
    (Talk("not-known").asks().mails(1, "parts@example.org"), 60.0),
    (Talk("other-customer", "bob").asks().mails(1, "ada@example.com"), 60.0),
    (Talk("deleted", "gone").asks().mails(1, "parts@example.org"), 60.0),
    # A family replies together: absorbed into the one that follows.
    (Talk("absorbed", "cleo").asks(), None),
    (Talk("survivor", "cleo").says(7).asks(9).says(10), 420.0),
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, compiled: Compiled) -> Path:
    root = tmp_path_factory.mktemp("replies") / "extracts"
    rows = [
        {
            "Created At": f"{DAY} 09:00:00",
            "Conversation ID": talk.name,
            "Customer ID": talk.customer,
            "Status": "MERGED" if talk.name == "absorbed" else "OPEN",
            "Inbox ID - Current": "i1",
            "Times Closed": "0",
            "Times Reopened": "0",
        }
        for talk, _ in TALKS
    ]
    write(
        root,
        f"reports/ConversationExportReport/{CAPTURED}.csv",
        report("ConversationExportReport", *rows),
    )
    write(
        root,
        f"reports/WorkSessionEvents/{CAPTURED}.csv",
        report("WorkSessionEvents"),
    )
    session = {
        "id": "w1",
        "contact_session_id": "k1",
        "contact_session_created_at": f"{DAY}T09:00:00Z",
        "customer_id": "customer-of-rule",
        "conversation_id": "rule",
        "agent_id": "amy",
        "contact_session_ended_at": f"{DAY}T09:30:00Z",
    }
    write(
        root,
        f"reports/WorkSessionEvents/{CAPTURED}.csv",
        report("WorkSessionEvents", session),
    )
    write(
        root,
        f"entities/customer_profiles/{CAPTURED}.jsonl",
        lines(
            {"id": "bob", "emails": [{"original": "bob@example.com"}], "phones": []},
            {"id": "bo", "emails": [{"original": "bob.old@example.com"}]},
            {"id": "gone", "emails": [{"original": "gone@example.com"}]},
        ),
    )
    write(
        root,
        "lookups/customers/20250301T030000Z__all.jsonl",
        lines(
            {"requestedId": "bo", "status": 301, "resolvedId": "bob"},
            {"requestedId": "gone", "status": 404},
        ),
    )
    merged = {
        "id": "e1",
        "type": "CUSTOMER/MERGED",
        "timestamp": f"{DAY}T09:06:00Z",
        "content": {
            "sourceCustomerId": "cle",
            "sourceConversationId": "absorbed",
            "destinationCustomerId": "cleo",
            "destinationConversationId": "survivor",
        },
    }
    write(root, f"events/{CAPTURED}.jsonl", lines(merged))
    items = [item for talk, _ in TALKS for item in talk.items]
    write_job(root, "job-1", "2025-03-01T01:00:00Z", *items)
    made = root.parent / "gladly.duckdb"
    compiled.build(root, made)
    return made


def test_only_what_reaches_the_customer_is_a_reply(database: Path) -> None:
    found = dict(
        query(
            database,
            "select conversation_id, first_reply_seconds from marts.fct_conversations",
        )
    )
    expected = {talk.name: seconds for talk, seconds in TALKS}
    del expected["absorbed"]
    assert found == expected


def test_the_first_reply_is_the_earliest_message_that_is_one(database: Path) -> None:
    assert (
        query(
            database,
            """
            select conversation_id, first_agent_reply_at, min(replied_at)
            from marts.fct_conversations
            left join marts.fct_messages using (conversation_id)
            group by all
            having first_agent_reply_at is distinct from min(replied_at)
            """,
        )
        == []
    )


def test_a_message_says_to_whom_it_went(database: Path) -> None:
    assert query(
        database,
        "select message_id, is_to_customer, is_reply, answered_at::varchar "
        "from marts.fct_messages where conversation_id in "
        "('forwarded', 'colleague-called', 'outbound-missed') order by 1",
    ) == [
        ("colleague-called-0", False, False, None),
        ("colleague-called-1", False, False, f"{DAY} 09:05:30"),
        ("colleague-called-2", True, True, None),
        ("forwarded-0", False, False, None),
        ("forwarded-1", False, False, None),
        ("forwarded-2", True, True, None),
        ("outbound-missed-0", False, False, None),
        ("outbound-missed-1", True, False, None),
        ("outbound-missed-2", True, True, None),
    ]


def test_no_address_is_stored_beyond_the_raw_records(database: Path) -> None:
    stored = query(
        database,
        """
        select table_schema || '.' || table_name from information_schema.columns
        where column_name = 'address' and table_schema in ('intermediate', 'marts')
        """,
    )
    assert stored == []
