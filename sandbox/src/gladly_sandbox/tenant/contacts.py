"""Contacts: queued, offered, worked on, ended."""

from __future__ import annotations

from datetime import timedelta

from gladly_sandbox.clock import When, milliseconds, moment
from gladly_sandbox.state import State
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    Actor,
    Contact,
    Conversation,
    by_customer,
)


class Contacts(Log):
    """What happens to contacts."""

    def start_contact(
        self,
        at: When,
        conversation_id: str,
        channel: str = "CHAT",
        *,
        initiator: Actor | None = None,
        direction: str | None = None,
        entry_point: str | None = None,
        ivr_selection: str | None = None,
        inbox: str | None = None,
        agent: str | None = None,
        sla_seconds: float | None = None,
        contact_id: str | None = None,
        work_session_id: str | None = None,
    ) -> str:
        """Start a contact and return its id.

        Args:
            at: when it is queued (inbound) or initiated (outbound).
            conversation_id: where.
            channel: as reports name it (CHAT, EMAIL, SMS, PHONE_CALL, …).
            initiator: who started it; the conversation's customer by default.
            direction: INBOUND or OUTBOUND; by default from the initiator's type.
            entry_point: address or number it came in on.
            ivr_selection: last choice made in the phone menu.
            inbox: inbox id; the conversation's by default.
            agent: agent id at the start, for outbound contacts.
            sla_seconds: target; sets the due time.
            contact_id: an id to use.
            work_session_id: id of the row written when no agent handles it.
        """
        when = moment(at)
        made = contact_id or self.new_id()
        blank = work_session_id or self.new_id()

        def play(state: State) -> None:
            held: Conversation = state.conversation(conversation_id)
            actor = initiator or by_customer(held.customer.current().id)
            inbound = actor.type in ("CUSTOMER", "INTERNAL", "EXTERNAL")
            contact = Contact(
                made,
                held,
                channel,
                direction or ("INBOUND" if inbound else "OUTBOUND"),
                actor,
                when,
                None,
                inbox,
                blank,
                agent,
                entry_point,
                ivr_selection,
            )
            if sla_seconds is not None:
                contact.sla_ms = milliseconds(sla_seconds)
                contact.due_at = when + timedelta(seconds=sla_seconds)
            state.start_contact(when, conversation_id, contact)

        self._add(at, f"contact {made!r}", play)
        return made

    def offer(self, at: When, contact_id: str, agent_id: str) -> None:
        """Offer a contact to an agent."""
        when = moment(at)
        self._add(at, "offer", lambda state: state.offer(when, contact_id, agent_id))

    def accept(self, at: When, contact_id: str, agent_id: str) -> None:
        """Let an agent accept a contact; does not assign the conversation."""
        when = moment(at)
        self._add(at, "accept", lambda state: state.accept(when, contact_id, agent_id))

    def reject(
        self, at: When, contact_id: str, agent_id: str, reason: str = "DECLINED"
    ) -> None:
        """Let an agent refuse: DECLINED, MISSED or ``DEVICE ERROR``."""
        when = moment(at)
        self._add(
            at, "reject", lambda state: state.reject(when, contact_id, agent_id, reason)
        )

    def join(self, at: When, contact_id: str, agent_id: str) -> None:
        """Let another agent join a contact."""
        when = moment(at)
        self._add(at, "join", lambda state: state.join(when, contact_id, agent_id))

    def hold(
        self,
        at: When,
        contact_id: str,
        length_seconds: float,
        reason: str = "MANUAL",
    ) -> None:
        """Put a call on hold: MANUAL, WARM_TRANSFER, COLD_TRANSFER, CONFERENCE."""
        when = moment(at)
        length = timedelta(seconds=length_seconds)
        self._add(
            at, "hold", lambda state: state.hold(when, contact_id, length, reason)
        )
        self._add(
            when + length,
            "end hold",
            lambda state: state.end_hold(when + length, contact_id, reason),
        )

    def transfer(
        self,
        at: When,
        contact_id: str,
        inbox: str,
        *,
        agent: str | None = None,
        kind: str = "COLD",
        reason: str = "MANUAL",
        sla_seconds: float | None = None,
        by: Actor | None = None,
    ) -> None:
        """Move a contact to an inbox; ``sla_seconds`` sets a new target and due."""
        when = moment(at)
        ms = None if sla_seconds is None else milliseconds(sla_seconds)
        self._add(
            at,
            "transfer",
            lambda state: state.transfer(
                when, contact_id, inbox, agent, kind, reason, ms, by
            ),
        )

    def fulfil(
        self,
        at: When,
        contact_id: str,
        fulfilled_type: str = "RESPONDED",
        *,
        by_contact: str | None = None,
        by: Actor | None = None,
    ) -> None:
        """Fulfil a contact (RESPONDED or CANCELED), perhaps by another contact."""
        when = moment(at)
        self._add(
            at,
            "fulfil",
            lambda state: state.fulfil(
                when, contact_id, fulfilled_type, by_contact, by
            ),
        )

    def end_contact(
        self,
        at: When,
        contact_id: str,
        status: str = "ANSWERED",
        reason: str = "AGENT_ENDED",
        *,
        by: Actor | None = None,
    ) -> None:
        """End a contact; ids in Work Sessions and Contact Export freeze here."""
        when = moment(at)
        self._add(
            at,
            "end contact",
            lambda state: state.end_contact(when, contact_id, status, reason, by),
        )

    def work(
        self,
        at: When,
        contact_id: str,
        agent_id: str,
        handle_seconds: float = 0,
        *,
        after_contact_seconds: float = 0,
        unknown_seconds: float = 0,
        work_session_id: str | None = None,
    ) -> str:
        """Add to an agent's seconds on a contact; returns the id offered for it.

        Call it again at later moments for after-contact or unknown time that grows
        once the contact has ended: captures show the sum up to then. The first call
        for an agent decides the work session id. A contact on which no agent has work
        gets one Work Sessions row without agent (abandoned, lower half of a stack).
        """
        moment(at)
        made = work_session_id or self.new_id()
        amounts = (
            milliseconds(handle_seconds),
            milliseconds(after_contact_seconds),
            milliseconds(unknown_seconds),
        )
        self._add(
            at,
            "work",
            lambda state: state.work(contact_id, agent_id, made, *amounts),
        )
        return made
