"""Where scenes are played: a tenant, its inboxes and agents, and chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from gladly_sandbox.clock import between
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import Actor, by_agent, by_customer


@dataclass
class Setting:
    """A tenant while scenes are added; ``what`` names the scene in what is said."""

    tenant: Tenant
    rng: Random
    what: str
    inboxes: Sequence[str]
    agents: Sequence[str]
    end: datetime
    number: int = 0

    def pick(self, values: Sequence[str]) -> str:
        """Return one of some values."""
        return values[self.rng.randrange(len(values))]

    def later(self, at: datetime, low: float, high: float) -> datetime:
        """Return a moment between ``low`` and ``high`` seconds after ``at``."""
        spread = self.rng.randint(int(low * 1000), int(high * 1000))
        return at + timedelta(milliseconds=spread)

    def day(self, number: int, hours: float = 0) -> datetime:
        """Return a moment of a day of the history; the first is 0."""
        return self.tenant.start + timedelta(days=number, hours=hours)

    def days(self) -> int:
        """Return how many whole days the history has."""
        return (self.end - self.tenant.start) // timedelta(days=1)

    def person(self, at: datetime) -> str:
        """Create a customer with an address of their own; returns the id."""
        self.number += 1
        name = f"{self.what.title()} Invented {self.number:03d}"
        address = f"{self.what}{self.number}@example.com"
        return self.tenant.add_customer(at, name, emails=[address])

    def text(self) -> str:
        """Return what no other message says."""
        self.number += 1
        return f"Something about {self.what} {self.number}"

    def contact(
        self,
        at: datetime,
        held: str,
        customer: str,
        agent: str,
        *,
        channel: str = "CHAT",
        inbox: str | None = None,
        longest: float = 300,
        ends_by: datetime | None = None,
    ) -> datetime:
        """Play a contact that an agent answers, and return its end.

        Args:
            at: when it is queued.
            held: its conversation.
            customer: who writes.
            agent: who answers.
            channel: any that has messages.
            inbox: where it is queued; the conversation's inbox by default.
            longest: most seconds from one moment to the next.
            ends_by: end at the latest.
        """
        t = self.tenant
        made = t.start_contact(at, held, channel, inbox=inbox, sla_seconds=600)
        t.message(
            at, held, self.text(), by=by_customer(customer), channel=channel,
            contact=made,
        )  # fmt: skip
        moments = [at]
        for _ in range(4):
            last = moments[-1]
            most = longest
            if ends_by is not None:
                most = min(longest, between(last, ends_by) / 1000 / 2)
            moments.append(self.later(last, min(1, most / 2), most))
        _, offered, accepted, replied, ended = moments
        t.offer(offered, made, agent)
        t.accept(accepted, made, agent)
        t.assign(
            accepted, held, inbox=inbox or self.inboxes[0], agent=agent,
            reason="CONTACT_OFFERED", by=Actor("SYSTEM"),
        )  # fmt: skip
        t.message(
            replied, held, self.text(), by=by_agent(agent), channel=channel,
            contact=made,
        )  # fmt: skip
        t.fulfil(replied, made)
        t.work(ended, made, agent, between(accepted, ended) / 1000)
        t.end_contact(ended, made)
        return ended
