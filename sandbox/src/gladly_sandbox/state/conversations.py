"""Conversations, from the first message to the last closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gladly_sandbox.state.contacts import Contacts
from gladly_sandbox.state.events import assignee
from gladly_sandbox.state.items import Items
from gladly_sandbox.things import (
    SYSTEM,
    Actor,
    Assignment,
    Conversation,
    Json,
    StatusChange,
    TopicSpan,
)


class Conversations(Contacts, Items):
    """What can happen to conversations."""

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
        """Give a conversation to an inbox, an agent, both or neither (rule R19)."""
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
