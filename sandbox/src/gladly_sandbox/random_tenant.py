"""A plausible tenant from three numbers: customers, days and a seed.

The same arguments give the same log, happening for happening. Everything that can
happen in Gladly happens to somebody, except what needs a story to be played well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from gladly_sandbox.agent_nights import play_nights
from gladly_sandbox.clock import When, between
from gladly_sandbox.scenes import Scenes, play_scenes
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import (
    AI,
    API,
    RULE,
    SYSTEM,
    Actor,
    Phone,
    by_agent,
    by_customer,
)

_FIRST = (
    "Alder", "Bramble", "Clover", "Dahlia", "Elder", "Fern", "Ginger", "Heather",
    "Iris", "Juniper", "Kale", "Laurel", "Myrtle", "Nettle", "Olive", "Pepper",
    "Quince", "Rowan", "Sage", "Thistle", "Umber", "Violet", "Willow", "Yarrow",
)  # fmt: skip
_LAST = (
    "Fictional", "Imaginary", "Invented", "Madeup", "Notreal", "Pretend", "Sample",
    "Specimen", "Testcase", "Unreal",
)  # fmt: skip
_ASKS = (
    "Where is my order", "I want to return this", "The zip broke", "Wrong colour came",
    "Can I change my address", "My code does not work", "Is this still in stock",
    "The parcel is late", "Please cancel", "I was charged twice",
)  # fmt: skip
_REPLIES = (
    "Let me look that up", "I have sent a new one", "It leaves our warehouse today",
    "You will get the money back", "Could you send a photo", "All done for you",
    "Sorry about that", "Please try the link again",
)  # fmt: skip
_CHANNELS = (
    ("EMAIL", 30), ("CHAT", 28), ("PHONE_CALL", 18), ("SMS", 12), ("WHATSAPP", 5),
    ("FB_MESSENGER", 3), ("INSTAGRAM_DIRECT", 2), ("VOICEMAIL", 2),
)  # fmt: skip
_SLA = {"EMAIL": 14400, "CHAT": 60, "PHONE_CALL": 30, "SMS": 300, "VOICEMAIL": 28800}
#: Contacts end, and their seconds stop growing, within this many hours.
_SETTLE_HOURS = 60


@dataclass
class _Person:
    """A profile while the generator plays; ``busy_until`` keeps calls in order."""

    id: str
    joined: datetime
    busy_until: datetime
    open_conversation: str | None = None
    closed: list[str] = field(default_factory=list)
    is_gone: bool = False


class _Play:
    """One run of the generator."""

    def __init__(self, customers: int, days: int, seed: int, start: When) -> None:
        self.tenant = Tenant(seed, start)
        self.rng = Random(f"gladly-sandbox/{seed}/{customers}/{days}")
        self.days = days
        self.end = self.tenant.start + timedelta(days=days)
        self.number = 0
        names = ("Orders", "Returns", "Billing", "Social", "Stores", "Escalations")
        self.inboxes = [self.tenant.add_inbox(name) for name in names]
        agent_names = [
            f"{self.pick(_FIRST)} {self.pick(_LAST)} {number:02d}"
            for number in range(1, max(4, customers // 100) + 1)
        ]
        self.agents = [self.tenant.add_agent(name) for name in agent_names]
        half = len(self.agents) // 2
        self.tenant.add_team("Early", self.agents[:half])
        self.tenant.add_team("Late", self.agents[half:], description="After noon")
        self.topics: list[str] = []
        for root in ("Orders", "Returns", "Payments", "Product"):
            parent = self.tenant.add_topic(root)
            self.topics.append(parent)
            self.topics += [
                self.tenant.add_topic(name, parent)
                for name in ("Damaged", "Late", "Other")
            ]
        self.tenant.set_business_hours(
            "Main",
            {
                day: [("09:00", "17:00")]
                for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
            },
        )

    def pick(self, values: tuple[str, ...] | list[str]) -> str:
        return values[self.rng.randrange(len(values))]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def later(self, at: datetime, low: float, high: float) -> datetime:
        """Return a moment between ``low`` and ``high`` seconds after ``at``."""
        return at + timedelta(
            milliseconds=self.rng.randint(int(low * 1000), int(high * 1000))
        )

    def text(self, lines: tuple[str, ...]) -> str:
        """Return a line that no other message repeats."""
        self.number += 1
        return f"{self.pick(lines)} (ref {self.number})"

    def channel(self) -> str:
        roll = self.rng.randrange(sum(weight for _, weight in _CHANNELS))
        for name, weight in _CHANNELS:
            roll -= weight
            if roll < 0:
                return name
        raise AssertionError("weights cover every roll")

    def person(self, number: int) -> _Person:
        joined = self.tenant.start + timedelta(
            milliseconds=self.rng.randrange(max(1, self.days * 64_800_000))
        )
        name = f"{self.pick(_FIRST)} {self.pick(_LAST)}"
        # 100 numbers are reserved per area code, so the area code varies.
        area = 200 + number // 100 % 700
        phone = Phone(
            f"+1{area}55501{number % 100:02d}",
            "MOBILE" if self.chance(0.8) else self.pick(["HOME", "OFFICE", ""]),
        )
        made = self.tenant.add_customer(
            joined,
            name,
            emails=[f"guest{number}@example.com"] if self.chance(0.85) else [],
            phones=[phone] if self.chance(0.6) else [],
            external_ids={"shop": f"S{number:06d}"} if self.chance(0.4) else None,
            custom_attributes={"tier": self.pick(["basic", "plus"])},
        )
        return _Person(made, joined, joined)

    def converse(self, who: _Person, *, must_stay_open: bool = False) -> None:
        """Play one conversation, or a reopening, from when the person is free."""
        t = self.tenant
        at = self.later(who.busy_until, 120, 86_400)
        if at >= self.end:
            return
        inbox = self.pick(self.inboxes)
        if who.closed and self.chance(0.25):
            held = who.closed.pop()
            t.reopen(at, held, by=by_customer(who.id))
        else:
            held = t.open_conversation(at, who.id, inbox=inbox)
            if self.chance(0.12):
                at = self.answered_by_ai(who, held, at)
                t.close(at, held, by=AI)
                who.busy_until = at
                return
        who.open_conversation = held
        for _ in range(1 + self.chance(0.25) + self.chance(0.1)):
            at = self.contact(who, held, inbox, self.later(at, 1, 30))
        if self.chance(0.7):
            at = self.tag(held, at)
        if self.chance(0.2):
            at = self.later(at, 5, 60)
            writer = by_agent(self.pick(self.agents))
            t.add_note(at, held, self.text(("Called the store",)), by=writer)
        who.busy_until = at
        if must_stay_open or self.chance(0.06):
            if self.chance(0.5):
                who.busy_until = self.later(at, 1, 60)
                t.wait(who.busy_until, held)
            return
        at = self.later(at, 30, 7200)
        roll = self.rng.random()
        closer: Actor = by_agent(self.pick(self.agents))
        if roll < 0.25:
            closer = RULE
        elif roll < 0.3:
            closer = API
        t.close(at, held, by=closer)
        who.open_conversation = None
        who.closed.append(held)
        who.busy_until = at

    def answered_by_ai(self, who: _Person, held: str, at: datetime) -> datetime:
        for _ in range(self.rng.randint(1, 3)):
            at = self.later(at, 2, 60)
            self.tenant.message(at, held, self.text(_ASKS), by=by_customer(who.id))
            at = self.later(at, 1, 4)
            self.tenant.message(at, held, self.text(_REPLIES), by=AI)
        return self.later(at, 60, 7200)

    def tag(self, held: str, at: datetime) -> datetime:
        at = self.later(at, 1, 60)
        chosen = [self.pick(self.topics)]
        if self.chance(0.3):
            other = self.pick(self.topics)
            chosen += [other] if other not in chosen else []
        by = by_agent(self.pick(self.agents)) if self.chance(0.7) else RULE
        self.tenant.change_topics(at, held, add=chosen, by=by)
        if self.chance(0.15):
            at = self.later(at, 1, 60)
            self.tenant.change_topics(at, held, remove=chosen[:1], by=by)
        return at

    def contact(self, who: _Person, held: str, inbox: str, at: datetime) -> datetime:
        """Play one contact and return its end."""
        t, start = self.tenant, at
        channel = self.channel()
        agent = self.pick(self.agents)
        if channel in ("EMAIL", "SMS") and self.chance(0.15):
            return self.outbound(held, channel, inbox, agent, at)
        made = t.start_contact(
            at,
            held,
            channel,
            initiator=by_customer(who.id),
            entry_point="help@larkspur.example.com" if channel == "EMAIL" else None,
            inbox=inbox,
            sla_seconds=_SLA.get(channel),
        )
        caller = by_customer(who.id)
        if channel in ("PHONE_CALL", "CHAT") and self.chance(0.12):
            end = self.later(at, 5, 400)
            if channel == "PHONE_CALL":
                t.phone_call(at, held, contact=made, by=caller)
            else:
                t.message(at, held, self.text(_ASKS), by=caller, contact=made)
            t.end_contact(end, made, "ABANDONED", "CUSTOMER_ABANDONED", by=caller)
            return end
        if channel == "VOICEMAIL":
            t.voicemail(at, held, contact=made, by=caller)
        elif channel != "PHONE_CALL":
            t.message(
                at,
                held,
                self.text(_ASKS),
                by=caller,
                channel=channel,
                contact=made,
                subject="A question" if self.chance(0.8) else None,
            )
        while self.chance(0.1):
            at = self.later(at, 2, 20)
            t.offer(at, made, agent)
            at = self.later(at, 5, 30)
            t.reject(at, made, agent, self.pick(["DECLINED", "MISSED"]))
            agent = self.pick(self.agents)
        at = self.later(at, 2, _SLA.get(channel, 300) * 1.2)
        t.offer(at, made, agent)
        at = self.later(at, 1, 20)
        t.accept(at, made, agent)
        t.assign(
            at, held, inbox=inbox, agent=agent, reason="CONTACT_OFFERED", by=SYSTEM
        )
        at = self.handle(who, held, made, channel, agent, at)
        handled = [agent]
        if self.chance(0.12):
            where, other = self.pick(self.inboxes), self.pick(self.agents)
            at = self.later(at, 5, 60)
            t.transfer(at, made, where, kind=self.pick(["COLD", "WARM"]))
            t.assign(
                at,
                held,
                inbox=where,
                reason="MANUAL",
                by=by_agent(agent),
            )
            at = self.later(at, 5, 300)
            t.offer(at, made, other)
            at = self.later(at, 1, 20)
            t.accept(at, made, other)
            t.assign(
                at, held, inbox=where, agent=other, reason="CONTACT_OFFERED", by=SYSTEM
            )
            if channel not in ("PHONE_CALL", "VOICEMAIL"):
                at = self.later(at, 10, 300)
                t.message(
                    at,
                    held,
                    self.text(_REPLIES),
                    by=by_agent(other),
                    channel=channel,
                    contact=made,
                )
            if other not in handled:
                handled.append(other)
        end = self.later(at, 5, 120)
        for each in handled:
            most = between(start, end) // len(handled)
            spent = self.rng.randint(most // 3, most) / 1000
            t.work(end, made, each, spent)
            if self.chance(0.4):
                grown = self.later(end, 60, _SETTLE_HOURS * 3600)
                t.work(
                    grown,
                    made,
                    each,
                    after_contact_seconds=self.rng.randint(1_000, 120_000) / 1000,
                    unknown_seconds=self.rng.randint(0, 9_000) / 1000,
                )
        t.end_contact(end, made)
        return end

    def handle(
        self,
        who: _Person,
        held: str,
        made: str,
        channel: str,
        agent: str,
        at: datetime,
    ) -> datetime:
        """Play the talk between a customer and the first agent."""
        t = self.tenant
        if channel == "PHONE_CALL":
            talk = self.rng.randint(30, 900)
            t.phone_call(
                at,
                held,
                contact=made,
                by=by_customer(who.id),
                responder=by_agent(agent),
                talk_seconds=talk,
                ring_seconds=1,
            )
            t.fulfil(self.later(at, 1, 2), made)
            if self.chance(0.2):
                t.hold(at + timedelta(seconds=3), made, self.rng.randint(5, 20))
            return at + timedelta(seconds=talk + 30)
        at = self.later(at, 5, 200)
        if channel == "VOICEMAIL":
            t.fulfil(at, made, by=by_agent(agent))
            return at
        t.message(
            at,
            held,
            self.text(_REPLIES),
            by=by_agent(agent),
            channel=channel,
            contact=made,
        )
        t.fulfil(at, made)
        for _ in range(self.rng.randint(0, 4)):
            at = self.later(at, 5, 600)
            t.message(
                at,
                held,
                self.text(_ASKS),
                by=by_customer(who.id),
                channel=channel,
                contact=made,
            )
            at = self.later(at, 5, 600)
            t.message(
                at,
                held,
                self.text(_REPLIES),
                by=by_agent(agent),
                channel=channel,
                contact=made,
            )
        return at

    def outbound(
        self, held: str, channel: str, inbox: str, agent: str, at: datetime
    ) -> datetime:
        """Play a message an agent starts."""
        t = self.tenant
        made = t.start_contact(
            at,
            held,
            channel,
            initiator=by_agent(agent),
            inbox=inbox,
            agent=agent,
        )
        t.message(
            at,
            held,
            self.text(_REPLIES),
            by=by_agent(agent),
            channel=channel,
            contact=made,
            subject="About your order",
        )
        end = self.later(at, 10, 600)
        t.work(end, made, agent, self.rng.randint(1, between(at, end)) / 1000)
        t.end_contact(end, made, "UNKNOWN", "NO_REPLY_NEEDED")
        return end

    def merge(self, people: list[_Person]) -> None:
        """Merge some pairs; survivors may be absorbed later (chains)."""
        survivors: list[_Person] = []
        for _ in range(max(1, len(people) * 6 // 100)):
            pool = people
            if self.chance(0.35):
                pool = [who for who in people if who.open_conversation is not None]
            if len(pool) < 2:
                continue
            one, two = self.rng.sample(pool, 2)
            if survivors and self.chance(0.2):
                two = survivors[self.rng.randrange(len(survivors))]
            if one is two or one.is_gone or two.is_gone:
                continue
            at = self.later(max(one.busy_until, two.busy_until), 60, 172_800)
            if at >= self.end:
                continue
            self.tenant.merge_profiles(
                at,
                one.id,
                two.id,
                by=by_agent(self.pick(self.agents)),
                reissue_items=self.chance(0.5),
            )
            two.is_gone = True
            survivors.append(one)
            one.busy_until = at
            one.open_conversation = one.open_conversation or two.open_conversation
            one.closed += two.closed
            if one.open_conversation is not None and self.chance(0.6):
                at = self.later(at, 60, 7200)
                self.tenant.close(at, one.open_conversation, by=RULE)
                one.closed.append(one.open_conversation)
                one.open_conversation = None
                one.busy_until = at
            if one.open_conversation is None and self.chance(0.5):
                self.converse(one)

    def delete(self, people: list[_Person]) -> None:
        for _ in range(max(1, len(people) // 100)):
            who = people[self.rng.randrange(len(people))]
            at = self.later(who.busy_until, 3600, 604_800)
            if who.is_gone or at >= self.end:
                continue
            if who.closed and self.chance(0.3):
                self.tenant.delete_conversation(at, who.closed.pop())
                who.busy_until = at
                continue
            self.tenant.delete_customer(at, who.id)
            who.is_gone = True

    def leave_open(self, people: list[_Person]) -> None:
        """Start contacts that no agent has ended by the last capture."""
        for who in people:
            at = self.end - timedelta(seconds=self.rng.randint(60, 7200))
            free = not who.is_gone and who.open_conversation is None
            if free and who.busy_until < at and self.chance(0.02):
                inbox = self.pick(self.inboxes)
                held = self.tenant.open_conversation(at, who.id, inbox=inbox)
                made = self.tenant.start_contact(at, held, "CHAT", sla_seconds=60)
                self.tenant.message(
                    at,
                    held,
                    self.text(_ASKS),
                    by=by_customer(who.id),
                    contact=made,
                )

    def agent_days(self) -> None:
        t = self.tenant
        for day in range(self.days):
            for agent in self.agents:
                at = t.start + timedelta(days=day, hours=13)
                at = self.later(at, 1, 3600)
                t.agent_status(at, agent, "LOGGED_IN", reason="Available")
                t.agent_availability(at, agent, ["MAIL", "MESSAGING", "VOICE"])
                away = self.later(at, 3600, 10_800)
                t.agent_status(away, agent, "WENT_AWAY", reason="Lunch")
                t.agent_availability(away, agent, [])
                back = self.later(away, 600, 3600)
                t.agent_status(
                    back, agent, "RETURNED_FROM_AWAY", reason="Lunch", away_since=away
                )
                t.agent_availability(back, agent, ["MAIL", "MESSAGING", "VOICE"])
                done = self.later(back, 7200, 14_400)
                t.agent_availability(done, agent, [])
                t.agent_status(done, agent, "LOGGED_OUT")

    def answers(self) -> None:
        t = self.tenant
        for number in range(8):
            answer = t.add_answer(t.start, f"Answer {number + 1}")
            for kind in ("public", "email", "messaging")[: 1 + number % 3]:
                t.set_answer_content(
                    t.start, answer, kind, f"<p>Text {number}</p>", title="A title"
                )
            for _ in range(self.days):
                at = self.later(t.start, 3600, self.days * 86_400)
                if at < self.end:
                    t.use_answer(at, answer, agent_id=self.pick(self.agents))
        gone = t.add_answer(t.start, "Old answer")
        t.use_answer(t.start + timedelta(hours=2), gone, clicks=3)
        t.delete_answer(t.start + timedelta(hours=12), gone)

    def tasks(self, people: list[_Person]) -> None:
        for who in people:
            if not self.chance(0.03):
                continue
            at = self.later(who.joined, 1, 60)
            made = self.tenant.add_task(
                at,
                who.id,
                "<p>Call back</p>",
                inbox=self.pick(self.inboxes),
                due_at=at + timedelta(days=1),
                agent=self.pick(self.agents),
                by=by_agent(self.pick(self.agents)),
            )
            if self.chance(0.6):
                self.tenant.change_task(self.later(at, 1, 60), made, "CLOSED")

    def change_dimensions(self) -> None:
        t = self.tenant
        half = t.start + timedelta(days=self.days / 2)
        t.rename_inbox(half, self.inboxes[3], "Social Media")
        t.disable_inbox(half + timedelta(hours=1), self.inboxes[5])
        t.move_topic(half, self.topics[2], self.topics[4])
        t.disable_topic(half, self.topics[3])
        t.rename_topic(half, self.topics[8], "Payment Matters")


def random_tenant(
    customers: int,
    days: int,
    seed: int = 0,
    *,
    start: When = "2025-01-01",
    scenes: Scenes | None = None,
) -> Tenant:
    """Return a tenant with ``customers`` profiles and ``days`` of history.

    It has several channels, reopenings, transfers, abandoned contacts, conversations
    that AI resolved, merges of every kind with chains, deletions, topics,
    assignments, and conversations and contacts still open at the end. Seconds stop
    growing within 60 hours of a contact's end. Agents work by day and by night, and
    some are still logged in at the end.

    Args:
        customers: profiles created, at least 2.
        days: length of the history, at least 2.
        seed: any integer; the same arguments give the same tenant.
        start: midnight UTC of the first day.
        scenes: what is played besides, with customers of its own.

    Raises:
        ValueError: when a number is too small.
    """
    if customers < 2:
        raise ValueError("a random tenant needs at least 2 customers")
    if days < 2:
        raise ValueError("a random tenant needs at least 2 days")
    play = _Play(customers, days, seed, start)
    people = [play.person(number) for number in range(customers)]
    for who in people:
        for _ in range(play.rng.choice((1, 1, 2, 2, 3, 5))):
            if who.open_conversation is None:
                play.converse(who)
    play.merge(people)
    play.delete(people)
    play.leave_open(people)
    play.tasks(people)
    play.agent_days()
    play.answers()
    play.change_dimensions()
    nights = Random(f"gladly-sandbox/nights/{seed}/{customers}/{days}")
    play_nights(play.tenant, play.agents, days, nights)
    if scenes is not None:
        stay = [each for number, each in enumerate(play.inboxes) if number != 5]
        play_scenes(scenes, play.tenant, stay, play.agents, play.end)
    return play.tenant
