"""Contacts, from the queue to the end and after."""

from __future__ import annotations

from datetime import datetime, timedelta

from gladly_sandbox.clock import between, rfc3339
from gladly_sandbox.state.events import Events, assignee
from gladly_sandbox.things import (
    RULE,
    SYSTEM,
    Actor,
    Contact,
    Json,
    Part,
    Work,
)


class Contacts(Events):
    """What can happen to contacts."""

    def start_contact(self, at: datetime, conversation_id: str, made: Contact) -> None:
        """Queue an inbound contact or start an outbound one (rule R29)."""
        if made.id in self.contacts:
            raise ValueError(f"contact {made.id!r} exists")
        held = self._living(conversation_id)
        made.conversation = held
        if made.inbox_id is None:
            made.inbox_id = held.inbox_id
        made.queued_inbox_id = made.inbox_id
        self.contacts[made.id] = made
        held.contacts.append(made)
        extra: Json = {}
        if made.due_at is not None:
            extra["dueAt"] = rfc3339(made.due_at)
        if made.entry_point is not None:
            extra["entryPoint"] = made.entry_point
        if made.ivr_selection is not None:
            extra["finalIVRSelection"] = made.ivr_selection
        self._contact_event(at, "STARTED", made.initiator, made, extra)

    def offer(self, at: datetime, contact_id: str, agent_id: str) -> None:
        """Route a contact to an agent."""
        contact = self._contact(contact_id)
        self._find("agent", self.agents, agent_id)
        contact.times_offered += 1
        contact.offered_at = contact.offered_at or at
        part = contact.parts.setdefault(agent_id, Part())
        part.routed_at = part.routed_at or at
        self._contact_event(
            at, "OFFERED", SYSTEM, contact, {"agentId": agent_id, "matchReasons": []}
        )

    def accept(self, at: datetime, contact_id: str, agent_id: str) -> None:
        """Let an agent take a contact; offering it first is up to the caller."""
        contact = self._contact(contact_id)
        self._find("agent", self.agents, agent_id)
        contact.times_accepted += 1
        contact.accepted_at = contact.accepted_at or at
        part = contact.parts.setdefault(agent_id, Part())
        part.accepted_at = part.accepted_at or at
        part.accepted_inbox_id = part.accepted_inbox_id or contact.inbox_id
        self._contact_event(
            at,
            "OFFER_ACCEPTED",
            Actor("AGENT", agent_id),
            contact,
            {"agentId": agent_id},
        )
        contact.agent_id = agent_id

    def reject(self, at: datetime, contact_id: str, agent_id: str, reason: str) -> None:
        """Let an agent decline or miss an offer."""
        contact = self._contact(contact_id)
        if reason == "DECLINED":
            contact.times_declined += 1
        elif reason == "MISSED":
            contact.times_missed += 1
        self._contact_event(
            at,
            "OFFER_REJECTED",
            Actor("AGENT", agent_id),
            contact,
            {"agentId": agent_id, "reason": reason},
        )

    def join(self, at: datetime, contact_id: str, agent_id: str) -> None:
        """Let another agent join a contact."""
        self._contact_event(
            at, "JOINED", Actor("AGENT", agent_id), self._contact(contact_id)
        )

    def hold(
        self, at: datetime, contact_id: str, length: timedelta, reason: str
    ) -> None:
        """Start a hold; ``end_hold`` is played when it is over."""
        contact = self._contact(contact_id)
        by = Actor("AGENT", contact.agent_id) if contact.agent_id else SYSTEM
        self._contact_event(at, "HOLD_STARTED", by, contact, {"reason": reason})
        contact.holds.append((reason, between(at, at + length)))

    def end_hold(self, at: datetime, contact_id: str, reason: str) -> None:
        """End a hold."""
        contact = self._contact(contact_id, ended=True)
        by = Actor("AGENT", contact.agent_id) if contact.agent_id else SYSTEM
        self._contact_event(at, "HOLD_ENDED", by, contact, {"reason": reason})

    def transfer(
        self,
        at: datetime,
        contact_id: str,
        inbox_id: str,
        agent_id: str | None,
        kind: str,
        reason: str,
        sla_ms: int | None,
        by: Actor | None,
    ) -> None:
        """Move a contact; a new target moves its due time (from the queue time)."""
        contact = self._contact(contact_id)
        if by is None:
            by = Actor("AGENT", contact.agent_id) if contact.agent_id else RULE
        self._contact_event(
            at,
            "TRANSFERRED",
            by,
            contact,
            {
                "transferType": kind,
                "reason": reason,
                "assignee": assignee(inbox_id, agent_id),
            },
        )
        contact.times_transferred += 1
        contact.inbox_id = inbox_id
        contact.agent_id = agent_id
        if sla_ms is not None:
            contact.sla_ms = sla_ms
            contact.due_at = contact.queued_at + timedelta(milliseconds=sla_ms)

    def fulfil(
        self,
        at: datetime,
        contact_id: str,
        fulfilled_type: str,
        by_contact: str | None,
        by: Actor | None,
    ) -> None:
        """Stop the clock of a contact, perhaps by what another contact did."""
        contact = self._contact(contact_id)
        contact.fulfilled_at = at
        contact.fulfilled_type = fulfilled_type
        contact.fulfilled_by = by_contact or contact.id
        if by is None:
            by = Actor("AGENT", contact.agent_id) if contact.agent_id else SYSTEM
        self._contact_event(
            at, "FULFILLED", by, contact, {"fulfilledType": fulfilled_type}
        )

    def end_contact(
        self, at: datetime, contact_id: str, status: str, reason: str, by: Actor | None
    ) -> None:
        """End a contact; from here its ids in frozen extracts stand still."""
        contact = self._contact(contact_id)
        contact.frozen_customer_id = contact.reported_customer_id()
        contact.frozen_conversation_id = contact.reported_conversation_id()
        if by is None:
            by = Actor("AGENT", contact.agent_id) if contact.agent_id else SYSTEM
        self._contact_event(
            at, "ENDED", by, contact, {"status": status, "reason": reason}
        )
        contact.ended_at = at
        contact.end_status = status
        contact.end_reason = reason

    def talk(self, contact_id: str, answered_at: datetime | None, ms: int) -> None:
        """Set the talk time of a call and when an outbound one was answered."""
        contact = self._contact(contact_id, ended=True)
        contact.talk_ms += ms
        contact.answered_at = answered_at

    def work(
        self,
        contact_id: str,
        agent_id: str,
        work_session_id: str,
        handle_ms: int,
        after_contact_ms: int,
        unknown_ms: int,
    ) -> None:
        """Add seconds of an agent on a contact, before or after its end."""
        contact = self._contact(contact_id, ended=True)
        self._find("agent", self.agents, agent_id)
        found = contact.works.get(agent_id)
        if found is None:
            found = contact.works[agent_id] = Work(work_session_id, agent_id)
        found.handle_ms += handle_ms
        found.after_contact_ms += after_contact_ms
        found.unknown_ms += unknown_ms
