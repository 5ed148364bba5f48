"""The things of a company, by id, and how they are found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from gladly_sandbox.things import (
    Agent,
    AgentMoment,
    Answer,
    AnswerUse,
    Contact,
    Conversation,
    Customer,
    Event,
    Inbox,
    Item,
    Json,
    Task,
    Team,
    Topic,
)

Thing = TypeVar("Thing")


class World:
    """All things of a tenant as of the last happening played.

    The dictionaries are keyed by the id a thing was created with, in the order of
    creation, and keep things that were merged or deleted.
    """

    def __init__(self, seed: int) -> None:
        """Return an empty world whose own ids derive from ``seed``."""
        self.seed = seed
        self.customers: dict[str, Customer] = {}
        self.conversations: dict[str, Conversation] = {}
        self.contacts: dict[str, Contact] = {}
        self.items: dict[str, Item] = {}
        self.inboxes: dict[str, Inbox] = {}
        self.agents: dict[str, Agent] = {}
        self.teams: dict[str, Team] = {}
        self.topics: dict[str, Topic] = {}
        self.answers: dict[str, Answer] = {}
        self.tasks: dict[str, Task] = {}
        self.business_hours: dict[str, Json] = {}
        self.organization: Json = {}
        self.events: list[Event] = []
        self.answer_uses: list[AnswerUse] = []
        self.agent_moments: list[AgentMoment] = []
        self._open: dict[str, Conversation] = {}
        self._uncounted_events = 0

    def _find(self, kind: str, table: dict[str, Thing], key: str) -> Thing:
        found = table.get(key)
        if found is None:
            raise ValueError(f"no {kind} {key!r}")
        return found

    def customer(self, customer_id: str) -> Customer:
        """Return the profile that stands for an id now, deleted ones included."""
        return self._find("customer", self.customers, customer_id).current()

    def conversation(self, conversation_id: str) -> Conversation:
        """Return the conversation that holds an id now, deleted ones included."""
        return self._find("conversation", self.conversations, conversation_id).current()

    def _living(self, conversation_id: str) -> Conversation:
        found = self.conversation(conversation_id)
        if found.deleted_at is not None:
            raise ValueError(f"conversation {conversation_id!r} was deleted")
        return found

    def _contact(self, contact_id: str, *, ended: bool = False) -> Contact:
        found = self._find("contact", self.contacts, contact_id)
        if found.ended_at is not None and not ended:
            raise ValueError(f"contact {contact_id!r} has ended")
        return found

    def open_conversation_of(self, customer_id: str) -> Conversation | None:
        """Return the one conversation a customer has open now, if any."""
        return self._open.get(self.customer(customer_id).id)

    def living_customers(self) -> Iterable[Customer]:
        """Yield profiles that are neither absorbed nor deleted."""
        for customer in self.customers.values():
            if customer.merged_into is None and customer.deleted_at is None:
                yield customer
