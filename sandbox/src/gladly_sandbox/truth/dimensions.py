"""The truth about inboxes and agents as they are now."""

from __future__ import annotations

from collections.abc import Iterator

from gladly_sandbox.things import AI
from gladly_sandbox.truth.tables import Row
from gladly_sandbox.truth.view import View


def inboxes(view: View) -> Iterator[Row]:
    """Yield rows of ``dim_inboxes``."""
    for an_id in view.emitted.inboxes:
        inbox = view.state.inboxes.get(an_id)
        yield {
            "inbox_id": an_id,
            "inbox_name": inbox.name if inbox else None,
            "is_disabled": inbox.disabled if inbox else False,
            "is_known": inbox is not None,
        }


def agents(view: View) -> Iterator[Row]:
    """Yield rows of ``dim_agents``."""
    for an_id in view.emitted.agents:
        agent = view.state.agents.get(an_id)
        yield {
            "agent_id": an_id,
            "agent_name": agent.name if agent else None,
            "is_known": agent is not None,
            "is_system": an_id == AI.id,
            "team_names": ", ".join(
                sorted(
                    team.name
                    for team in view.state.teams.values()
                    if an_id in team.agent_ids
                )
            )
            or None,
        }
