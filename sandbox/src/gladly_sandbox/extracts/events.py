"""The Events API: events as they were when they happened, ids included."""

from __future__ import annotations

from gladly_sandbox.clock import rfc3339
from gladly_sandbox.extracts.desk import Desk
from gladly_sandbox.extracts.plan import Window, bounds
from gladly_sandbox.things import Event, Json


def event_json(event: Event) -> Json:
    """Return an event in the API's envelope."""
    made: Json = {
        "id": event.id,
        "type": event.type,
        "timestamp": rfc3339(event.at),
    }
    if event.initiator is not None:
        made["initiator"] = event.initiator.json()
    made["content"] = event.content
    return made


def write_events(desk: Desk, window: Window) -> None:
    """Write events/: everything recorded in the window, ascending by time."""
    start, end = bounds(window, desk.capture.timezone)
    lines = []
    for event in desk.state.events:
        if not event.in_events or not start <= event.at < end:
            continue
        if desk.hides_event("events", event):
            continue
        _note(desk, event)
        lines.append(event_json(event))
    lines += desk.extra("events")
    desk.write_lines(desk.path("events", suffix="jsonl"), lines)


def _note(desk: Desk, event: Event) -> None:
    emitted, content = desk.emitted, event.content
    note = emitted.note
    note(emitted.events, event.id)
    for key in ("customerId", "destinationCustomerId", "sourceCustomerId"):
        note(emitted.customers, content.get(key))
    for key in ("conversationId", "destinationConversationId", "sourceConversationId"):
        note(emitted.conversations, content.get(key))
    if event.type.startswith("CONVERSATION"):
        note(emitted.histories, content.get("conversationId"))
    if (
        event.type == "CUSTOMER_PROFILE/DELETED"
        or content.get("reason") == "CUSTOMER_DELETED"
    ):
        note(emitted.reported_deleted, content.get("customerId"))
    note(emitted.contacts, content.get("contactId"))
    note(emitted.topics, content.get("topicId"))
    note(emitted.linked_items, content.get("messageId"))
    note(emitted.agents, content.get("agentId"))
    before = content.get("context", {}).get("assignee", {})
    for side in (before, content.get("assignee", {})):
        note(emitted.inboxes, side.get("inboxId"))
        note(emitted.agents, side.get("agentId"))
    emitted.note_actor(event.initiator)
