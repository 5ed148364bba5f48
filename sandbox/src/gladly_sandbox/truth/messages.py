"""The truth about messages."""

from __future__ import annotations

from collections.abc import Iterator

from gladly_sandbox.clock import naive_utc
from gladly_sandbox.state import MESSAGE_CHANNELS
from gladly_sandbox.truth.contact_events import link_method
from gladly_sandbox.truth.tables import Row
from gladly_sandbox.truth.view import View


def messages(view: View) -> Iterator[Row]:
    """Message items; no link method means that the contact can only be inferred."""
    for shown_id, item in view.items:
        channel = MESSAGE_CHANNELS.get(item.content["type"])
        if channel is None:
            continue
        held = item.conversation.current() if item.conversation else None
        sender = item.sender
        text = item.content.get("content", item.content.get("body"))
        is_redacted = shown_id in view.emitted.redacted_items
        answering = item.responder
        row = {
            "message_id": shown_id,
            "conversation_id": held.id if held else None,
            "customer_id": item.customer.current().id,
            "contact_id": item.contact.id if item.contact else None,
            "contact_link_method": link_method(item, view.emitted),
            "channel": channel.lower(),
            "content_type": item.content["type"].lower(),
            "sender_type": sender.lower() if sender else None,
            "agent_id": item.initiator.id
            if item.initiator and sender == "AGENT"
            else None,
            "sent_at": naive_utc(item.at),
            "reported_conversation_id": view.emitted.item_owners[shown_id][0],
            "reported_customer_id": view.emitted.item_owners[shown_id][1],
            "answered_by_agent_id": answering.id
            if answering and answering.type == "AGENT"
            else None,
            "is_redacted": is_redacted,
            "is_from_agent": sender == "AGENT",
            "is_from_customer": sender == "CUSTOMER",
            "is_automated": sender in ("API", "AUTOMATION", "SYSTEM"),
        }
        if item.initiator is None and sender is not None:
            # Whose it is follows from what it is, but no extract says so.
            del row["sender_type"]
        if is_redacted or not item.is_redacted:
            row["content_length"] = None if text is None else len(text)
        yield row
