"""Works out every table of a truth."""

from __future__ import annotations

from collections.abc import Iterable

from gladly_sandbox.clock import naive_utc
from gladly_sandbox.extracts import Written
from gladly_sandbox.truth import (
    answers,
    contacts,
    conversations,
    customers,
    dimensions,
    identity,
    messages,
    topics,
)
from gladly_sandbox.truth.agents import agent_days, deeds
from gladly_sandbox.truth.agents import status_intervals as agent_status_intervals
from gladly_sandbox.truth.contact_events import contact_events
from gladly_sandbox.truth.history import (
    assignments,
    status_intervals,
)
from gladly_sandbox.truth.inbox_days import UNASSIGNED, inbox_days
from gladly_sandbox.truth.inboxes import inbox_versions
from gladly_sandbox.truth.tables import Row, Truth
from gladly_sandbox.truth.topic_days import topic_days
from gladly_sandbox.truth.view import View


def compute_truth(written: Written, timezone: str = "UTC") -> Truth:
    """Return the truth about a landing, as of its last capture.

    Args:
        written: the landing.
        timezone: IANA zone whose midnights divide the days of daily facts.
    """
    view = View(written.state, written.emitted)
    stays = list(topics.conversation_topics(view.seen_conversations, written.emitted))
    tables: dict[str, Iterable[Row]] = {
        "bridge_customer_ids": identity.customer_ids(view),
        "bridge_conversation_ids": identity.conversation_ids(view),
        "bridge_conversation_item_ids": identity.item_ids(view),
        "dim_customers": customers.customers(view),
        "fct_customer_topics": customers.customer_topics(
            stays, conversations.conversations(view)
        ),
        "fct_conversations": conversations.conversations(view),
        "fct_contacts": contacts.contact_rows(view),
        "fct_work_sessions": contacts.work_sessions(view),
        "fct_messages": messages.messages(view),
        "fct_conversation_status_intervals": status_intervals(
            view.seen_conversations, written.emitted
        ),
        "fct_conversation_assignments": assignments(
            view.seen_conversations, written.emitted
        ),
        "fct_contact_events": contact_events(written.state, written.emitted),
        "dim_inboxes": dimensions.inboxes(view),
        "dim_inbox_versions": inbox_versions(written.state, written.emitted),
        "dim_agents": dimensions.agents(view),
        "fct_agent_status_intervals": agent_status_intervals(
            written.state.agent_moments
        ),
        "fct_agent_daily": agent_days(
            written.state.agent_moments,
            [
                (contact, work)
                for contact in written.state.contacts.values()
                for work in view.works(contact)
            ],
            deeds(
                (item for _, item in view.items),
                view.seen_conversations,
                written.emitted,
            ),
            written.as_of,
            timezone,
        ),
        "fct_conversation_topics": stays,
        "dim_topics": topics.topics(written.emitted, stays),
        "dim_answers": answers.answers(written.state, written.emitted),
        "dim_answer_contents": answers.contents(written.emitted),
        "fct_answer_usage_daily": answers.usage(written.emitted),
        "dim_topic_versions": topics.versions(written.emitted),
        "bridge_topic_ancestors": topics.ancestors(written.emitted),
    }
    truth = Truth(str(naive_utc(written.as_of)))
    for name, rows in tables.items():
        truth.tables[name] = list(rows)
    add_days(truth, timezone)
    return truth


def add_days(truth: Truth, timezone: str = "UTC") -> None:
    """Work out the days of inboxes and topics anew from the other tables.

    What is in no inbox is counted under one of its own, which is an inbox then.

    Args:
        truth: the tables; those of days are replaced.
        timezone: IANA zone whose midnights divide the days.
    """
    for name, rows in (
        ("fct_inbox_daily", inbox_days),
        ("fct_topic_daily", topic_days),
    ):
        truth.tables[name] = list(rows(truth.tables, truth.as_of, timezone))
    inboxes = [
        row for row in truth.tables["dim_inboxes"] if row["inbox_id"] != UNASSIGNED
    ]
    if any(row["inbox_id"] == UNASSIGNED for row in truth.tables["fct_inbox_daily"]):
        inboxes.append(
            {
                "inbox_id": UNASSIGNED,
                "inbox_name": None,
                "is_disabled": False,
                "is_known": False,
            }
        )
    truth.tables["dim_inboxes"] = inboxes
