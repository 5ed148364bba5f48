"""Agents: who they are, and when they are there."""

from __future__ import annotations

from collections.abc import Sequence

from gladly_sandbox.clock import When, moment, rfc3339
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    Agent,
    AgentMoment,
    Json,
)


class Agents(Log):
    """What happens to agents."""

    def add_agent(
        self,
        name: str,
        *,
        at: When | None = None,
        agent_id: str | None = None,
        email: str | None = None,
    ) -> str:
        """Create an agent and return the id."""
        made = agent_id or self.new_id()
        address = email or f"{name.lower().replace(' ', '.')}@larkspur.example.com"
        self._add(
            at or self.start,
            f"agent {name!r}",
            lambda state: state.agents.update({made: Agent(made, name, address)}),
        )
        return made

    def rename_agent(self, at: When, agent_id: str, name: str) -> None:
        """Rename an agent; another may take the name over."""
        self._add(at, "rename agent", lambda state: state.rename_agent(agent_id, name))

    def deactivate_agent(
        self, at: When, agent_id: str, *, unassign: bool = True
    ) -> None:
        """Deactivate an agent; open conversations lose them (USER_DEACTIVATION)."""
        when = moment(at)
        self._add(
            at,
            "deactivate agent",
            lambda state: state.deactivate_agent(when, agent_id, unassign),
        )

    def agent_status(
        self,
        at: When,
        agent_id: str,
        status: str,
        *,
        occurred_at: When | None = None,
        reason: str | None = None,
        away_since: When | None = None,
        event_id: str | None = None,
    ) -> None:
        """Record AGENT_STATUS.

        Args:
            at: when it was recorded.
            agent_id: whose status.
            status: LOGGED_IN, LOGGED_OUT, WENT_AWAY, RETURNED_FROM_AWAY or
                CHANGED_ACTIVE_REASON.
            occurred_at: when it happened, ``at`` by default.
            reason: away reason for WENT_AWAY and RETURNED_FROM_AWAY (None: idled
                away), active reason otherwise.
            away_since: ``awayAt`` of RETURNED_FROM_AWAY.
            event_id: id of the event; by default made from how many came before.
        """
        when = moment(at)
        is_away = status in ("WENT_AWAY", "RETURNED_FROM_AWAY")
        made = AgentMoment(
            when,
            moment(occurred_at or at),
            agent_id,
            f"AGENT_STATUS/{status}",
            away_reason=reason if is_away else None,
            active_reason=None if is_away else reason,
        )
        extra: Json = {}
        if reason is not None:
            what = {"id": reason.lower().replace(" ", "-"), "name": reason}
            extra["awayReason" if is_away else "activeReason"] = what
        if away_since is not None:
            extra["awayAt"] = rfc3339(moment(away_since))
        self._add(
            at,
            f"agent {status}",
            lambda state: state.agent_moment(made, extra, event_id),
        )

    def agent_availability(
        self,
        at: When,
        agent_id: str,
        available_for: Sequence[str],
        *,
        occurred_at: When | None = None,
    ) -> None:
        """Record AGENT_AVAILABILITY/UPDATED; MAIL, MESSAGING, TASK, VOICE or none."""
        kinds = tuple(sorted(available_for))
        made = AgentMoment(
            moment(at),
            moment(occurred_at or at),
            agent_id,
            "AGENT_AVAILABILITY/UPDATED",
            available_for=kinds,
        )
        self._add(
            at,
            "agent availability",
            lambda state: state.agent_moment(made, {"availableFor": list(kinds)}),
        )
