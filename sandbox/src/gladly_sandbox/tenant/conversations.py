"""Conversations: opened, assigned, tagged, closed."""

from __future__ import annotations

from collections.abc import Sequence

from gladly_sandbox.clock import When, moment
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    RULE,
    SYSTEM,
    Actor,
    by_agent,
    by_customer,
)


class Conversations(Log):
    """What happens to conversations."""

    def open_conversation(
        self,
        at: When,
        customer_id: str,
        *,
        inbox: str | None = None,
        agent: str | None = None,
        by: Actor | None = None,
        conversation_id: str | None = None,
        second_open: bool = False,
    ) -> str:
        """Start a conversation and return its id.

        Args:
            at: when.
            customer_id: whose.
            inbox: inbox id it is created in.
            agent: agent id it is created with.
            by: who created it, the customer by default.
            conversation_id: an id to use.
            second_open: allow what rule R08 forbids.
        """
        when = moment(at)
        made = conversation_id or self.new_id()
        actor = by or by_customer(customer_id)
        self._add(
            at,
            f"conversation {made!r}",
            lambda state: state.open_conversation(
                when, made, customer_id, inbox, agent, actor, second_open
            ),
        )
        return made

    def assign(
        self,
        at: When,
        conversation_id: str,
        *,
        inbox: str | None = None,
        agent: str | None = None,
        reason: str = "MANUAL",
        by: Actor | None = None,
    ) -> None:
        """Assign to exactly this inbox and agent; None means none of that kind.

        ``reason`` is an assignment reason of Gladly (MANUAL, AUTOMATED_ASSIGNMENT,
        CONTACT_OFFERED, CUSTOMER_CONVERSATION_MERGE, …). ``by`` defaults to a rule,
        or to the agent when the reason is MANUAL and there is one.
        """
        when = moment(at)
        actor = by or (by_agent(agent) if agent and reason == "MANUAL" else RULE)
        self._add(
            at,
            "assign",
            lambda state: state.assign(
                when, conversation_id, inbox, agent, reason, actor
            ),
        )

    def change_topics(
        self,
        at: When,
        conversation_id: str,
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        by: Actor = RULE,
        item_id: str | None = None,
        while_closed: bool = False,
    ) -> str:
        """Add and remove topics in one change; returns the TOPIC_CHANGE item id.

        Removing a topic that is not there leaves an event and an item but no
        interval. ``while_closed`` allows what rule R17 forbids.
        """
        when = moment(at)
        made = item_id or self.new_id()
        added, removed = list(add), list(remove)
        self._add(
            at,
            "change topics",
            lambda state: state.change_topics(
                when, conversation_id, made, added, removed, by, while_closed
            ),
        )
        return made

    def add_note(
        self,
        at: When,
        conversation_id: str,
        body: str,
        *,
        by: Actor,
        item_id: str | None = None,
    ) -> str:
        """Write an internal note; returns its item id."""
        when = moment(at)
        made = item_id or self.new_id()
        self._add(
            at,
            "note",
            lambda state: state.add_note(when, conversation_id, made, body, by),
        )
        return made

    def wait(self, at: When, conversation_id: str) -> None:
        """Let a conversation wait for the customer; only REST shows WAITING."""
        when = moment(at)
        self._add(at, "wait", lambda state: state.wait(when, conversation_id))

    def close(
        self,
        at: When,
        conversation_id: str,
        *,
        by: Actor = RULE,
        item_id: str | None = None,
    ) -> str:
        """Close a conversation; open contacts end. Returns the item id."""
        when = moment(at)
        made = item_id or self.new_id()
        self._add(
            at, "close", lambda state: state.close(when, conversation_id, made, by)
        )
        return made

    def reopen(
        self,
        at: When,
        conversation_id: str,
        *,
        by: Actor = SYSTEM,
        item_id: str | None = None,
        second_open: bool = False,
    ) -> str:
        """Open a closed conversation again. Returns the item id."""
        when = moment(at)
        made = item_id or self.new_id()
        self._add(
            at,
            "reopen",
            lambda state: state.reopen(when, conversation_id, made, by, second_open),
        )
        return made

    def delete_conversation(self, at: When, conversation_id: str) -> None:
        """Erase one conversation, leaving no event (rule R32)."""
        when = moment(at)
        self._add(
            at,
            "delete conversation",
            lambda state: state.delete_conversation(when, conversation_id),
        )
