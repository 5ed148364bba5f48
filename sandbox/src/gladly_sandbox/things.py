"""The things a tenant holds: customers, conversations, contacts and the rest.

References between things are object references that are never rewritten. Who owns
what now is found by following ``merged_into`` and ``absorbed_into``, so the past
(ids as they were) and the present (ids as they are) are both at hand.
Durations are whole milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]

#: Actor types of conversation items and events (reports say APPLICATION for API).
ACTOR_TYPES = (
    "AGENT",
    "API",
    "AUTOMATION",
    "CUSTOMER",
    "EXTERNAL",
    "INTERNAL",
    "SYSTEM",
)


@dataclass(frozen=True)
class Actor:
    """Who did something: a type from ``ACTOR_TYPES`` and the id, if it has one."""

    type: str
    id: str | None = None

    def json(self) -> Json:
        """Return the actor as Gladly nests it under ``initiator``."""
        return (
            {"type": self.type}
            if self.id is None
            else {
                "id": self.id,
                "type": self.type,
            }
        )


def by_agent(agent_id: str) -> Actor:
    """Return the actor for an agent."""
    return Actor("AGENT", agent_id)


def by_customer(customer_id: str) -> Actor:
    """Return the actor for a customer."""
    return Actor("CUSTOMER", customer_id)


#: A rule.
RULE = Actor("AUTOMATION", "rule-9f1c2d")
#: A program calling the API.
API = Actor("API", "api-user-01")
#: Gladly's AI.
AI = Actor("SYSTEM", "SIDEKICK_V2")
#: Gladly itself.
SYSTEM = Actor("SYSTEM")


@dataclass
class Phone:
    """A phone number: E.164 and HOME, MOBILE, OFFICE, or empty for unknown."""

    number: str
    type: str = "MOBILE"


@dataclass
class Customer:
    """A customer profile; ``merged_into`` is set once it was absorbed."""

    id: str
    created_at: datetime
    updated_at: datetime
    name: str | None = None
    address: str | None = None
    emails: list[str] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    external_ids: dict[str, str] = field(default_factory=dict)
    custom_attributes: dict[str, str] = field(default_factory=dict)
    merged_into: Customer | None = None
    merged_at: datetime | None = None
    deleted_at: datetime | None = None

    def current(self) -> Customer:
        """Follow merges to the profile that stands for this one now."""
        here = self
        while here.merged_into is not None:
            here = here.merged_into
        return here


@dataclass
class Assignment:
    """Inbox and agent of a conversation from ``at`` on; either may be None."""

    at: datetime
    inbox_id: str | None
    agent_id: str | None
    reason: str | None
    by: Actor


@dataclass
class TopicSpan:
    """One stay of a topic on a conversation; ``removed_at`` None while there."""

    topic_id: str
    added_at: datetime
    by: Actor
    removed_at: datetime | None = None


@dataclass
class StatusChange:
    """OPEN or CLOSED from ``at`` on; WAITING leaves no trace in Gladly's events."""

    at: datetime
    status: str
    by: Actor


@dataclass
class Conversation:
    """A conversation; ``absorbed_into`` is set by an open-open merge (rule R11)."""

    id: str
    customer: Customer
    created_at: datetime
    created_by: Actor
    inbox_id: str | None
    agent_id: str | None
    status: str = "OPEN"
    statuses: list[StatusChange] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    topics: list[TopicSpan] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    closes: list[Json] = field(default_factory=list)
    reopen_count: int = 0
    note_count: int = 0
    topics_added: int = 0
    topics_removed: int = 0
    rule_unassign_count: int = 0
    absorbed: list[Conversation] = field(default_factory=list)
    absorbed_into: Conversation | None = None
    absorbed_at: datetime | None = None
    deleted_at: datetime | None = None

    def current(self) -> Conversation:
        """Follow open-open merges to the conversation that holds this one now."""
        here = self
        while here.absorbed_into is not None:
            here = here.absorbed_into
        return here

    def family(self) -> list[Conversation]:
        """Return this conversation and all it absorbed, directly or not."""
        members = [self]
        for member in members:
            members.extend(member.absorbed)
        return members

    def current_topics(self) -> list[str]:
        """Return the ids of the topics on it now, in the order they were added."""
        return [span.topic_id for span in self.topics if span.removed_at is None]


@dataclass
class Work:
    """What one agent did on one contact, in milliseconds (rule R31)."""

    id: str
    agent_id: str
    handle_ms: int = 0
    after_contact_ms: int = 0
    unknown_ms: int = 0


@dataclass
class Part:
    """When an agent was offered and accepted a contact, and where it was then."""

    routed_at: datetime | None = None
    accepted_at: datetime | None = None
    accepted_inbox_id: str | None = None


