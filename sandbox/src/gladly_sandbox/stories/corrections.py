"""Corrections of the truth, for stories that withhold evidence.

The truth is worked out from the world. Where no extract shows what happened, the
right answer is less than what happened; these functions take it back. A column that
is taken out of a row is not claimed at all.
"""

from __future__ import annotations

from gladly_sandbox.stories.plan import LAST_DAY
from gladly_sandbox.truth import Truth

#: Interval tables and the column that names the conversation they were recorded on.
HISTORIES = {
    "fct_conversation_status_intervals": "reported_conversation_id",
    "fct_conversation_assignments": "reported_conversation_id",
    "fct_conversation_topics": "conversation_id",
}
#: Columns that say when an interval ended.
ENDS = ("valid_to", "unassigned_at", "assigned_seconds", "removed_at")


def resolved_by_open_rule(truth: Truth, absorbed: str) -> None:
    """Say that rule R08 names the survivor of ``absorbed``, at no known moment.

    Without a merge event no extract says when the absorbed intervals ended.
    """
    truth.set(
        "bridge_conversation_ids",
        absorbed,
        resolved_by="single_open_rule",
        merged_at=None,
    )
    for table, column in HISTORIES.items():
        for row in truth.tables[table]:
            if row[column] == absorbed:
                for end in ENDS:
                    row.pop(end, None)


def resolved_by_redirect(truth: Truth, absorbed: str) -> None:
    """Record that a 301 shows where a profile went, but not when."""
    truth.set(
        "bridge_customer_ids",
        absorbed,
        resolved_by="redirect_lookup",
        merged_at=None,
    )


def customer_stays_apart(truth: Truth, absorbed: str) -> None:
    """Take back a profile merge that nothing shows: the id stands for itself.

    The conversation's contact still belongs to the survivor, since a conversation
    has one customer (rule R07); the profile is left with nothing.
    """
    survivor = truth.row("bridge_customer_ids", absorbed)["customer_id"]
    customer_unknown(truth, absorbed)
    count = truth.row("dim_customers", survivor)["absorbed_profile_count"]
    truth.set("dim_customers", survivor, absorbed_profile_count=count - 1)
    truth.add(
        "dim_customers",
        {
            "customer_id": absorbed,
            "customer_status": "unresolved",
            "absorbed_profile_count": 0,
            "conversation_count": 0,
            "open_conversation_count": 0,
            "has_open_conversation": False,
            "contact_count": 0,
            "is_deleted": False,
        },
    )


def customer_unknown(truth: Truth, customer: str) -> None:
    """Say that nothing proves a profile alive, merged or deleted."""
    truth.set(
        "bridge_customer_ids",
        customer,
        customer_id=customer,
        resolution_status="unresolved",
        customer_status="unresolved",
        hop_count=0,
        merged_at=None,
    )
    for row in truth.tables["dim_customers"]:
        if row["customer_id"] == customer:
            row.update(customer_status="unresolved", is_deleted=False)


def conversation_unknown(truth: Truth, conversation: str) -> None:
    """Say that nothing proves a conversation alive, merged or deleted."""
    truth.set(
        "bridge_conversation_ids",
        conversation,
        conversation_id=conversation,
        resolution_status="unresolved",
        conversation_status="unresolved",
        hop_count=0,
        merged_at=None,
    )
    truth.set(
        "fct_conversations",
        conversation,
        conversation_status="unresolved",
        is_deleted=False,
        is_open=False,
    )
    without_history(truth, conversation)


def created_and_absorbed(
    truth: Truth, conversation: str, created_at: str, inbox: str
) -> None:
    """Say that a conversation was created in an inbox and absorbed, no more.

    Its row of Conversation Export says that much with Status MERGED, and not when it
    was absorbed.
    """
    without_history(truth, conversation)
    ids = {"conversation_id": conversation, "reported_conversation_id": conversation}
    truth.add(
        "fct_conversation_status_intervals",
        {**ids, "status": "open", "valid_from": created_at, "ended_by": "merged"},
    )
    truth.add(
        "fct_conversation_assignments",
        {
            **ids,
            "sequence_number": 1,
            "inbox_id": inbox,
            "agent_id": None,
            "assignee_type": "inbox",
            "assigned_at": created_at,
            "assignment_reason": None,
            "is_current": False,
        },
    )


def without_history(truth: Truth, conversation: str) -> None:
    """Drop the intervals of a conversation of which no event was captured."""
    for table, column in HISTORIES.items():
        truth.tables[table] = [
            row for row in truth.tables[table] if row[column] != conversation
        ]


def contact_seen_in_work_sessions(truth: Truth, contact: str) -> None:
    """Take back what only Contact Export and events report about a contact.

    Work Sessions have times and seconds, but no entry point, target or due time, and
    messages count only as far as they were delivered.
    """
    messages = truth.tables["fct_messages"]
    truth.set(
        "fct_contacts",
        contact,
        entry_point=None,
        fulfilled_type=None,
        due_at=None,
        sla_target_seconds=None,
        message_count=sum(row["contact_id"] == contact for row in messages),
    )
    row = truth.row("fct_contacts", contact)
    for column in ("talk_seconds", "hold_seconds"):
        row.pop(column)


def mark_conflicted(truth: Truth, *customers: str) -> None:
    """Say that the evidence about some customer ids contradicts itself."""
    for row in truth.tables["bridge_customer_ids"]:
        row["is_conflicted"] = row["reported_customer_id"] in customers


def last_seen_at_the_end(truth: Truth, customer: str) -> None:
    """Say that the last capture looked a profile up, by a record of its own."""
    last = f"{LAST_DAY} 02:00:00.000"
    truth.set("bridge_customer_ids", customer, last_seen_at=last)
