"""The world as far as a landing showed it."""

from __future__ import annotations

from datetime import datetime

from gladly_sandbox.clock import between, naive_utc
from gladly_sandbox.extracts import Emitted
from gladly_sandbox.office_hours import business_ms, main_schedule
from gladly_sandbox.state import State
from gladly_sandbox.things import Contact, Conversation, Customer, Item, Work
from gladly_sandbox.truth.returns import Returns
from gladly_sandbox.truth.tables import Row


class View:
    """The world as far as the landing showed it."""

    def __init__(self, state: State, emitted: Emitted) -> None:
        """Find what the landing showed of the world."""
        self.state = state
        self.emitted = emitted
        self.seen_conversations = [
            held
            for held in state.conversations.values()
            if held.id in emitted.conversations
        ]
        canonical = {
            held.current().id: held.current() for held in self.seen_conversations
        }
        self.canonical = list(canonical.values())
        self.items: list[tuple[str, Item]] = []
        for item in state.items.values():
            shown = [an_id for an_id in item.ids if an_id in emitted.items]
            if shown:
                self.items.append((shown[-1], item))
        self.items_of: dict[str, list[tuple[str, Item]]] = {}
        for shown_id, item in self.items:
            if item.conversation is not None:
                owner = item.conversation.current().id
                self.items_of.setdefault(owner, []).append((shown_id, item))
        self.contacts_of: dict[str, list[Contact]] = {}
        for contact in state.contacts.values():
            if contact.id in emitted.contacts:
                owner = contact.conversation.current().id
                self.contacts_of.setdefault(owner, []).append(contact)
        self.returns = Returns(
            contact for those in self.contacts_of.values() for contact in those
        )

    def business_gap(
        self, start: datetime | None, end: datetime | None
    ) -> float | None:
        """Return the seconds from start to end within the main opening hours."""
        schedule = main_schedule(self.state.business_hours.values())
        found = business_ms(schedule, start, end)
        return None if found is None else found / 1000

    def works(self, contact: Contact) -> list[Work]:
        """Return the work on a contact that Work Sessions showed."""
        return [
            work
            for work in contact.works.values()
            if (contact.id, work.agent_id) in self.emitted.work_sessions
        ]


def status(thing: Customer | Conversation) -> str:
    """Return ``deleted`` or ``current``."""
    if thing.deleted_at is not None:
        return "deleted"
    return "current"


def seen_between(*seen: tuple[datetime, datetime]) -> Row:
    """Return when an extract first and last mentioned what was seen."""
    return {
        "first_seen_at": naive_utc(min(first for first, _ in seen)),
        "last_seen_at": naive_utc(max(last for _, last in seen)),
    }


def gap(start: datetime | None, end: datetime | None) -> float | None:
    """Return the seconds from start to end, if both are known."""
    return None if start is None or end is None else between(start, end) / 1000
