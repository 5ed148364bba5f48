"""Which ids the files of a landing show, and in which captures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, TypeVar

from gladly_sandbox.things import Actor

Key = TypeVar("Key")
#: Key -> (first capture that shows it, last one); in order of first showing.
Seen = dict[Key, tuple[datetime, datetime]]


class ListedTopic(NamedTuple):
    """A topic as one list shows it."""

    name: str
    parent_id: str | None
    disabled: bool


#: What stands for an inbox or agent of which a file has no column; None is none.
NOT_SHOWN = "not shown"


class ConversationShown(NamedTuple):
    """What one capture shows of a conversation.

    ``status`` is OPEN or CLOSED; moments are as precise as the capture prints them.
    ``created`` and ``last_closed`` say whether it names whose the conversation was
    then. What an extract has no column for is None, inbox and agent NOT_SHOWN.
    """

    at: datetime
    extract: str
    status: str
    inbox_id: str | None
    agent_id: str | None
    first_closed_at: datetime | None
    last_closed_at: datetime | None
    close_count: int | None
    created: bool
    last_closed: bool


class ContactShown(NamedTuple):
    """What one capture shows of a contact; work in milliseconds over all agents."""

    at: datetime
    extract: str
    is_open: bool
    handle_ms: int
    after_contact_ms: int
    unknown_ms: int


@dataclass
class Emitted:
    """Ids seen by a reader of the landing so far.

    ``items`` holds item ids delivered by export jobs; ``linked_items`` those whose
    CONTACT/MESSAGE_* event the Events API delivered, ``redacted_items`` those that a
    job delivered emptied. ``events`` holds event ids the Events API delivered;
    ``contact_moments`` those of Contact Timestamps, with the conversation and customer
    its latest capture named. ``statuses`` holds ids that a
    REST conversation capture answered 200. ``histories`` holds conversations of whose
    history something is reported, an event or a snapshot; ``gone_customers`` and
    ``gone_conversations`` ids answered with 404; ``reported_deleted`` customers whose
    deletion an event reported; ``inbox_lists`` each list of inboxes delivered, in time
    order: name and disabled flag by id. ``topic_lists`` has the capture time and the
    topics of every list of them; ``gone_answers`` those whose fetch answered 404;
    ``answer_contents`` the latest text by answer, language and type; ``answer_clicks``
    the latest count by answer and day. ``addresses`` has how many e-mail addresses and
    mobile numbers the latest profile of a customer showed, ``item_owners`` the
    conversation and customer of an item in the latest job. ``conversation_moments``
    has when Conversation Timestamps says that an event was, by event id;
    ``conversations_shown`` and ``contacts_shown`` every capture's row, in time order.
    """

    at: datetime
    customers: Seen[str] = field(default_factory=dict)
    conversations: Seen[str] = field(default_factory=dict)
    contacts: Seen[str] = field(default_factory=dict)
    contact_export: Seen[str] = field(default_factory=dict)
    work_session_contacts: Seen[str] = field(default_factory=dict)
    work_sessions: Seen[tuple[str, str]] = field(default_factory=dict)
    items: Seen[str] = field(default_factory=dict)
    linked_items: Seen[str] = field(default_factory=dict)
    redacted_items: Seen[str] = field(default_factory=dict)
    events: Seen[str] = field(default_factory=dict)
    contact_moments: dict[str, tuple[str, str]] = field(default_factory=dict)
    conversation_moments: dict[str, datetime] = field(default_factory=dict)
    conversations_shown: dict[str, list[ConversationShown]] = field(
        default_factory=dict
    )
    contacts_shown: dict[str, list[ContactShown]] = field(default_factory=dict)
    statuses: Seen[str] = field(default_factory=dict)
    histories: Seen[str] = field(default_factory=dict)
    gone_customers: Seen[str] = field(default_factory=dict)
    gone_conversations: Seen[str] = field(default_factory=dict)
    reported_deleted: Seen[str] = field(default_factory=dict)
    inboxes: Seen[str] = field(default_factory=dict)
    inbox_lists: list[tuple[datetime, dict[str, tuple[str, bool]]]] = field(
        default_factory=list
    )
    agents: Seen[str] = field(default_factory=dict)
    topics: Seen[str] = field(default_factory=dict)
    answers: Seen[str] = field(default_factory=dict)
    gone_answers: Seen[str] = field(default_factory=dict)
    answer_contents: dict[tuple[str, str, str], str] = field(default_factory=dict)
    answer_clicks: dict[tuple[str, str], int] = field(default_factory=dict)
    addresses: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    item_owners: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    topic_lists: list[tuple[datetime, dict[str, ListedTopic]]] = field(
        default_factory=list
    )

    def note(self, seen: Seen[Key], key: Key | None) -> None:
        """Write down that the capture at hand shows ``key``; None is ignored."""
        if key is None or key == "":
            return
        known = seen.get(key)
        first, last = known or (self.at, self.at)
        seen[key] = (min(first, self.at), max(last, self.at))

    def note_actor(self, by: Actor | None) -> None:
        """Write down who the capture at hand shows behind something."""
        if by is not None and by.type in ("AGENT", "SYSTEM"):
            self.note(self.agents, by.id)
        elif by is not None and by.type == "CUSTOMER":
            self.note(self.customers, by.id)
