"""The truth about conversations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gladly_sandbox.clock import moment, naive_utc
from gladly_sandbox.extracts.conversation_reports import (
    channel_sequence,
    is_fcr_eligible,
    is_fcr_success,
)
from gladly_sandbox.state import MESSAGE_CHANNELS
from gladly_sandbox.things import Conversation, Item
from gladly_sandbox.truth.history import count_assignments
from gladly_sandbox.truth.tables import Row
from gladly_sandbox.truth.view import View, gap


def conversations(view: View) -> Iterator[Row]:
    """Yield rows of ``fct_conversations``."""
    for held in view.canonical:
        yield _conversation(view, held)


#: Columns that say how many contacts there were, and what was done in them.
_OF_CONTACTS = (
    "contact_count", "inbound_contact_count", "outbound_contact_count",
    "work_session_count", "agent_count", "handle_seconds", "after_contact_seconds",
    "unknown_seconds", "is_self_served",
)  # fmt: skip


def _conversation(view: View, held: Conversation) -> Row:
    """One row; of a deleted conversation only what frozen extracts keep."""
    contacts = view.contacts_of.get(held.id, [])
    works = [work for contact in contacts for work in view.works(contact)]
    is_deleted = held.deleted_at is not None
    items = [item for _, item in view.items_of.get(held.id, [])]
    row: Row = {
        "conversation_id": held.id,
        "customer_id": held.customer.current().id,
        "conversation_status": "deleted" if is_deleted else held.status.lower(),
        "is_deleted": is_deleted,
        "is_open": not is_deleted and held.status != "CLOSED",
        "contact_count": len(contacts),
        "inbound_contact_count": sum(c.direction == "INBOUND" for c in contacts),
        "outbound_contact_count": sum(c.direction == "OUTBOUND" for c in contacts),
        "work_session_count": len(works),
        "agent_count": len({work.agent_id for work in works}),
        "handle_seconds": sum(work.handle_ms for work in works) / 1000,
        "after_contact_seconds": sum(w.after_contact_ms for w in works) / 1000,
        "unknown_seconds": sum(work.unknown_ms for work in works) / 1000,
        # Where an agent wrote, there was service, whatever contact it belongs to.
        "is_self_served": not contacts
        and not any(
            i.sender == "AGENT" and i.content["type"] in MESSAGE_CHANNELS for i in items
        ),
        "absorbed_conversation_count": sum(
            member.id in view.emitted.conversations for member in held.family()[1:]
        ),
    }
    shown = view.emitted.conversations_shown.get(held.id, [])
    if not contacts and all(each.extract != "conversation_export" for each in shown):
        # No report counts its contacts, and nothing proves that there were none.
        for name in _OF_CONTACTS:
            del row[name]
    if is_deleted:
        return row
    first: datetime | None = held.closes[0]["at"] if held.closes else None
    last: datetime | None = held.closes[-1]["at"] if held.closes else None
    channels = channel_sequence(held)
    messages = [i for i in items if i.content["type"] in MESSAGE_CHANNELS]
    senders = [item.sender for item in messages if item.sender]
    asked = [item.at for item in messages if item.sender == "CUSTOMER"]
    since = min(asked) if asked else None
    answers = [at for at in map(_replied_at, messages) if at is not None]
    replied = [at for at in answers if since is not None and at >= since]
    topics = held.current_topics()
    row.update(
        created_at=naive_utc(held.created_at),
        first_closed_at=naive_utc(first),
        last_closed_at=naive_utc(last),
        close_count=len(held.closes),
        reopen_count=held.reopen_count,
        created_to_first_closed_seconds=gap(held.created_at, first),
        created_to_last_closed_seconds=gap(held.created_at, last),
        created_to_first_closed_business_seconds=view.business_gap(
            held.created_at, first
        ),
        created_to_last_closed_business_seconds=view.business_gap(
            held.created_at, last
        ),
        created_inbox_id=held.assignments[0].inbox_id,
        current_inbox_id=held.inbox_id,
        current_agent_id=held.agent_id,
        last_closed_inbox_id=held.closes[-1]["inbox"] if held.closes else None,
        last_closed_agent_id=held.closes[-1]["agent"] if held.closes else None,
        last_closed_by_type=held.closes[-1]["by"].type.lower() if held.closes else None,
        **count_assignments(held, view.emitted),
        is_fcr_eligible=is_fcr_eligible(held),
        is_fcr_success=is_fcr_success(held),
        first_channel=channels[0].lower() if channels else None,
        last_channel=channels[-1].lower() if channels else None,
        channels=",".join(sorted({c.lower() for c in channels})) or None,
        channel_count=len(set(channels)),
        is_multichannel=len(set(channels)) > 1,
        message_count=len(messages),
        customer_message_count=senders.count("CUSTOMER"),
        agent_message_count=senders.count("AGENT"),
        automated_message_count=sum(
            sender in ("API", "AUTOMATION", "SYSTEM") for sender in senders
        ),
        note_count=sum(i.content["type"] == "CONVERSATION_NOTE" for i in items),
        topic_count=len(topics),
        is_untagged=not topics,
        first_customer_message_at=naive_utc(since),
        first_agent_reply_at=naive_utc(min(replied) if replied else None),
        first_reply_seconds=gap(since, min(replied) if replied else None),
        first_reply_business_seconds=view.business_gap(
            since, min(replied) if replied else None
        ),
    )
    return row


def _replied_at(item: Item) -> datetime | None:
    """Return when a message answered the customer: a call, when it was picked up.

    What goes to others answers no one, nor does a call that was not answered.
    """
    if item.content["type"] == "PHONE_CALL":
        sides = [side.type for side in (item.initiator, item.responder) if side]
        answered = item.content.get("answeredAt")
        return moment(answered) if answered and "AGENT" in sides else None
    return item.at if item.sender == "AGENT" and not item.is_to_others else None
