"""Conversation Export and Conversation Timestamps: computed when generated (R33).

Rows show the customer who owns the conversation now. Deleted conversations are gone.
Literals that no public source gives are our choice: flags ``Yes``/``No``, topics
joined by ``; ``, ``Merged Conversations`` a count, and conversation handle time the
sum of handle and after-contact time over the conversation's contacts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gladly_sandbox.clock import between, decimal
from gladly_sandbox.extracts.desk import Desk, report_actor
from gladly_sandbox.extracts.plan import Window, bounds
from gladly_sandbox.state import MESSAGE_CHANNELS
from gladly_sandbox.things import Actor, Contact, Conversation

_EVENT_TYPES = {
    "CONVERSATION/CREATED": "CONVERSATION/CREATED",
    "CONVERSATION/CLOSED": "CONVERSATION/CLOSED",
    "CONVERSATION/REOPENED": "CONVERSATION/REOPENED",
    "CONVERSATION/TOPIC_ADDED": "CONVERSATION/TOPIC_ADDED",
    "CONVERSATION/TOPIC_REMOVED": "CONVERSATION/TOPIC_REMOVED",
    "CONVERSATION/NOTE_CREATED": "NOTE/CREATED",
    "CONVERSATION_ASSIGNEE/UPDATED": "CONVERSATION_ASSIGNEE/UPDATED",
    "CUSTOMER/MERGED": "CUSTOMER/MERGED",
}


def write_conversation_export(desk: Desk, window: Window) -> None:
    """Write reports/ConversationExportReport: one row per conversation, by creation.

    Status is OPEN (waiting included), CLOSED or MERGED. Contacts of an absorbed
    conversation count for the one that absorbed it.
    """
    start, end = bounds(window, desk.capture.timezone)
    desk.write_report(
        "ConversationExportReport",
        "conversation_export",
        (
            _conversation_row(desk, held)
            for held in desk.state.conversations.values()
            if start <= held.created_at < end
            and held.deleted_at is None
            and held.current().deleted_at is None
            and not desk.hides("conversation_export", held.id)
        ),
    )


def channel_sequence(held: Conversation) -> list[str]:
    """Return the channels of a conversation's family by time, repeats kept."""
    seen: list[tuple[datetime, str]] = []
    for member in held.family():
        seen += [(contact.queued_at, contact.channel) for contact in member.contacts]
        seen += [
            (item.at, MESSAGE_CHANNELS[item.content["type"]])
            for item in member.items
            if item.content["type"] in MESSAGE_CHANNELS
        ]
    return [channel for _, channel in sorted(seen)]


def is_fcr_eligible(held: Conversation) -> bool:
    """Say whether a conversation counts for first contact resolution.

    Gladly's rule is not public; here it is one that was closed after a contact.
    """
    is_merged = held.absorbed_into is not None
    return held.status == "CLOSED" and not is_merged and bool(_contacts_of(held))


def is_fcr_success(held: Conversation) -> bool:
    """Say whether a conversation was resolved at first contact."""
    return (
        is_fcr_eligible(held)
        and held.reopen_count == 0
        and len(_contacts_of(held)) == 1
    )


def _contacts_of(held: Conversation) -> list[Contact]:
    found = [c for member in held.family() for c in member.contacts]
    return sorted(found, key=lambda contact: (contact.queued_at, contact.id))


def _actor_cells(desk: Desk, by: Actor | None) -> list[str]:
    if by is None:
        return ["", "", ""]
    agent = by.id if by.type == "AGENT" else None
    desk.emitted.note(desk.emitted.agents, agent)
    kind = "System" if by.type == "AUTOMATION" else report_actor(by.type).title()
    return [kind, agent or "", desk.agent_name(agent)]


