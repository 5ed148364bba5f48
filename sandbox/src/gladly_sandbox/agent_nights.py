"""Night shifts of agents: over midnight, idle, unlogged, reported twice and late.

Day shifts in ``random_tenant`` end by 22:00 UTC and begin at 13:00; nights lie between.
They draw from a stream of their own and bring their own event ids, so that nothing
else in a tenant depends on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random

from gladly_sandbox.ids import slug
from gladly_sandbox.tenant import Tenant

#: Share of agents who work on a night.
_AT_NIGHT = 0.6


class _Night:
    """One agent's night, from ten in the evening."""

    def __init__(self, tenant: Tenant, rng: Random, agent: str, day: datetime) -> None:
        self.tenant = tenant
        self.rng = rng
        self.agent = agent
        self.evening = day + timedelta(hours=22)

    def between(self, low: float, high: float) -> datetime:
        """Return a moment between two numbers of minutes after ten."""
        spread = self.rng.randint(int(low * 60_000), int(high * 60_000))
        return self.evening + timedelta(milliseconds=spread)

    def tell(
        self,
        status: str,
        at: datetime,
        reason: str | None = None,
        *,
        late: float = 0,
        away_since: datetime | None = None,
    ) -> None:
        """Let a change happen; it is recorded ``late`` minutes after that."""
        recorded = at + timedelta(minutes=late)
        self.tenant.agent_status(
            recorded,
            self.agent,
            status,
            occurred_at=at,
            reason=reason,
            away_since=away_since,
            event_id=slug(self.tenant.seed, "night", self.agent, status, at),
        )

    def idle(self) -> None:
        """Stop moving the mouse and be signed out: no reason, no return.

        The departure is recorded after the logout.
        """
        self.tell("LOGGED_IN", self.between(5, 60), "Available")
        self.tell("WENT_AWAY", self.between(80, 115), late=180)
        self.tell("LOGGED_OUT", self.between(140, 240))

    def late_meal(self) -> None:
        """Be away over midnight and say why on return; then coach somebody."""
        self.tell("LOGGED_IN", self.between(5, 60), "Available", late=0.1)
        away = self.between(80, 115)
        self.tell("WENT_AWAY", away)
        self.tell("RETURNED_FROM_AWAY", self.between(150, 210), "Meal", away_since=away)
        self.tell("CHANGED_ACTIVE_REASON", self.between(230, 260), "Coach")
        self.tell("LOGGED_OUT", self.between(360, 480), late=1)

    def twice(self) -> None:
        """Log in, go away and log out twice, as from two browsers."""
        self.tell("LOGGED_IN", self.between(5, 30), "Available")
        self.tell("LOGGED_IN", self.between(31, 60), "Available")
        away = self.between(70, 80)
        self.tell("WENT_AWAY", away)
        self.tell("WENT_AWAY", self.between(81, 90), "Meal")
        self.tell("CHANGED_ACTIVE_REASON", self.between(91, 100), "Coach")
        self.tell("WENT_AWAY", self.between(100, 115), "Meeting")
        self.tell(
            "RETURNED_FROM_AWAY", self.between(150, 210), "Meeting", away_since=away
        )
        self.tell("LOGGED_OUT", self.between(360, 400))
        self.tell("LOGGED_OUT", self.between(401, 420))

    def silent(self) -> None:
        """Go away and log out without a login anybody saw."""
        self.tell("WENT_AWAY", self.between(5, 60), "Meal")
        self.tell("LOGGED_OUT", self.between(150, 240))


def play_nights(tenant: Tenant, agents: Sequence[str], days: int, rng: Random) -> None:
    """Play night shifts from the first evening to the last, which is still going on.

    Args:
        tenant: whose agents.
        agents: ids of agents who work at night.
        days: length of the history; the last capture is two hours after it.
        rng: stream to draw from.
    """
    kinds: tuple[Callable[[_Night], None], ...] = (
        _Night.idle,
        _Night.late_meal,
        _Night.twice,
        _Night.silent,
    )
    for number in range(days):
        day = tenant.start + timedelta(days=number)
        for agent in agents:
            if rng.random() < _AT_NIGHT:
                kinds[rng.randrange(len(kinds))](_Night(tenant, rng, agent, day))