@dataclass
class Contact:
    """A contact session. ``frozen_*`` ids are set at its end and never change."""

    id: str
    conversation: Conversation
    channel: str
    direction: str
    initiator: Actor
    queued_at: datetime
    queued_inbox_id: str | None
    inbox_id: str | None
    blank_work_session_id: str
    agent_id: str | None = None
    entry_point: str | None = None
    ivr_selection: str | None = None
    sla_ms: int | None = None
    due_at: datetime | None = None
    offered_at: datetime | None = None
    accepted_at: datetime | None = None
    answered_at: datetime | None = None
    fulfilled_at: datetime | None = None
    fulfilled_type: str | None = None
    fulfilled_by: str | None = None
    ended_at: datetime | None = None
    end_status: str | None = None
    end_reason: str | None = None
    talk_ms: int = 0
    holds: list[tuple[str, int]] = field(default_factory=list)
    times_offered: int = 0
    times_accepted: int = 0
    times_missed: int = 0
    times_declined: int = 0
    times_transferred: int = 0
    parts: dict[str, Part] = field(default_factory=dict)
    works: dict[str, Work] = field(default_factory=dict)
    messages: list[Item] = field(default_factory=list)
    frozen_customer_id: str | None = None
    frozen_conversation_id: str | None = None

    def reported_customer_id(self) -> str:
        """Return the id frozen extracts print: as at the end, else as of now."""
        return self.frozen_customer_id or self.conversation.customer.current().id

    def reported_conversation_id(self) -> str:
        """Return the id frozen extracts print: as at the end, else as of now."""
        return self.frozen_conversation_id or self.conversation.current().id

    def within_sla(self) -> bool | None:
        """Return whether it was fulfilled in time; None without target or answer."""
        if self.due_at is None or self.fulfilled_at is None:
            return None
        return self.fulfilled_at <= self.due_at


@dataclass
class Item:
    """A conversation item; ``ids`` lists every id it had, the newest last.

    ``is_to_others``: a mail that does not go to the customer.
    """

    ids: list[str]
    at: datetime
    customer: Customer
    conversation: Conversation | None
    initiator: Actor | None
    content: Json
    responder: Actor | None = None
    contact: Contact | None = None
    in_export: bool = True
    is_redacted: bool = False
    is_to_others: bool = False

    @property
    def sender(self) -> str | None:
        """The type of who sent it; a voicemail that names no sender is a customer's."""
        if self.initiator is None:
            return "CUSTOMER" if self.content["type"] == "VOICEMAIL" else None
        return self.initiator.type

    @property
    def id(self) -> str:
        """The id it has now."""
        return self.ids[-1]


@dataclass
class Event:
    """Something recorded. ``content`` is what the Events API says, ids as then."""

    id: str
    type: str
    at: datetime
    initiator: Actor | None
    content: Json
    customer: Customer | None = None
    conversation: Conversation | None = None
    contact: Contact | None = None
    in_events: bool = True
    in_timestamps: bool = True


@dataclass
class Inbox:
    """An inbox; the id never changes, name and status do (rules R21, R22)."""

    id: str
    name: str
    disabled: bool = False


@dataclass
class Agent:
    """An agent; ``deactivated`` leaves no mark in any extract."""

    id: str
    name: str
    email: str
    deactivated: bool = False


@dataclass
class Team:
    """A team and the ids of its agents."""

    id: str
    name: str
    agent_ids: list[str]
    description: str | None = None


@dataclass
class Topic:
    """A topic; ``deleted`` takes it off every list but not off conversations."""

    id: str
    name: str
    parent_id: str | None = None
    disabled: bool = False
    deleted: bool = False


@dataclass
class Answer:
    """An answer; ``contents`` is keyed by (language, type) (rule R28)."""

    id: str
    name: str
    created_at: datetime
    updated_at: datetime
    description: str | None = None
    audience_ids: list[str] = field(default_factory=list)
    contents: dict[tuple[str, str], Json] = field(default_factory=dict)
    deleted_at: datetime | None = None


@dataclass
class AnswerUse:
    """Clicks on an answer by an agent at a moment."""

    at: datetime
    answer_id: str
    clicks: int
    agent_id: str | None


@dataclass
class AgentMoment:
    """A row of Agent Timestamps: recorded ``at``, actual ``occurred_at``."""

    at: datetime
    occurred_at: datetime
    agent_id: str
    type: str
    available_for: tuple[str, ...] | None = None
    away_reason: str | None = None
    active_reason: str | None = None


@dataclass
class Task:
    """A task of a customer."""

    id: str
    customer: Customer
    at: datetime
    by: Actor
    inbox_id: str
    agent_id: str | None
    body: str
    due_at: datetime
    status: str = "OPEN"
