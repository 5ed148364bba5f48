"""Events: what is recorded whenever something happens."""

from __future__ import annotations

from datetime import datetime

from gladly_sandbox.ids import slug
from gladly_sandbox.state.world import World
from gladly_sandbox.things import (
    Actor,
    Contact,
    Conversation,
    Customer,
    Event,
    Json,
)


def assignee(inbox_id: str | None, agent_id: str | None) -> Json:
    """Return an assignee object; an agent that is not set is left out."""
    found: Json = {}
    if inbox_id is not None:
        found["inboxId"] = inbox_id
    if agent_id is not None:
        found["agentId"] = agent_id
    return found


class Events(World):
    """A world that records what happens in it."""

    def record(
        self,
        at: datetime,
        type_: str,
        initiator: Actor | None,
        content: Json,
        *,
        customer: Customer | None = None,
        conversation: Conversation | None = None,
        contact: Contact | None = None,
        in_events: bool = True,
        in_timestamps: bool = True,
        event_id: str | None = None,
    ) -> None:
        """Add an event to the log, with the ids as they are now."""
        self.events.append(
            Event(
                event_id
                or slug(self.seed, "event", len(self.events) - self._uncounted_events),
                type_,
                at,
                initiator,
                content,
                customer,
                conversation,
                contact,
                in_events,
                in_timestamps,
            )
        )

    def _conversation_event(
        self,
        at: datetime,
        type_: str,
        by: Actor,
        held: Conversation,
        extra: Json | None = None,
        before: Json | None = None,
    ) -> None:
        content: Json = {
            "customerId": held.customer.current().id,
            "conversationId": held.id,
            "context": {
                "assignee": before
                if before is not None
                else assignee(held.inbox_id, held.agent_id)
            },
        }
        content.update(extra or {})
        self.record(
            at,
            type_,
            by,
            content,
            customer=held.customer,
            conversation=held,
        )

    def _contact_event(
        self,
        at: datetime,
        type_: str,
        by: Actor | None,
        contact: Contact,
        extra: Json | None = None,
    ) -> None:
        held = contact.conversation.current()
        content: Json = {
            "channel": contact.channel,
            "contactId": contact.id,
            "conversationId": held.id,
            "customerId": held.customer.current().id,
            "context": {"assignee": assignee(contact.inbox_id, contact.agent_id)},
        }
        content.update(extra or {})
        self.record(
            at,
            f"CONTACT/{type_}",
            by,
            content,
            customer=held.customer,
            conversation=contact.conversation,
            contact=contact,
        )
