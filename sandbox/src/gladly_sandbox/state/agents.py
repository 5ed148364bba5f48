"""Agents."""

from __future__ import annotations

from datetime import datetime

from gladly_sandbox.clock import rfc3339
from gladly_sandbox.state.conversations import Conversations
from gladly_sandbox.things import (
    SYSTEM,
    Actor,
    AgentMoment,
    Json,
)


class Agents(Conversations):
    """What can happen to agents."""

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

    def rename_agent(self, agent_id: str, name: str) -> None:
        """Rename an agent."""
        self._find("agent", self.agents, agent_id).name = name

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
