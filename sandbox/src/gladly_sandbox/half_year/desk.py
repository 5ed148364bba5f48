"""A contact from the queue to its end, and the days of the agents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from gladly_sandbox.clock import between
from gladly_sandbox.half_year import calendar
from gladly_sandbox.half_year.setting import ASKS, REPLIES, SLA, Setting, team_of
from gladly_sandbox.half_year.staff import (
    SPECIALISTS,
    TEAMS,
    Shift,
    Staff,
    TeamPlan,
)
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import SYSTEM, by_agent, by_customer

#: Minutes of work on a contact, at a pace of 1, and how long customers wait at most,
#: in seconds; who writes a mail or an SMS does not give up.
_MINUTES = {
    "EMAIL": 13.0,
    "CHAT": 14.0,
    "PHONE_CALL": 8.5,
    "SMS": 9.0,
    "WHATSAPP": 11.0,
    "VOICEMAIL": 6.0,
}
_PATIENCE = {"PHONE_CALL": 210.0, "CHAT": 260.0}
_ENTRY_POINTS = {
    "EMAIL": "help@larkspur.example.com",
    "PHONE_CALL": "+12025550100",
    "SMS": "+12025550100",
    "VOICEMAIL": "+12025550100",
}


@dataclass(frozen=True)
class Waiting:
    """A contact to be played: whose, where, and what about."""

    customer: str
    conversation: str
    inbox_id: str
    inbox: str
    channel: str
    topic: str


@dataclass(frozen=True)
class Played:
    """What became of a contact."""

    end: datetime
    status: str
    agent: str | None


class Desk:
    """Where contacts are queued, answered and ended."""

    def __init__(
        self, tenant: Tenant, rng: Random, setting: Setting, staff: Staff
    ) -> None:
        """Open it."""
        self.tenant = tenant
        self.rng = rng
        self.setting = setting
        self.staff = staff
        self.last_closed: dict[str, str] = {}
        self._lines = 0

    def text(self, line: str) -> str:
        """Return a line that no other message repeats."""
        self._lines += 1
        return f"{line} (ref {self._lines})"

    def later(self, at: datetime, low: float, high: float) -> datetime:
        """Return a moment between ``low`` and ``high`` seconds after ``at``."""
        gap = self.rng.randint(int(low * 1000), int(high * 1000))
        return at + timedelta(milliseconds=gap)

    def chance(self, share: float) -> bool:
        """Return whether something of this share happens."""
        return self.rng.random() < share

    def play(self, waiting: Waiting, at: datetime) -> Played:
        """Play a contact that is queued at a moment."""
        team = team_of(waiting.inbox, waiting.channel)
        if waiting.channel == "PHONE_CALL" and not self.staff.on_shift(team.name, at):
            waiting = replace(waiting, channel="VOICEMAIL")
        caller = by_customer(waiting.customer)
        made = self.tenant.start_contact(
            at,
            waiting.conversation,
            waiting.channel,
            initiator=caller,
            entry_point=_ENTRY_POINTS.get(waiting.channel),
            ivr_selection=waiting.inbox if waiting.channel == "PHONE_CALL" else None,
            inbox=waiting.inbox_id,
            sla_seconds=SLA[waiting.channel],
        )
        asked = self.text(ASKS[waiting.topic])
        if waiting.channel == "VOICEMAIL":
            self.tenant.voicemail(at, waiting.conversation, contact=made, by=caller)
        elif waiting.channel != "PHONE_CALL":
            self.tenant.message(
                at,
                waiting.conversation,
                asked,
                by=caller,
                channel=waiting.channel,
                contact=made,
                subject=waiting.topic if waiting.channel == "EMAIL" else None,
            )
        missed = None
        asked_at = at
        if self.chance(0.03):
            missed, asked_at = self._miss(made, team, at)
        taken = self.staff.take(team.name, asked_at, missed)
        patience = self._patience(waiting.channel, at)
        if taken is None or (patience is not None and taken[2] > patience):
            return self._give_up(waiting, made, at, patience)
        return self._answer(waiting, made, at, *taken)

    def _miss(
        self, made: str, team: TeamPlan, at: datetime
    ) -> tuple[str | None, datetime]:
        """Offer a contact to an agent who lets it pass."""
        taken = self.staff.take(team.name, at)
        if taken is None or taken[2] > at + timedelta(seconds=45):
            return None, at
        shift, _, when = taken
        offered = self.later(when, 1, 2)
        passed = self.later(offered, 12, 20)
        self.tenant.offer(offered, made, shift.agent)
        reason = "MISSED" if self.chance(0.7) else "DECLINED"
        self.tenant.reject(passed, made, shift.agent, reason)
        return shift.agent, passed

    def _take(
        self, waiting: Waiting, made: str, agent: str, inbox: str, offered: datetime
    ) -> datetime:
        """Let an agent take an offered contact; return when."""
        accepted = self.later(offered, 2, 9)
        self.tenant.offer(offered, made, agent)
        self.tenant.accept(accepted, made, agent)
        self.tenant.assign(
            accepted,
            waiting.conversation,
            inbox=inbox,
            agent=agent,
            reason="CONTACT_OFFERED",
            by=SYSTEM,
        )
        return accepted

    def _patience(self, channel: str, at: datetime) -> datetime | None:
        mean = _PATIENCE.get(channel)
        if mean is None:
            return None
        return at + timedelta(seconds=20 + self.rng.expovariate(1 / mean))

    def _give_up(
        self, waiting: Waiting, made: str, at: datetime, patience: datetime | None
    ) -> Played:
        if patience is None:
            # Nobody comes any more before the half year is over.
            return Played(self.later(at, 86_400 * 3, 86_400 * 4), "OPEN", None)
        caller = by_customer(waiting.customer)
        if waiting.channel == "PHONE_CALL":
            self.tenant.phone_call(at, waiting.conversation, contact=made, by=caller)
        end = max(patience, at + timedelta(seconds=90))
        self.tenant.end_contact(end, made, "ABANDONED", "CUSTOMER_ABANDONED", by=caller)
        return Played(end, "ABANDONED", None)

    def _answer(
        self,
        waiting: Waiting,
        made: str,
        at: datetime,
        shift: Shift,
        slot: int,
        when: datetime,
    ) -> Played:
        """Let an agent take a contact, work on it and end it."""
        t, agent = self.tenant, shift.agent
        offered = self.later(when, 1, 4)
        accepted = self._take(waiting, made, agent, waiting.inbox_id, offered)
        work = self._seconds(waiting.channel, agent, at)
        end = self._talk(waiting, made, agent, at, accepted, work)
        worked = between(accepted, end) / 1000
        if waiting.channel in ("CHAT", "SMS", "WHATSAPP"):
            # The agent sees to another customer meanwhile.
            worked *= self.rng.uniform(0.55, 0.8)
        t.work(end, made, agent, worked)
        wrap = self.rng.uniform(20, 120) * (waiting.channel == "PHONE_CALL")
        if wrap:
            t.work(
                end + timedelta(seconds=wrap), made, agent, after_contact_seconds=wrap
            )
        self._busy(shift, slot, end + timedelta(seconds=wrap + 5))
        is_special = waiting.inbox in ("Billing", "Wholesale")
        if not is_special and self.chance(0.06):
            moved = self._hand_over(waiting, made, agent, end)
            if moved is not None:
                return moved
        t.end_contact(self.later(end, 0.1, 0.4), made)
        return Played(end + timedelta(seconds=1), "ANSWERED", agent)

    def _busy(self, shift: Shift, slot: int, until: datetime) -> None:
        shift.free_at[slot] = until
        shift.done = max(shift.done, until)

    def _seconds(self, channel: str, agent: str, at: datetime) -> float:
        """Return how long a contact takes; what is new takes longer."""
        minutes = _MINUTES[channel] * self.staff.pace[agent]
        if calendar.is_bad(at.date()):
            minutes *= 1.25
        drawn = self.rng.lognormvariate(-0.18, 0.6)
        return max(70.0, min(minutes * 60 * drawn, 3_600.0))

    def _talk(
        self,
        waiting: Waiting,
        made: str,
        agent: str,
        queued: datetime,
        accepted: datetime,
        work: float,
    ) -> datetime:
        """Play what agent and customer say, and return when the agent is done."""
        t, held = self.tenant, waiting.conversation
        customer, by = by_customer(waiting.customer), by_agent(agent)
        if waiting.channel == "PHONE_CALL":
            talk = int(work)
            t.phone_call(
                queued,
                held,
                contact=made,
                by=customer,
                responder=by,
                talk_seconds=talk,
                ring_seconds=between(queued, accepted) / 1000,
            )
            t.fulfil(accepted, made)
            if self.chance(0.18):
                t.hold(accepted + timedelta(seconds=25), made, self.rng.randint(10, 30))
            return accepted + timedelta(seconds=talk + 1)
        end = accepted + timedelta(seconds=work)
        if waiting.channel == "VOICEMAIL":
            t.fulfil(self.later(accepted, 40, 60), made, by=by)
            return end
        turns = {"EMAIL": 1, "SMS": 2}.get(waiting.channel) or self.rng.randint(2, 4)
        # A mail is answered at the end of the work, a chat at its beginning.
        said = end - timedelta(seconds=5) if turns == 1 else self.later(accepted, 4, 22)
        gap = (end - said) / (2 * turns)
        for turn in range(turns):
            t.message(
                said,
                held,
                self.text(self.rng.choice(REPLIES)),
                by=by,
                channel=waiting.channel,
                contact=made,
            )
            if turn == 0:
                t.fulfil(said, made)
            if turn < turns - 1:
                t.message(
                    said + gap,
                    held,
                    self.text("And one more thing"),
                    by=customer,
                    channel=waiting.channel,
                    contact=made,
                )
            said += 2 * gap
        return end

    def _hand_over(
        self, waiting: Waiting, made: str, first: str, at: datetime
    ) -> Played | None:
        """Pass a contact on to a specialist; the customer waits once more."""
        taken = self.staff.take(SPECIALISTS.name, at + timedelta(seconds=10), first)
        if taken is None:
            return None
        shift, slot, when = taken
        if waiting.channel == "PHONE_CALL" and when > at + timedelta(minutes=8):
            return None
        t, held, agent = self.tenant, waiting.conversation, shift.agent
        billing = self.setting.inboxes["Billing"]
        moved = self.later(at, 1, 5)
        kind = "WARM" if self.chance(0.4) else "COLD"
        t.transfer(moved, made, billing, kind=kind, by=by_agent(first))
        t.assign(moved, held, inbox=billing, reason="MANUAL", by=by_agent(first))
        offered = max(self.later(when, 1, 4), self.later(moved, 1, 2))
        accepted = self._take(waiting, made, agent, billing, offered)
        end = accepted + timedelta(
            seconds=self._seconds(waiting.channel, agent, at) * 0.7
        )
        if waiting.channel not in ("PHONE_CALL", "VOICEMAIL"):
            t.message(
                end - timedelta(seconds=2),
                held,
                self.text(self.rng.choice(REPLIES)),
                by=by_agent(agent),
                channel=waiting.channel,
                contact=made,
            )
        t.work(end, made, agent, between(accepted, end) / 1000)
        self._busy(shift, slot, end + timedelta(seconds=10))
        t.end_contact(self.later(end, 0.1, 0.4), made)
        return Played(end + timedelta(seconds=1), "ANSWERED", agent)

    def write_to(self, waiting: Waiting, agent: str, at: datetime) -> datetime:
        """Write to a customer unasked, and return when that is done."""
        by = by_agent(agent)
        made = self.tenant.start_contact(
            at,
            waiting.conversation,
            "EMAIL",
            initiator=by,
            inbox=waiting.inbox_id,
            agent=agent,
        )
        self.tenant.message(
            at,
            waiting.conversation,
            self.text("Has it come by now?"),
            by=by,
            channel="EMAIL",
            contact=made,
            subject="About your order",
        )
        end = self.later(at, 60, 240)
        self.tenant.work(end, made, agent, between(at, end) / 1000)
        self.tenant.end_contact(end, made, "UNKNOWN", "NO_REPLY_NEEDED")
        return end

    def agent_days(self) -> None:
        """Record when agents came, paused and left."""
        for team in TEAMS:
            for shift in self.staff.shifts[team.name]:
                self._shift(shift, team)

    def _shift(self, shift: Shift, team: TeamPlan) -> None:
        t, agent, kinds = self.tenant, shift.agent, team.kinds
        came = shift.start - timedelta(seconds=20)
        t.agent_status(came, agent, "LOGGED_IN", reason="Available")
        t.agent_availability(came + timedelta(seconds=3), agent, kinds)
        back = self.later(shift.pause, 780, 900)
        t.agent_status(shift.pause, agent, "WENT_AWAY", reason="Break")
        t.agent_availability(shift.pause, agent, [])
        t.agent_status(
            back, agent, "RETURNED_FROM_AWAY", reason="Break", away_since=shift.pause
        )
        t.agent_availability(back + timedelta(seconds=2), agent, kinds)
        t.agent_availability(shift.end, agent, [])
        t.agent_status(self.later(shift.done, 5, 60), agent, "LOGGED_OUT")
