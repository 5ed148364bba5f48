"""What a correct build must find of the events of contacts and of their messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gladly_sandbox.clock import moment, naive_utc
from gladly_sandbox.extracts import Emitted
from gladly_sandbox.state import MESSAGE_CHANNELS, State
from gladly_sandbox.things import Event, Item
from gladly_sandbox.truth.tables import Row


def contact_events(state: State, emitted: Emitted) -> Iterator[Row]:
    """Yield every event of a contact in the landing, in the order of the world.

    Particulars such as reasons are those of the Events API: the report has none.
    """
    counts: dict[str, int] = {}
    for event in state.events:
        in_api = event.id in emitted.events
        in_report = event.id in emitted.contact_moments
        if not event.type.startswith("CONTACT/") or not (in_api or in_report):
            continue
        assert event.contact is not None
        number = counts[event.contact.id] = counts.get(event.contact.id, 0) + 1
        held = event.contact.conversation.current()
        content, by = event.content, event.initiator
        before = content["context"]["assignee"]
        reported_of = (content["conversationId"], content["customerId"])
        if not in_api:
            reported_of = emitted.contact_moments[event.id]
        yield {
            "contact_id": event.contact.id,
            "sequence_number": number,
            "event_id": event.id if in_api else None,
            "source_extract": "both"
            if in_api and in_report
            else "events"
            if in_api
            else "contact_timestamps",
            "event_type": event.type.replace("/", "_").lower(),
            "occurred_at": naive_utc(event.at),
            "conversation_id": held.id,
            "reported_conversation_id": reported_of[0],
            "customer_id": held.customer.current().id,
            "reported_customer_id": reported_of[1],
            "channel": event.contact.channel.lower(),
            "initiator_type": by.type.lower() if by else None,
            "initiator_agent_id": by.id if by and by.type == "AGENT" else None,
            "assigned_inbox_id": before.get("inboxId"),
            "assigned_agent_id": before.get("agentId"),
            **_particulars(event, state, emitted, in_api=in_api),
        }


def _particulars(event: Event, state: State, emitted: Emitted, *, in_api: bool) -> Row:
    """Return what only the Events API reports; all None when only the report did."""
    content: dict[str, Any] = event.content if in_api else {}
    target = content.get("assignee", {})
    reason = content.get("reason")
    message = content.get("messageId")
    return {
        "offered_agent_id": content.get("agentId"),
        "target_inbox_id": target.get("inboxId"),
        "target_agent_id": target.get("agentId"),
        "reported_message_id": message,
        "message_id": _message_now(message, state, emitted),
        "transfer_type": _lower(content.get("transferType")),
        "reason": _lower(reason).replace(" ", "_") if reason else None,
        "fulfilled_type": _lower(content.get("fulfilledType")),
        "end_status": _lower(content.get("status")),
        "due_at": naive_utc(moment(content["dueAt"])) if "dueAt" in content else None,
    }


def _lower(text: str | None) -> Any:
    return text.lower() if text else None


def _message_now(reported_id: str | None, state: State, emitted: Emitted) -> str | None:
    """Return the id a message goes by, if a job delivered it as the event names it."""
    if reported_id is None or reported_id not in emitted.items:
        return None
    item = state.items[reported_id]
    if item.content["type"] not in MESSAGE_CHANNELS:
        return None
    return next(an_id for an_id in reversed(item.ids) if an_id in emitted.items)


def link_method(item: Item, emitted: Emitted) -> str | None:
    """Return how the landing links the contact of a message: event, voice_id or None.

    An id that no job delivered leads from no event to the message.
    """
    shown = [an_id for an_id in item.ids if an_id in emitted.items]
    if any(an_id in emitted.linked_items for an_id in shown):
        return "event"
    is_call = item.content["type"] in ("PHONE_CALL", "VOICEMAIL")
    if item.contact is not None and is_call and item.contact.id in shown:
        return "voice_id" if item.contact.id in emitted.contacts else None
    return None
