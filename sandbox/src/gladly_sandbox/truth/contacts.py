"""The truth about contacts and the work on them."""

from __future__ import annotations

from collections.abc import Iterator

from gladly_sandbox.clock import naive_utc
from gladly_sandbox.truth.tables import Row
from gladly_sandbox.truth.view import View, gap


def contact_rows(view: View) -> Iterator[Row]:
    """Yield rows of ``fct_contacts``."""
    for contact in view.state.contacts.values():
        if contact.id not in view.emitted.contacts:
            continue
        held = contact.conversation.current()
        works = view.works(contact)
        is_open = contact.ended_at is None
        queued, ended = contact.queued_at, contact.ended_at
        yield {
            "contact_id": contact.id,
            "conversation_id": held.id,
            "reported_conversation_id": contact.reported_conversation_id(),
            "customer_id": held.customer.current().id,
            "reported_customer_id": contact.reported_customer_id(),
            "channel": contact.channel.lower(),
            "direction": contact.direction.lower(),
            "initiator_type": contact.initiator.type.lower(),
            "entry_point": contact.entry_point,
            "contact_status": (contact.end_status or "open").lower(),
            "queued_inbox_id": contact.queued_inbox_id,
            "ended_inbox_id": None if is_open else contact.inbox_id,
            "ended_agent_id": None if is_open else contact.agent_id,
            "queued_at": naive_utc(queued),
            "offered_at": naive_utc(contact.offered_at),
            "accepted_at": naive_utc(contact.accepted_at),
            "fulfilled_at": naive_utc(contact.fulfilled_at),
            "fulfilled_type": (contact.fulfilled_type or "").lower() or None,
            "due_at": naive_utc(contact.due_at),
            "ended_at": naive_utc(ended),
            "queued_to_accepted_seconds": gap(queued, contact.accepted_at),
            "queued_to_fulfilled_seconds": gap(queued, contact.fulfilled_at),
            "queued_to_fulfilled_business_seconds": view.business_gap(
                queued, contact.fulfilled_at
            ),
            "queued_to_ended_seconds": gap(queued, ended),
            "sla_target_seconds": None
            if contact.sla_ms is None
            else contact.sla_ms / 1000,
            "is_within_sla": contact.within_sla(),
            "work_session_count": len(works),
            "agent_count": len(works),
            "handle_seconds": sum(work.handle_ms for work in works) / 1000,
            "after_contact_seconds": sum(w.after_contact_ms for w in works) / 1000,
            "unknown_seconds": sum(work.unknown_ms for work in works) / 1000,
            "talk_seconds": contact.talk_ms / 1000,
            "hold_seconds": sum(length for _, length in contact.holds) / 1000,
            "message_count": len(contact.messages),
            "transfer_count": contact.times_transferred,
            "missed_count": contact.times_missed,
            "declined_count": contact.times_declined,
            "is_open": is_open,
            **view.returns.columns(contact),
            "is_in_contact_export": contact.id in view.emitted.contact_export,
            "is_in_work_sessions": contact.id in view.emitted.work_session_contacts,
        }


def work_sessions(view: View) -> Iterator[Row]:
    """Yield rows of ``fct_work_sessions``."""
    for contact in view.state.contacts.values():
        held = contact.conversation.current()
        for work in view.works(contact):
            part = contact.parts.get(work.agent_id)
            yield {
                "work_session_id": work.id,
                "contact_id": contact.id,
                "agent_id": work.agent_id,
                "conversation_id": held.id,
                "reported_conversation_id": contact.reported_conversation_id(),
                "customer_id": held.customer.current().id,
                "reported_customer_id": contact.reported_customer_id(),
                "inbox_id": contact.inbox_id,
                "accepted_inbox_id": part.accepted_inbox_id if part else None,
                "channel": contact.channel.lower(),
                "direction": contact.direction.lower(),
                "contact_created_at": naive_utc(contact.queued_at),
                "routed_at": naive_utc(part.routed_at) if part else None,
                "accepted_at": naive_utc(part.accepted_at) if part else None,
                "fulfilled_at": naive_utc(contact.fulfilled_at),
                "contact_ended_at": naive_utc(contact.ended_at),
                "handle_seconds": work.handle_ms / 1000,
                "after_contact_seconds": work.after_contact_ms / 1000,
                "unknown_seconds": work.unknown_ms / 1000,
                "is_within_sla": contact.within_sla(),
            }
