"""Messages that a merge gave new ids, redacted or not, are counted once each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from compiled import Compiled
from extracts_folder import lines, report, write, write_job
from project import query

MOMENT = "2025-03-01T09:05:00.123Z"

#: Conversation: what each job delivers, as id and text, and the ids that remain.
DELIVERED: dict[str, tuple[list[dict[str, str | None]], dict[str, str]]] = {
    "redacted": ([{"X": "card"}, {"Y": ""}], {"X": "Y", "Y": "Y"}),
    "redacted_to_nothing": ([{"X": "card"}, {"Y": None}], {"X": "Y", "Y": "Y"}),
    "not_issued_again": ([{"X": "card"}, {"X": ""}], {"X": "X"}),
    "redacted_first": ([{"X": "card"}, {"X": ""}, {"Y": ""}], {"X": "Y", "Y": "Y"}),
    "redacted_later": ([{"X": "card"}, {"Y": "card"}, {"Y": ""}], {"X": "Y", "Y": "Y"}),
    "twice": (
        [{"X": "a"}, {"Y": "a"}, {"Z": ""}],
        {"X": "Z", "Y": "Z", "Z": "Z"},
    ),
    "redacted_twice": (
        [{"X": "a"}, {"Y": ""}, {"Z": None}],
        {"X": "Z", "Y": "Z", "Z": "Z"},
    ),
    "two_of_three": (
        [{"A": "a", "B": "a", "C": "a"}, {"D": "a", "E": "a"}],
        {"A": "D", "B": "E", "C": "C", "D": "D", "E": "E"},
    ),
    "beside_the_old": (
        [{"A": "a", "B": "a"}, {"B": "a", "C": "a"}],
        {"A": "C", "B": "B", "C": "C"},
    ),
    "one_of_two_redacted": (
        [{"A": "a", "B": "a"}, {"C": "", "D": "a"}],
        {"A": "D", "B": "C", "C": "C", "D": "D"},
    ),
    "each_by_its_text": (
        [{"A": "a", "B": "b"}, {"C": "", "D": "b"}],
        {"A": "C", "B": "D", "C": "C", "D": "D"},
    ),
    "other_text": ([{"A": "a"}, {"B": "b"}], {"A": "A", "B": "B"}),
    "never_redacted": ([{"A": ""}, {"B": "b"}], {"A": "A", "B": "B"}),
    "twins": ([{"A": "a", "B": "a"}], {"A": "A", "B": "B"}),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, compiled: Compiled) -> Path:
    root = tmp_path_factory.mktemp("items")
    extracts = root / "extracts"
    jobs: list[list[dict[str, Any]]] = [[], [], []]
    for conversation, (deliveries, _) in DELIVERED.items():
        for job, delivered in enumerate(deliveries):
            jobs[job] += [
                _item(conversation, an_id, text, "bob" if job else "ada")
                for an_id, text in delivered.items()
            ]
    # No profile was absorbed, so an item of another customer has one id for ever.
    jobs[0].append(_item("alone", "A", "a", "eve"))
    jobs[1].append(_item("alone", "B", "", "eve"))
    for job, items in enumerate(jobs):
        write_job(extracts, f"job-{job}", f"2025-03-0{2 + 2 * job}T03:00:00Z", *items)
    # One job delivered twice.
    write_job(extracts, "job-2-again", "2025-03-06T03:00:00Z", *jobs[2])
    merge = {
        "id": "e1",
        "type": "CUSTOMER_PROFILE/MERGED",
        "timestamp": "2025-03-03T10:00:00.000Z",
        "content": {"destinationCustomerId": "bob", "sourceCustomerId": "ada"},
    }
    write(extracts, "events/20250303T110000Z__all.jsonl", lines(merge))
    write(
        extracts,
        "reports/ConversationExportReport/20250310T030000Z__all.csv",
        report(
            "ConversationExportReport",
            *(
                {
                    "Created At": "2025-03-01T09:00:00.000Z",
                    "Conversation ID": conversation,
                    "Customer ID": "eve" if conversation == "alone" else "bob",
                    "Status": "CLOSED",
                    "Inbox ID - Current": "i1",
                    "Last Closed At": "2025-03-01T12:00:00.000Z",
                }
                for conversation in (*DELIVERED, "alone")
            ),
        ),
    )
    write(
        extracts,
        "reports/WorkSessionEvents/20250310T030000Z__all.csv",
        report(
            "WorkSessionEvents",
            {
                "contact_session_id": "c1",
                "contact_session_created_at": "2025-03-01T09:00:00.000Z",
                "customer_id": "bob",
                "conversation_id": "twins",
                "channel": "CHAT",
                "direction": "INBOUND",
                "contact_session_ended_at": "2025-03-01T11:00:00.000Z",
                "status": "ABANDONED",
            },
        ),
    )
    built = root / "gladly.duckdb"
    compiled.build(extracts, built)
    return built


def _item(
    conversation: str, an_id: str, text: str | None, customer: str
) -> dict[str, Any]:
    # The kind of a chat message may be missing where it is text.
    content = {"type": "CHAT_MESSAGE", "sessionId": "s"}
    if text:
        content["messageType"] = "TEXT"
    return {
        "id": f"{conversation}-{an_id}",
        "customerId": customer,
        "conversationId": conversation,
        "timestamp": MOMENT,
        "initiator": {"type": "CUSTOMER", "id": customer},
        "content": content if text is None else {**content, "content": text},
    }


def test_every_id_leads_to_its_message_and_no_two_messages_become_one(
    database: Path,
) -> None:
    built = dict(
        query(
            database,
            """
            select reported_item_id, message_id
            from marts.bridge_conversation_item_ids
            """,
        )
    )
    expected = {
        f"{conversation}-{an_id}": f"{conversation}-{message}"
        for conversation, (_, messages) in DELIVERED.items()
        for an_id, message in messages.items()
    }
    expected |= {"alone-A": "alone-A", "alone-B": "alone-B"}
    assert built == expected


def test_messages_are_counted_as_often_as_they_were_written(database: Path) -> None:
    built = dict(
        query(
            database,
            "select conversation_id, count(*) from marts.fct_messages group by all",
        )
    )
    expected = {
        conversation: len(set(messages.values()))
        for conversation, (_, messages) in DELIVERED.items()
    }
    assert built == {**expected, "alone": 2}


def test_a_redaction_shows_under_whatever_id(database: Path) -> None:
    built = query(
        database,
        """
        select message_id from marts.fct_messages
        where is_redacted and conversation_id in (
            'redacted', 'redacted_to_nothing', 'redacted_first', 'redacted_later',
            'twice'
        )
        """,
    )
    assert len(built) == 5


def test_the_older_event_of_a_merge_is_evidence(database: Path) -> None:
    built = query(
        database,
        """
        select customer_id, resolution_status, resolved_by, merged_at::varchar
        from marts.bridge_customer_ids where reported_customer_id = 'ada'
        """,
    )
    assert built == [("bob", "merged", "customer_merged_event", "2025-03-03 10:00:00")]
