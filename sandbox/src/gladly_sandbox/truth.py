"""What a correct build must find, worked out from the world and never from files.

Tables and columns are named like the marts. Times are naive UTC text to the
millisecond, durations seconds, enums lower snake case. Only ids that some extract of
the landing showed are in it: what nobody saw, nobody can know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gladly_sandbox import truth_answers, truth_days, truth_topics
from gladly_sandbox.clock import between, naive_utc
from gladly_sandbox.extracts import Emitted, Written
from gladly_sandbox.extracts.conversation_reports import (
    channel_sequence,
    is_fcr_eligible,
    is_fcr_success,
)
from gladly_sandbox.extracts.desk import to_json
from gladly_sandbox.state import MESSAGE_CHANNELS, State
from gladly_sandbox.things import AI, Contact, Conversation, Customer, Item, Work
from gladly_sandbox.truth_agents import agent_days, deeds
from gladly_sandbox.truth_agents import status_intervals as agent_status_intervals
from gladly_sandbox.truth_contact_events import contact_events, link_method
from gladly_sandbox.truth_customers import Returns, customer_topics
from gladly_sandbox.truth_history import (
    assignments,
    count_assignments,
    status_intervals,
)
from gladly_sandbox.truth_inboxes import inbox_versions

Row = dict[str, Any]

#: Table -> the columns that identify a row.
KEYS: dict[str, tuple[str, ...]] = {
    "bridge_customer_ids": ("reported_customer_id",),
    "bridge_conversation_ids": ("reported_conversation_id",),
    "bridge_conversation_item_ids": ("reported_item_id",),
    "dim_customers": ("customer_id",),
    "fct_customer_topics": ("customer_id", "topic_id"),
    "fct_conversations": ("conversation_id",),
    "fct_contacts": ("contact_id",),
    "fct_work_sessions": ("contact_id", "agent_id"),
    "fct_messages": ("message_id",),
    "fct_contact_events": ("contact_id", "sequence_number"),
    "fct_conversation_status_intervals": ("reported_conversation_id", "valid_from"),
    "fct_conversation_assignments": ("reported_conversation_id", "sequence_number"),
    "fct_conversation_topics": ("conversation_id", "topic_id", "interval_number"),
    "dim_inboxes": ("inbox_id",),
    "dim_inbox_versions": ("inbox_id", "valid_from"),
    "fct_inbox_daily": ("inbox_id", "activity_date"),
    "dim_agents": ("agent_id",),
    "fct_agent_status_intervals": ("agent_id", "valid_from"),
    "fct_agent_daily": ("agent_id", "activity_date"),
    "dim_topics": ("topic_id",),
    "dim_topic_versions": ("topic_id", "valid_from"),
    "fct_topic_daily": ("topic_id", "activity_date"),
    "bridge_topic_ancestors": ("topic_id", "ancestor_topic_id"),
    "dim_answers": ("answer_id",),
    "dim_answer_contents": ("answer_id", "language", "content_type"),
    "fct_answer_usage_daily": ("answer_id", "usage_date"),
}


@dataclass
class Truth:
    """Expected tables; ``as_of`` is the last capture time, naive UTC text.

    Stories correct it where evidence was withheld on purpose, so that the right
    answer is less than what happened.
    """

    as_of: str
    tables: dict[str, list[Row]] = field(
        default_factory=lambda: {name: [] for name in KEYS}
    )

    def row(self, table: str, *key: Any) -> Row:
        """Return the row with a key.

        Raises:
            KeyError: when there is none.
        """
        for row in self.tables[table]:
            if tuple(row[name] for name in KEYS[table]) == key:
                return row
        raise KeyError(f"{table} has no row {key!r}")

    def set(self, table: str, *key: Any, **columns: Any) -> None:
        """Overwrite columns of the row with a key.

        Raises:
            KeyError: when there is no such row.
        """
        self.row(table, *key).update(columns)

    def drop(self, table: str, *key: Any) -> None:
        """Remove the row with a key.

        Raises:
            KeyError: when there is no such row.
        """
        self.tables[table].remove(self.row(table, *key))

    def add(self, table: str, row: Row) -> None:
        """Add a row.

        Raises:
            KeyError: when a key column is missing.
        """
        missing = [name for name in KEYS[table] if name not in row]
        if missing:
            raise KeyError(f"{table} row lacks {', '.join(missing)}")
        self.tables[table].append(row)

    def write(self, folder: str | Path) -> None:
        """Write ``<table>.jsonl`` for every table, sorted by key."""
        root = Path(folder)
        root.mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables.items():
            keys = KEYS[name]
            ordered = sorted(rows, key=lambda row: [str(row[key]) for key in keys])
            lines = "".join(f"{to_json(row)}\n" for row in ordered)
            (root / f"{name}.jsonl").write_bytes(lines.encode())


def compute_truth(written: Written, timezone: str = "UTC") -> Truth:
    """Return the truth about a landing, as of its last capture.

    Args:
        written: the landing.
        timezone: IANA zone whose midnights divide the days of daily facts.
    """
    view = _View(written.state, written.emitted)
    stays = list(
        truth_topics.conversation_topics(view.seen_conversations, written.emitted)
    )
    tables: dict[str, Iterable[Row]] = {
        "bridge_customer_ids": view.customer_ids(),
        "bridge_conversation_ids": view.conversation_ids(),
        "bridge_conversation_item_ids": view.item_ids(),
        "dim_customers": view.customers(),
        "fct_customer_topics": customer_topics(stays, view.conversations()),
        "fct_conversations": view.conversations(),
        "fct_contacts": view.contact_rows(),
        "fct_work_sessions": view.work_sessions(),
        "fct_messages": view.messages(),
        "fct_conversation_status_intervals": status_intervals(
            view.seen_conversations, written.emitted
        ),
        "fct_conversation_assignments": assignments(
            view.seen_conversations, written.emitted
        ),
        "fct_contact_events": contact_events(written.state, written.emitted),
        "dim_inboxes": view.inboxes(),
        "dim_inbox_versions": inbox_versions(written.state, written.emitted),
        "dim_agents": view.agents(),
        "fct_agent_status_intervals": agent_status_intervals(
            written.state.agent_moments
        ),
        "fct_agent_daily": agent_days(
            written.state.agent_moments,
            [
                (contact, work)
                for contact in written.state.contacts.values()
                for work in view.works(contact)
            ],
            deeds(
                (item for _, item in view.items),
                view.seen_conversations,
                written.emitted,
            ),
            written.as_of,
            timezone,
        ),
        "fct_conversation_topics": stays,
        "dim_topics": truth_topics.topics(written.emitted, stays),
        "dim_answers": truth_answers.answers(written.state, written.emitted),
        "dim_answer_contents": truth_answers.contents(written.emitted),
        "fct_answer_usage_daily": truth_answers.usage(written.emitted),
        "dim_topic_versions": truth_topics.versions(written.emitted),
        "bridge_topic_ancestors": truth_topics.ancestors(written.emitted),
    }
    truth = Truth(str(naive_utc(written.as_of)))
    for name, rows in tables.items():
        truth.tables[name] = list(rows)
    add_days(truth, timezone)
    return truth


def add_days(truth: Truth, timezone: str = "UTC") -> None:
    """Work out the days of inboxes and topics anew from the other tables.

    Args:
        truth: the tables; those of days are replaced.
        timezone: IANA zone whose midnights divide the days.
    """
    for name, rows in (
        ("fct_inbox_daily", truth_days.inbox_days),
        ("fct_topic_daily", truth_days.topic_days),
    ):
        truth.tables[name] = list(rows(truth.tables, truth.as_of, timezone))


def _status(thing: Customer | Conversation) -> str:
    if thing.deleted_at is not None:
        return "deleted"
    return "current"


def _seen(*seen: tuple[datetime, datetime]) -> Row:
    """Return when an extract first and last mentioned what was seen."""
    return {
        "first_seen_at": naive_utc(min(first for first, _ in seen)),
        "last_seen_at": naive_utc(max(last for _, last in seen)),
    }


def _gap(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else between(start, end) / 1000


class _View:
    """The world as far as the landing showed it."""

    def __init__(self, state: State, emitted: Emitted) -> None:
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

    def works(self, contact: Contact) -> list[Work]:
        return [
            work
            for work in contact.works.values()
            if (contact.id, work.agent_id) in self.emitted.work_sessions
        ]

    # Identity --------------------------------------------------------------

    def customer_ids(self) -> Iterator[Row]:
        for an_id, seen in self.emitted.customers.items():
            found = self.state.customers.get(an_id)
            if found is None:
                yield {
                    **_seen(seen),
                    "reported_customer_id": an_id,
                    "customer_id": an_id,
                    "resolution_status": "unresolved",
                    "customer_status": "unresolved",
                    "hop_count": 0,
                    "merged_at": None,
                }
                continue
            hops, here = 0, found
            while here.merged_into is not None:
                hops, here = hops + 1, here.merged_into
            yield {
                **_seen(seen),
                "reported_customer_id": an_id,
                "customer_id": here.id,
                "resolution_status": "merged" if hops else _status(found),
                "customer_status": _status(here),
                "hop_count": hops,
                "merged_at": naive_utc(found.merged_at),
            }

    def conversation_ids(self) -> Iterator[Row]:
        for an_id, seen in self.emitted.conversations.items():
            found = self.state.conversations.get(an_id)
            if found is None:
                yield {
                    **_seen(seen),
                    "reported_conversation_id": an_id,
                    "conversation_id": an_id,
                    "resolution_status": "unresolved",
                    "conversation_status": "unresolved",
                    "hop_count": 0,
                    "merged_at": None,
                }
                continue
            hops, here = 0, found
            while here.absorbed_into is not None:
                hops, here = hops + 1, here.absorbed_into
            yield {
                **_seen(seen),
                "reported_conversation_id": an_id,
                "conversation_id": here.id,
                "resolution_status": "merged" if hops else _status(found),
                "conversation_status": _status(here),
                "hop_count": hops,
                "merged_at": naive_utc(found.absorbed_at),
            }

    def item_ids(self) -> Iterator[Row]:
        for shown_id, item in self.items:
            for an_id in item.ids:
                if an_id in self.emitted.items:
                    is_latest = an_id == shown_id
                    yield {
                        "reported_item_id": an_id,
                        "message_id": shown_id,
                        "resolution_status": "current" if is_latest else "reissued",
                    }

    # Facts -----------------------------------------------------------------

    def customers(self) -> Iterator[Row]:
        families: dict[str, list[str]] = {}
        for an_id in self.emitted.customers:
            found = self.state.customers.get(an_id)
            owner = an_id if found is None else found.current().id
            families.setdefault(owner, []).append(an_id)
        owned: dict[str, list[Conversation]] = {}
        for held in self.canonical:
            owned.setdefault(held.customer.current().id, []).append(held)
        for owner, members in families.items():
            found = self.state.customers.get(owner)
            is_deleted = found is not None and found.deleted_at is not None
            held_by = owned.get(owner, [])
            contacts = [
                contact
                for held in held_by
                for contact in self.contacts_of.get(held.id, [])
            ]
            open_count = sum(
                held.deleted_at is None and held.status != "CLOSED" for held in held_by
            )
            row: Row = {
                **_seen(*(self.emitted.customers[an_id] for an_id in members)),
                "customer_id": owner,
                "customer_status": "unresolved" if found is None else _status(found),
                "absorbed_profile_count": len(members) - (owner in members),
                "conversation_count": len(held_by),
                "open_conversation_count": open_count,
                "has_open_conversation": open_count > 0,
                "contact_count": len(contacts),
                "repeat_contact_count": sum(map(self.returns.is_repeat, contacts)),
                "last_contact_at": naive_utc(
                    max((contact.queued_at for contact in contacts), default=None)
                ),
                "is_deleted": is_deleted,
                "email_count": None,
                "mobile_count": None,
            }
            if not is_deleted and owner in self.emitted.addresses:
                emails, mobiles = self.emitted.addresses[owner]
                row.update(email_count=emails, mobile_count=mobiles)
            # Who deleted a conversation may have been told of its creation before.
            if all(held.deleted_at is None for held in held_by):
                begun = [held.created_at for held in held_by]
                row.update(
                    first_conversation_at=naive_utc(min(begun, default=None)),
                    last_conversation_at=naive_utc(max(begun, default=None)),
                )
            yield row

    def conversations(self) -> Iterator[Row]:
        for held in self.canonical:
            yield self._conversation(held)

    def _conversation(self, held: Conversation) -> Row:
        """One row; of a deleted conversation only what frozen extracts keep."""
        contacts = self.contacts_of.get(held.id, [])
        works = [work for contact in contacts for work in self.works(contact)]
        is_deleted = held.deleted_at is not None
        items = [item for _, item in self.items_of.get(held.id, [])]
        row: Row = {
            "conversation_id": held.id,
            "customer_id": held.customer.current().id,
            "conversation_status": "deleted" if is_deleted else held.status.lower(),
            "is_deleted": is_deleted,
            "is_open": not is_deleted and held.status != "CLOSED",
            "contact_count": len(contacts),
            "inbound_contact_count": sum(c.direction == "INBOUND" for c in contacts),
            "outbound_contact_count": sum(c.direction == "OUTBOUND" for c in contacts),
            "work_session_count": len(works),
            "agent_count": len({work.agent_id for work in works}),
            "handle_seconds": sum(work.handle_ms for work in works) / 1000,
            "after_contact_seconds": sum(w.after_contact_ms for w in works) / 1000,
            "unknown_seconds": sum(work.unknown_ms for work in works) / 1000,
            "is_self_served": not contacts,
            "absorbed_conversation_count": sum(
                member.id in self.emitted.conversations for member in held.family()[1:]
            ),
        }
        if is_deleted:
            return row
        first: datetime | None = held.closes[0]["at"] if held.closes else None
        last: datetime | None = held.closes[-1]["at"] if held.closes else None
        channels = channel_sequence(held)
        messages = [i for i in items if i.content["type"] in MESSAGE_CHANNELS]
        senders = [item.initiator.type for item in messages if item.initiator]
        asked = [
            i.at for i in messages if i.initiator and i.initiator.type == "CUSTOMER"
        ]
        since = min(asked) if asked else None
        replied = [
            item.at
            for item in messages
            if since is not None
            and item.at >= since
            and item.initiator is not None
            and item.initiator.type == "AGENT"
        ]
        topics = held.current_topics()
        row.update(
            created_at=naive_utc(held.created_at),
            first_closed_at=naive_utc(first),
            last_closed_at=naive_utc(last),
            close_count=len(held.closes),
            reopen_count=held.reopen_count,
            created_to_first_closed_seconds=_gap(held.created_at, first),
            created_to_last_closed_seconds=_gap(held.created_at, last),
            created_inbox_id=held.assignments[0].inbox_id,
            current_inbox_id=held.inbox_id,
            current_agent_id=held.agent_id,
            last_closed_inbox_id=held.closes[-1]["inbox"] if held.closes else None,
            last_closed_agent_id=held.closes[-1]["agent"] if held.closes else None,
            last_closed_by_type=held.closes[-1]["by"].type.lower()
            if held.closes
            else None,
            **count_assignments(held, self.emitted),
            is_fcr_eligible=is_fcr_eligible(held),
            is_fcr_success=is_fcr_success(held),
            first_channel=channels[0].lower() if channels else None,
            last_channel=channels[-1].lower() if channels else None,
            channels=",".join(sorted({c.lower() for c in channels})) or None,
            channel_count=len(set(channels)),
            is_multichannel=len(set(channels)) > 1,
            message_count=len(messages),
            customer_message_count=senders.count("CUSTOMER"),
            agent_message_count=senders.count("AGENT"),
            automated_message_count=sum(
                sender in ("API", "AUTOMATION", "SYSTEM") for sender in senders
            ),
            note_count=sum(i.content["type"] == "CONVERSATION_NOTE" for i in items),
            topic_count=len(topics),
            is_untagged=not topics,
            first_customer_message_at=naive_utc(since),
            first_agent_reply_at=naive_utc(min(replied) if replied else None),
            first_reply_seconds=_gap(since, min(replied) if replied else None),
        )
        return row

    def contact_rows(self) -> Iterator[Row]:
        for contact in self.state.contacts.values():
            if contact.id not in self.emitted.contacts:
                continue
            held = contact.conversation.current()
            works = self.works(contact)
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
                "queued_to_accepted_seconds": _gap(queued, contact.accepted_at),
                "queued_to_fulfilled_seconds": _gap(queued, contact.fulfilled_at),
                "queued_to_ended_seconds": _gap(queued, ended),
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
                **self.returns.columns(contact),
                "is_in_contact_export": contact.id in self.emitted.contact_export,
                "is_in_work_sessions": contact.id in self.emitted.work_session_contacts,
            }

    def work_sessions(self) -> Iterator[Row]:
        for contact in self.state.contacts.values():
            held = contact.conversation.current()
            for work in self.works(contact):
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

    def messages(self) -> Iterator[Row]:
        """Message items; no link method means that the contact can only be inferred."""
        for shown_id, item in self.items:
            channel = MESSAGE_CHANNELS.get(item.content["type"])
            if channel is None:
                continue
            held = item.conversation.current() if item.conversation else None
            sender = item.initiator.type if item.initiator else None
            text = item.content.get("content", item.content.get("body"))
            is_redacted = shown_id in self.emitted.redacted_items
            answering = item.responder
            row = {
                "message_id": shown_id,
                "conversation_id": held.id if held else None,
                "customer_id": item.customer.current().id,
                "contact_id": item.contact.id if item.contact else None,
                "contact_link_method": link_method(item, self.emitted),
                "channel": channel.lower(),
                "content_type": item.content["type"].lower(),
                "sender_type": sender.lower() if sender else None,
                "agent_id": item.initiator.id
                if item.initiator and sender == "AGENT"
                else None,
                "sent_at": naive_utc(item.at),
                "reported_conversation_id": self.emitted.item_owners[shown_id][0],
                "reported_customer_id": self.emitted.item_owners[shown_id][1],
                "answered_by_agent_id": answering.id
                if answering and answering.type == "AGENT"
                else None,
                "is_redacted": is_redacted,
                "is_from_agent": sender == "AGENT",
                "is_from_customer": sender == "CUSTOMER",
                "is_automated": sender in ("API", "AUTOMATION", "SYSTEM"),
            }
            if is_redacted or not item.is_redacted:
                row["content_length"] = None if text is None else len(text)
            yield row

    # Dimensions ------------------------------------------------------------

    def inboxes(self) -> Iterator[Row]:
        for an_id in self.emitted.inboxes:
            inbox = self.state.inboxes.get(an_id)
            yield {
                "inbox_id": an_id,
                "inbox_name": inbox.name if inbox else None,
                "is_disabled": inbox.disabled if inbox else False,
                "is_known": inbox is not None,
            }

    def agents(self) -> Iterator[Row]:
        for an_id in self.emitted.agents:
            agent = self.state.agents.get(an_id)
            yield {
                "agent_id": an_id,
                "agent_name": agent.name if agent else None,
                "is_known": agent is not None,
                "is_system": an_id == AI.id,
                "team_names": ", ".join(
                    sorted(
                        team.name
                        for team in self.state.teams.values()
                        if an_id in team.agent_ids
                    )
                )
                or None,
            }
