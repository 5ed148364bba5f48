"""What a tenant looks like at a moment: the log of its happenings, played so far.

``State`` is changed only by the methods below, each of which is one thing that can
happen in Gladly. ``Tenant`` records calls to them; ``Tenant.state_at`` plays them in
time order. Ids given to a method may be old ones: an absorbed profile or
conversation is followed to the one that holds it now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from gladly_sandbox.clock import between, rfc3339
from gladly_sandbox.ids import slug
from gladly_sandbox.things import (
    RULE,
    SYSTEM,
    Actor,
    Agent,
    AgentMoment,
    Answer,
    AnswerUse,
    Assignment,
    Contact,
    Conversation,
    Customer,
    Event,
    Inbox,
    Item,
    Json,
    Part,
    Phone,
    StatusChange,
    Task,
    Team,
    Topic,
    TopicSpan,
    Work,
)

Thing = TypeVar("Thing")

#: Content types that are messages, each with the channel reports call it by.
MESSAGE_CHANNELS = {
    "CHAT_MESSAGE": "CHAT",
    "EMAIL": "EMAIL",
    "FACEBOOK_MESSAGE": "FB_MESSENGER",
    "INSTAGRAM_DIRECT": "INSTAGRAM_DIRECT",
    "PHONE_CALL": "PHONE_CALL",
    "SMS": "SMS",
    "TWITTER": "TWITTER",
    "VOICEMAIL": "VOICEMAIL",
    "VOICE_AI_MESSAGE": "PHONE_CALL",
    "WHATSAPP": "WHATSAPP",
}


def assignee(inbox_id: str | None, agent_id: str | None) -> Json:
    """Return an assignee object; an agent that is not set is left out."""
    found: Json = {}
    if inbox_id is not None:
        found["inboxId"] = inbox_id
    if agent_id is not None:
        found["agentId"] = agent_id
    return found


class State:
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

    # Finding ---------------------------------------------------------------

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

    # Events ----------------------------------------------------------------

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

    # Customers -------------------------------------------------------------

    def add_customer(self, at: datetime, made: Customer) -> None:
        """Create a profile."""
        if made.id in self.customers:
            raise ValueError(f"customer {made.id!r} exists")
        self.customers[made.id] = made
        self.record(
            at,
            "CUSTOMER_PROFILE/CREATED",
            SYSTEM,
            {"customerId": made.id},
            customer=made,
        )

    def update_customer(
        self,
        at: datetime,
        customer_id: str,
        name: str | None,
        emails: Sequence[str] | None,
        phones: Sequence[Phone] | None,
        custom_attributes: dict[str, str] | None,
    ) -> None:
        """Change parts of a profile; None leaves a part as it is."""
        found = self.customer(customer_id)
        found.updated_at = at
        if name is not None:
            found.name = name
        if emails is not None:
            found.emails = list(emails)
        if phones is not None:
            found.phones = list(phones)
        if custom_attributes is not None:
            found.custom_attributes = dict(custom_attributes)
        self.record(
            at,
            "CUSTOMER_PROFILE/UPDATED",
            SYSTEM,
            {"customerId": found.id},
            customer=found,
        )

    def merge_profiles(
        self,
        at: datetime,
        survivor_id: str,
        absorbed_id: str,
        by: Actor,
        reissue_items: bool,
        in_events: bool,
        in_timestamps: bool,
    ) -> None:
        """Absorb one profile into another (rules R04, R10 to R12, R15)."""
        survivor = self.customer(survivor_id)
        absorbed = self.customer(absorbed_id)
        if survivor is absorbed:
            raise ValueError(f"{absorbed_id!r} already belongs to {survivor_id!r}")
        for side in (survivor, absorbed):
            if side.deleted_at is not None:
                raise ValueError(f"customer {side.id!r} was deleted")
        kept = self._open.get(survivor.id)
        lost = self._open.pop(absorbed.id, None)
        content: Json = {
            "destinationCustomerId": survivor.id,
            "sourceCustomerId": absorbed.id,
        }
        moved = (
            [
                held
                for held in self.conversations.values()
                if held.customer.current() is absorbed
            ]
            if reissue_items
            else []
        )
        absorbed.merged_into = survivor
        absorbed.merged_at = at
        known = {email.lower() for email in survivor.emails}
        survivor.emails += [e for e in absorbed.emails if e.lower() not in known]
        numbers = {phone.number for phone in survivor.phones}
        survivor.phones += [p for p in absorbed.phones if p.number not in numbers]
        survivor.updated_at = at
        if kept is not None and lost is not None:
            content["destinationConversationId"] = kept.id
            content["sourceConversationId"] = lost.id
            lost.absorbed_into = kept
            lost.absorbed_at = at
            kept.absorbed.append(lost)
        elif lost is not None:
            self._open[survivor.id] = lost
        if reissue_items:
            for held in moved:
                for item in held.items:
                    if item.content["type"] != "PHONE_CALL":
                        item.ids.append(slug(self.seed, "again", item.id))
        self.record(
            at,
            "CUSTOMER/MERGED",
            by,
            content,
            customer=survivor,
            conversation=kept if lost is not None else None,
            in_events=in_events,
            in_timestamps=in_timestamps,
        )

    def delete_customer(self, at: datetime, customer_id: str, by: Actor) -> None:
        """Erase a profile and all its conversations (rule R32)."""
        found = self.customer(customer_id)
        if found.deleted_at is not None:
            raise ValueError(f"customer {customer_id!r} was deleted before")
        for held in self.conversations.values():
            if held.customer.current() is not found or held.deleted_at is not None:
                continue
            for contact in held.contacts:
                if contact.ended_at is None:
                    self.end_contact(at, contact.id, "UNKNOWN", "CUSTOMER_DELETED", by)
            held.deleted_at = at
        found.deleted_at = at
        self._open.pop(found.id, None)
        self.record(
            at,
            "CUSTOMER_PROFILE/DELETED",
            by,
            {"customerId": found.id},
            customer=found,
        )

    # Conversations ---------------------------------------------------------

    def open_conversation(
        self,
        at: datetime,
        conversation_id: str,
        customer_id: str,
        inbox_id: str | None,
        agent_id: str | None,
        by: Actor,
        second_open: bool,
    ) -> None:
        """Start a conversation (rules R07, R08)."""
        if conversation_id in self.conversations:
            raise ValueError(f"conversation {conversation_id!r} exists")
        owner = self.customer(customer_id)
        if owner.deleted_at is not None:
            raise ValueError(f"customer {customer_id!r} was deleted")
        if owner.id in self._open and not second_open:
            raise ValueError(
                f"customer {customer_id!r} has {self._open[owner.id].id!r} open "
                "already (rule R08)"
            )
        made = Conversation(conversation_id, owner, at, by, inbox_id, agent_id)
        made.statuses.append(StatusChange(at, "OPEN", by))
        made.assignments.append(Assignment(at, inbox_id, agent_id, None, by))
        self.conversations[conversation_id] = made
        self._open[owner.id] = made
        self._conversation_event(at, "CONVERSATION/CREATED", by, made)

    def assign(
        self,
        at: datetime,
        conversation_id: str,
        inbox_id: str | None,
        agent_id: str | None,
        reason: str,
        by: Actor,
    ) -> None:
        """Give a conversation to an inbox, an agent, both or nobody (rule R19)."""
        held = self._living(conversation_id)
        before = assignee(held.inbox_id, held.agent_id)
        if held.agent_id is not None and agent_id is None and by.type == "AUTOMATION":
            held.rule_unassign_count += 1
        held.inbox_id, held.agent_id = inbox_id, agent_id
        held.assignments.append(Assignment(at, inbox_id, agent_id, reason, by))
        self._conversation_event(
            at,
            "CONVERSATION_ASSIGNEE/UPDATED",
            by,
            held,
            {"assignee": assignee(inbox_id, agent_id), "reason": reason},
            before,
        )

    def change_topics(
        self,
        at: datetime,
        conversation_id: str,
        item_id: str,
        added: Sequence[str],
        removed: Sequence[str],
        by: Actor,
        while_closed: bool,
    ) -> None:
        """Add and remove topics in one change (rules R16, R17)."""
        held = self._living(conversation_id)
        if held.status == "CLOSED" and not while_closed:
            raise ValueError(
                f"conversation {conversation_id!r} is closed: topics cannot change "
                "(rule R17)"
            )
        for topic_id in added:
            self._find("topic", self.topics, topic_id)
            if topic_id not in held.current_topics():
                held.topics.append(TopicSpan(topic_id, at, by))
            held.topics_added += 1
            self._conversation_event(
                at, "CONVERSATION/TOPIC_ADDED", by, held, {"topicId": topic_id}
            )
        for topic_id in removed:
            for span in held.topics:
                if span.topic_id == topic_id and span.removed_at is None:
                    span.removed_at = at
            held.topics_removed += 1
            self._conversation_event(
                at, "CONVERSATION/TOPIC_REMOVED", by, held, {"topicId": topic_id}
            )
        content: Json = {"type": "TOPIC_CHANGE"}
        if added:
            content["addedTopicIds"] = list(added)
        if removed:
            content["removedTopicIds"] = list(removed)
        self._item(at, item_id, held.customer, held, by, content)

    def add_note(
        self, at: datetime, conversation_id: str, item_id: str, body: str, by: Actor
    ) -> None:
        """Write an internal note."""
        held = self._living(conversation_id)
        held.note_count += 1
        content: Json = {"type": "CONVERSATION_NOTE"}
        if body:
            content["body"] = body
        self._item(at, item_id, held.customer, held, by, content)
        self._conversation_event(
            at, "CONVERSATION/NOTE_CREATED", by, held, {"noteId": item_id}
        )

    def wait(self, at: datetime, conversation_id: str) -> None:
        """Set an open conversation to WAITING; only REST shows it."""
        held = self._living(conversation_id)
        if held.status == "CLOSED":
            raise ValueError(f"conversation {conversation_id!r} is closed")
        held.status = "WAITING"

    def close(
        self, at: datetime, conversation_id: str, item_id: str, by: Actor
    ) -> None:
        """Close a conversation and end its contacts still open."""
        held = self._living(conversation_id)
        if held.status == "CLOSED":
            raise ValueError(f"conversation {conversation_id!r} is closed already")
        for member in held.family():
            for contact in member.contacts:
                if contact.ended_at is None:
                    status = "UNANSWERED" if contact.accepted_at is None else "ANSWERED"
                    self.end_contact(at, contact.id, status, "CONVERSATION_CLOSED", by)
        held.status = "CLOSED"
        held.statuses.append(StatusChange(at, "CLOSED", by))
        held.closes.append(
            {"at": at, "by": by, "inbox": held.inbox_id, "agent": held.agent_id}
        )
        owner = held.customer.current().id
        if self._open.get(owner) is held:
            del self._open[owner]
        self._conversation_event(at, "CONVERSATION/CLOSED", by, held)
        self._status_item(at, item_id, held, "CLOSED", by)

    def reopen(
        self,
        at: datetime,
        conversation_id: str,
        item_id: str,
        by: Actor,
        second_open: bool,
    ) -> None:
        """Open a closed conversation again (rule R08 holds)."""
        held = self._living(conversation_id)
        if held.status != "CLOSED":
            raise ValueError(f"conversation {conversation_id!r} is not closed")
        owner = held.customer.current()
        if owner.id in self._open and not second_open:
            raise ValueError(
                f"customer {owner.id!r} has {self._open[owner.id].id!r} open already "
                "(rule R08)"
            )
        self._open[owner.id] = held
        held.status = "OPEN"
        held.reopen_count += 1
        held.statuses.append(StatusChange(at, "OPEN", by))
        self._conversation_event(at, "CONVERSATION/REOPENED", by, held)
        self._status_item(at, item_id, held, "OPEN", by)

    def delete_conversation(self, at: datetime, conversation_id: str) -> None:
        """Erase one conversation, without an event (rule R32)."""
        held = self._living(conversation_id)
        for member in held.family():
            for contact in member.contacts:
                if contact.ended_at is None:
                    self.end_contact(
                        at, contact.id, "UNKNOWN", "CONVERSATION_CLOSED", SYSTEM
                    )
            member.deleted_at = at
        owner = held.customer.current().id
        if self._open.get(owner) is held:
            del self._open[owner]

    # Items -----------------------------------------------------------------

    def _item(
        self,
        at: datetime,
        item_id: str,
        customer: Customer,
        held: Conversation | None,
        by: Actor | None,
        content: Json,
        contact: Contact | None = None,
        responder: Actor | None = None,
        in_export: bool = True,
    ) -> Item:
        if item_id in self.items:
            raise ValueError(f"item {item_id!r} exists")
        made = Item(
            [item_id], at, customer, held, by, content, responder, contact, in_export
        )
        self.items[item_id] = made
        if held is not None:
            held.items.append(made)
        return made

    def _status_item(
        self, at: datetime, item_id: str, held: Conversation, status: str, by: Actor
    ) -> None:
        content: Json = {"type": "CONVERSATION_STATUS_CHANGE", "status": status}
        self._item(at, item_id, held.customer, held, by, content)

    def add_item(
        self,
        at: datetime,
        item_id: str,
        conversation_id: str | None,
        customer_id: str | None,
        contact_id: str | None,
        by: Actor | None,
        responder: Actor | None,
        content: Json,
        in_export: bool,
        in_events: bool,
    ) -> None:
        """Add a message or any other item; on a contact it makes an event too."""
        held = None if conversation_id is None else self._living(conversation_id)
        if held is not None:
            owner = held.customer
        elif customer_id is not None:
            owner = self.customer(customer_id)
        else:
            raise ValueError("an item needs a conversation or a customer")
        contact = None
        if contact_id is not None:
            contact = self._contact(contact_id, ended=True)
        made = self._item(
            at, item_id, owner, held, by, content, contact, responder, in_export
        )
        if contact is None:
            return
        contact.messages.append(made)
        kind = content["type"]
        inbound = by is not None and by.type in ("CUSTOMER", "EXTERNAL", "INTERNAL")
        if kind != "PHONE_CALL" and in_events:
            self._contact_event(
                at,
                "MESSAGE_RECEIVED" if inbound else "MESSAGE_SENT",
                by,
                contact,
                {"messageId": item_id},
            )

    def redact(self, item_id: str) -> None:
        """Empty the content of an item; the item itself stays."""
        found = self._find("item", self.items, item_id)
        found.is_redacted = True
        for key in ("content", "body", "subject"):
            if key in found.content:
                found.content = {**found.content, key: ""}

    # Contacts --------------------------------------------------------------

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

    # Everything else -------------------------------------------------------

    def set_business_hours(self, hours: Json) -> None:
        """Add or replace business hours."""
        self.business_hours[str(hours["id"])] = hours

    def swap_inbox_names(self, first: str, second: str) -> None:
        """Let two inboxes change names (rule R23 holds throughout)."""
        one = self._find("inbox", self.inboxes, first)
        two = self._find("inbox", self.inboxes, second)
        one.name, two.name = two.name, one.name

    def set_inbox(self, inbox_id: str, name: str | None, disabled: bool | None) -> None:
        """Rename, disable or enable an inbox."""
        inbox = self._find("inbox", self.inboxes, inbox_id)
        inbox.name = inbox.name if name is None else name
        inbox.disabled = inbox.disabled if disabled is None else disabled

    def set_topic(
        self, topic_id: str, name: str | None, disabled: bool | None, deleted: bool
    ) -> None:
        """Rename, disable, enable or delete a topic."""
        topic = self._find("topic", self.topics, topic_id)
        topic.name = topic.name if name is None else name
        topic.disabled = topic.disabled if disabled is None else disabled
        topic.deleted = deleted

    def move_topic(self, topic_id: str, parent_id: str | None) -> None:
        """Put a topic under another parent; cycles are not prevented."""
        self._find("topic", self.topics, topic_id).parent_id = parent_id

    def set_answer_content(
        self, at: datetime, answer_id: str, key: tuple[str, str], content: Json | None
    ) -> None:
        """Set or, with None, remove the content of a (language, type)."""
        answer = self._find("answer", self.answers, answer_id)
        answer.updated_at = at
        if content is None:
            answer.contents.pop(key, None)
        else:
            answer.contents[key] = content

    def delete_answer(self, at: datetime, answer_id: str) -> None:
        """Delete an answer for good (rule R26)."""
        self._find("answer", self.answers, answer_id).deleted_at = at

    def use_answer(self, used: AnswerUse) -> None:
        """Count clicks on an answer."""
        self._find("answer", self.answers, used.answer_id)
        self.answer_uses.append(used)

    def agent_moment(
        self, made: AgentMoment, extra: Json, event_id: str | None = None
    ) -> None:
        """Record a status or availability change of an agent.

        One with an id of its own leaves the ids of all other events as they are.
        """
        self._find("agent", self.agents, made.agent_id)
        self.agent_moments.append(made)
        content: Json = {
            "agentId": made.agent_id,
            "occurredAt": rfc3339(made.occurred_at),
            **extra,
        }
        self.record(
            made.at,
            made.type,
            Actor("AGENT", made.agent_id),
            content,
            event_id=event_id,
        )
        self._uncounted_events += event_id is not None

    def deactivate_agent(self, at: datetime, agent_id: str, unassign: bool) -> None:
        """Deactivate an agent and take their open conversations from them."""
        agent = self._find("agent", self.agents, agent_id)
        agent.deactivated = True
        if not unassign:
            return
        for held in list(self.conversations.values()):
            if (
                held.agent_id == agent_id
                and held.status != "CLOSED"
                and held.absorbed_into is None
                and held.deleted_at is None
            ):
                self.assign(
                    at, held.id, held.inbox_id, None, "USER_DEACTIVATION", SYSTEM
                )

    def task_event(
        self,
        at: datetime,
        task_id: str,
        type_: str,
        by: Actor,
        status: str | None,
        to: tuple[str, str | None] | None,
        extra: Json | None,
    ) -> None:
        """Change a task and record ``TASK/<type_>``."""
        task = self._find("task", self.tasks, task_id)
        content: Json = {
            "customerId": task.customer.current().id,
            "taskId": task.id,
            "context": {
                "createdAt": rfc3339(task.at),
                "dueAt": rfc3339(task.due_at),
                "assignee": assignee(task.inbox_id, task.agent_id),
            },
            **(extra or {}),
        }
        if status is not None:
            task.status = status
        if to is not None:
            task.inbox_id, task.agent_id = to
            content["assignee"] = assignee(*to)
        self.record(at, f"TASK/{type_}", by, content, customer=task.customer)

    def living_customers(self) -> Iterable[Customer]:
        """Yield profiles that are neither absorbed nor deleted."""
        for customer in self.customers.values():
            if customer.merged_into is None and customer.deleted_at is None:
                yield customer