def _conversation_row(desk: Desk, held: Conversation) -> list[str]:
    note, stamp = desk.emitted.note, desk.stamp
    owner = held.customer.current()
    note(desk.emitted.conversations, held.id)
    note(desk.emitted.histories, held.id)
    note(desk.emitted.customers, owner.id)
    desk.show_conversation("conversation_export", held)
    first = held.assignments[0]
    last_close = held.closes[-1] if held.closes else None
    for inbox in (held.inbox_id, first.inbox_id):
        note(desk.emitted.inboxes, inbox)
    for agent in (held.agent_id, first.agent_id):
        note(desk.emitted.agents, agent)
    is_merged = held.absorbed_into is not None
    contacts = [] if is_merged else _contacts_of(held)
    channels = [] if is_merged else channel_sequence(held)
    distinct = list(dict.fromkeys(channels))
    topics = [t for t in held.current_topics() if t in desk.state.topics]
    handle = sum(
        work.handle_ms + work.after_contact_ms
        for contact in contacts
        for work in contact.works.values()
    )
    status = "CLOSED" if held.status == "CLOSED" else "OPEN"
    status = "MERGED" if is_merged else status
    agents = {a.agent_id for a in held.assignments if a.agent_id}
    inboxes = {a.inbox_id for a in held.assignments if a.inbox_id}
    if last_close is None:
        closing = [""] * 8
    else:
        by: Actor = last_close["by"]
        closing = [
            *_actor_cells(desk, by),
            (by.id or "") if by.type == "AUTOMATION" else "",
            last_close["inbox"] or "",
            desk.inbox_name(last_close["inbox"]),
            last_close["agent"] or "",
            desk.agent_name(last_close["agent"]),
        ]
        note(desk.emitted.agents, last_close["agent"])
        note(desk.emitted.inboxes, last_close["inbox"])
    first_close: datetime | None = held.closes[0]["at"] if held.closes else None
    final_close: datetime | None = held.closes[-1]["at"] if held.closes else None
    absorbed = len(held.family()) - 1
    return [
        desk.zone_name(),
        "All Inboxes",
        stamp(held.created_at),
        held.id,
        owner.id,
        f"{desk.state.organization['gladlyUrl']}/conversations/{held.id}",
        status,
        held.agent_id or "",
        desk.agent_name(held.agent_id),
        held.inbox_id or "",
        desk.inbox_name(held.inbox_id),
        stamp(first_close),
        stamp(final_close),
        *_actor_cells(desk, held.created_by),
        first.inbox_id or "",
        desk.inbox_name(first.inbox_id),
        first.agent_id or "",
        desk.agent_name(first.agent_id),
        *closing,
        "; ".join(desk.state.topics[t].name for t in topics),
        "; ".join(desk.topic_path(t) for t in topics),
        contacts[0].id if contacts else "",
        *[*distinct, "", "", ""][:3],
        channels[-1] if channels else "",
        decimal(between(held.created_at, first_close)) if first_close else "",
        decimal(between(held.created_at, final_close)) if final_close else "",
        decimal(handle),
        "Yes" if is_fcr_eligible(held) else "No",
        "Yes" if is_fcr_success(held) else "No",
        str(absorbed),
        str(len(contacts)),
        str(len(distinct)),
        str(held.note_count),
        str(len(agents)),
        str(len(inboxes)),
        str(held.rule_unassign_count),
        str(len(held.closes)),
        str(held.reopen_count),
        str(held.topics_added),
        str(held.topics_removed),
        *("0", "0", "0", "0"),
    ]


def write_conversation_timestamps(desk: Desk, window: Window) -> None:
    """Write reports/ConversationTimestampsReport: one row per event, no event id.

    A row keeps the conversation id it was recorded on, also when that conversation
    was absorbed since; its customer is the owner now. Merge rows keep all four ids.
    """
    start, end = bounds(window, desk.capture.timezone)
    desk.write_report(
        "ConversationTimestampsReport",
        "conversation_timestamps",
        _events(desk, start, end),
    )


def _events(desk: Desk, start: datetime, end: datetime) -> Iterator[list[str]]:
    note = desk.emitted.note
    for event in desk.state.events:
        type_ = _EVENT_TYPES.get(event.type)
        if type_ is None or not event.in_timestamps or not start <= event.at < end:
            continue
        held, customer = event.conversation, event.customer
        if customer is None or customer.current().deleted_at:
            continue
        if held is not None and (held.deleted_at or held.current().deleted_at):
            continue
        if desk.hides_event("conversation_timestamps", event):
            continue
        content = event.content
        is_merge = event.type == "CUSTOMER/MERGED"
        owner = content["destinationCustomerId"] if is_merge else customer.current().id
        conversation = held.id if held is not None else ""
        before = content.get("context", {}).get("assignee", {})
        after = content.get("assignee", {})
        merged = content.get("sourceCustomerId") or ""
        absorbed = content.get("sourceConversationId") or ""
        topic = content.get("topicId") or ""
        by = event.initiator
        note(desk.emitted.customers, owner)
        note(desk.emitted.customers, merged)
        note(desk.emitted.conversations, conversation)
        desk.emitted.conversation_moments[event.id] = desk.shown(event.at)
        if not is_merge:
            note(desk.emitted.histories, conversation)
        note(desk.emitted.conversations, absorbed)
        note(desk.emitted.topics, topic)
        for side in (before, after):
            note(desk.emitted.inboxes, side.get("inboxId"))
            note(desk.emitted.agents, side.get("agentId"))
        desk.emitted.note_actor(by)
        found = desk.state.topics.get(topic)
        yield [
            desk.zone_name(),
            desk.stamp(event.at),
            type_,
            conversation,
            owner,
            report_actor(by.type) if by else "",
            (by.id or "") if by else "",
            desk.agent_name(by.id) if by and by.type == "AGENT" else "",
            *_assignee_cells(desk, before),
            topic,
            found.name if found else "",
            *_assignee_cells(desk, after),
            content.get("reason", "") if type_.startswith("CONVERSATION_AS") else "",
            merged,
            absorbed,
        ]


def _assignee_cells(desk: Desk, side: dict[str, str]) -> list[str]:
    inbox, agent = side.get("inboxId"), side.get("agentId")
    return [inbox or "", desk.inbox_name(inbox), agent or "", desk.agent_name(agent)]
