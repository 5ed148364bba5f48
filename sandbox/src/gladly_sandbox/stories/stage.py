"""The stage of the scenario book: one tenant, and moves that many stories make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from gladly_sandbox.clock import When, moment
from gladly_sandbox.extracts import Capture
from gladly_sandbox.stories.company import FOUNDED, SEED, Company, found_company
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import Actor, Phone, by_agent, by_customer
from gladly_sandbox.truth import Truth

#: What a story calls its ids, for tests and corrections.
Cast = dict[str, str]


def later(at: When, minutes: float = 0, *, seconds: float = 0) -> datetime:
    """Return the moment some minutes and seconds after ``at``."""
    return moment(at) + timedelta(minutes=minutes, seconds=seconds)


@dataclass(frozen=True)
class Contacted:
    """A handled contact: its id and the ids of question and answer."""

    id: str
    question: str
    answer: str
    ended_at: datetime


class Stage:
    """Everything a story can touch.

    Attributes:
        tenant: the one company of the book.
        company: its shared inboxes, agents and topics.
        watched: days (``2025-02-11``) with an events pull and an export job.
        captures: captures that a story needs besides the regular ones.
        corrections: changes to the truth where evidence is hidden.
        spoils: damage to the files once they are written.
    """

    def __init__(self) -> None:
        """Found the company."""
        self.tenant = Tenant(SEED, FOUNDED)
        self.company: Company = found_company(self.tenant)
        self.watched: set[str] = set()
        self.captures: list[Capture] = []
        self.corrections: list[Callable[[Truth], None]] = []
        self.spoils: list[Callable[[Path], None]] = []

    def watch(self, *days: str) -> None:
        """Pull events and an export job for the 24 hours from 02:00 UTC of days."""
        self.watched.update(days)

    def person(
        self,
        at: When,
        name: str,
        *,
        emails: list[str] | None = None,
        phones: list[Phone | str] | None = None,
        customer_id: str | None = None,
    ) -> str:
        """Create a customer whose address is made from the name; returns the id."""
        address = f"{name.lower().replace(' ', '.').replace('..', '.')}@example.com"
        return self.tenant.add_customer(
            at,
            name,
            emails=[address] if emails is None else emails,
            phones=phones or [],
            customer_id=customer_id,
        )

    def handled(
        self,
        at: When,
        conversation: str,
        customer: str,
        agent: str,
        *,
        channel: str = "CHAT",
        inbox: str | None = None,
        sla_seconds: float | None = 600,
        handle_seconds: float = 240,
        after_contact_seconds: float = 0,
        question: str = "Where is my order?",
        answer: str = "It is on its way.",
        minutes: float = 8,
        contact_id: str | None = None,
    ) -> Contacted:
        """Play a contact that one agent answers after two minutes and then ends."""
        tenant = self.tenant
        contact = tenant.start_contact(
            at,
            conversation,
            channel,
            sla_seconds=sla_seconds,
            contact_id=contact_id,
            entry_point=ENTRY_POINTS.get(channel),
        )
        ended = later(at, minutes)
        heard = self._ask(at, conversation, customer, agent, channel, contact, question)
        tenant.offer(later(at, 1), contact, agent)
        tenant.accept(later(at, 1, seconds=4.25), contact, agent)
        tenant.assign(
            later(at, 1, seconds=4.25),
            conversation,
            inbox=inbox or self.company.support,
            agent=agent,
            reason="CONTACT_OFFERED",
        )
        said = self._answer(later(at, 2), conversation, agent, channel, contact, answer)
        tenant.fulfil(later(at, 2), contact)
        tenant.work(
            ended,
            contact,
            agent,
            handle_seconds,
            after_contact_seconds=after_contact_seconds,
        )
        tenant.end_contact(ended, contact)
        return Contacted(contact, heard, said, ended)

    def _ask(
        self,
        at: When,
        conversation: str,
        customer: str,
        agent: str,
        channel: str,
        contact: str,
        text: str,
    ) -> str:
        if channel == "PHONE_CALL":
            return self.tenant.phone_call(
                at,
                conversation,
                contact=contact,
                by=by_customer(customer),
                responder=by_agent(agent),
                talk_seconds=180,
                ring_seconds=64,
            )
        if channel == "VOICEMAIL":
            return self.tenant.voicemail(
                at, conversation, contact=contact, by=by_customer(customer)
            )
        return self.tenant.message(
            at,
            conversation,
            text,
            by=by_customer(customer),
            channel=channel,
            contact=contact,
            subject="A question" if channel == "EMAIL" else None,
        )

    def _answer(
        self,
        at: When,
        conversation: str,
        agent: str,
        channel: str,
        contact: str,
        text: str,
    ) -> str:
        if channel in ("PHONE_CALL", "VOICEMAIL"):
            return contact
        return self.tenant.message(
            at,
            conversation,
            text,
            by=by_agent(agent),
            channel=channel,
            contact=contact,
            subject="Re: A question" if channel == "EMAIL" else None,
        )

    def settled(
        self,
        at: When,
        customer: str,
        agent: str,
        *,
        channel: str = "CHAT",
        topic: str | None = None,
        inbox: str | None = None,
        conversation_id: str | None = None,
        question: str = "Where is my order?",
        by: Actor | None = None,
    ) -> str:
        """Play a whole conversation: one contact, a topic, closed after 12 minutes."""
        where = inbox or self.company.support
        conversation = self.tenant.open_conversation(
            at, customer, inbox=where, conversation_id=conversation_id
        )
        self.handled(
            at,
            conversation,
            customer,
            agent,
            channel=channel,
            inbox=where,
            question=question,
        )
        self.tenant.change_topics(
            later(at, 9),
            conversation,
            add=[topic or self.company.late],
            by=by_agent(agent),
        )
        self.tenant.close(later(at, 12), conversation, by=by or by_agent(agent))
        return conversation


#: Where each channel comes in.
ENTRY_POINTS = {
    "CHAT": "chat-larkspur",
    "EMAIL": "help@larkspur.example.com",
    "PHONE_CALL": "+12025550100",
    "SMS": "+12025550100",
    "VOICEMAIL": "+12025550100",
}
