"""Which ids the files of a landing show, and in which captures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

Key = TypeVar("Key")
#: Key -> (first capture that shows it, last one); in order of first showing.
Seen = dict[Key, tuple[datetime, datetime]]


@dataclass
class Emitted:
    """Ids seen by a reader of the landing so far.

    ``items`` holds item ids delivered by export jobs; ``linked_items`` those whose
    CONTACT/MESSAGE_* event the Events API delivered, ``redacted_items`` those that a
    job delivered emptied. ``events`` holds event ids the Events API delivered;
    ``contact_moments`` those that Contact Timestamps told, with the conversation and
    customer its latest capture named. ``statuses`` holds ids that a
    REST conversation capture answered 200.
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
    statuses: Seen[str] = field(default_factory=dict)
    inboxes: Seen[str] = field(default_factory=dict)
    agents: Seen[str] = field(default_factory=dict)
    topics: Seen[str] = field(default_factory=dict)
    answers: Seen[str] = field(default_factory=dict)

    def note(self, seen: Seen[Key], key: Key | None) -> None:
        """Write down that the capture at hand shows ``key``; None is ignored."""
        if key is None or key == "":
            return
        known = seen.get(key)
        seen[key] = (self.at if known is None else known[0], self.at)
