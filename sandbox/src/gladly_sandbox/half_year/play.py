"""Half a year of conversations, played in the order in which customers turn up.

Waits are not drawn: they follow from who works and what comes in, so that fewer
agents mean longer waits, more who hang up and a lower service level.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from gladly_sandbox.half_year import calendar
from gladly_sandbox.half_year.desk import Desk, Waiting
from gladly_sandbox.half_year.setting import (
    ASKS,
    CLUB_CHANNELS,
    CLUB_INBOX,
    INBOXES,
    found,
    topic_of,
)
from gladly_sandbox.half_year.staff import Staff, hire
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import AI, API, RULE, Actor, Phone, by_agent, by_customer

_MESSAGES = ("CHAT", "SMS", "WHATSAPP")
_FIRST = (
    "Amber", "Birch", "Cedar", "Coral", "Daisy", "Ember", "Flint", "Hazel", "Ivory",
    "Jasper", "Lark", "Maple", "Moss", "Onyx", "Pearl", "Reed", "River", "Robin",
    "Ruby", "Sky", "Slate", "Storm", "Wren", "Zinnia",
)  # fmt: skip
_LAST = (
    "Fictional", "Imaginary", "Invented", "Madeup", "Notreal", "Pretend", "Sample",
    "Specimen", "Testcase", "Unreal",
)  # fmt: skip


@dataclass
class Person:
    """A profile; it may write again when ``free_from`` has passed."""

    id: str
    free_from: datetime
    conversation: str | None = None
    inbox: str = ""
    topic: str = ""
    agent: str | None = None
    open_until: datetime | None = None
    is_gone: bool = False
    has_task: bool = False


@dataclass(order=True)
class Arrival:
    """Somebody turns up; ``who`` is None for whoever it is."""

    at: datetime
    number: int
    inbox: str = field(compare=False)
    channel: str = field(compare=False)
    who: Person | None = field(default=None, compare=False)
    what: str = field(default="new", compare=False)


class HalfYear:
    """One run."""

    def __init__(self, seed: int, share: float) -> None:
        """Found the company and plan every shift."""
        self.rng = Random(f"gladly-sandbox/half-year/{seed}")
        self.tenant = Tenant(seed, str(calendar.START), timezone=calendar.ZONE)
        self.share = share
        self.end = calendar.at_clock(calendar.END, 0)
        self.setting = found(self.tenant)
        self.staff: Staff = hire(self.tenant, self.rng)
        self.desk = Desk(self.tenant, self.rng, self.setting, self.staff)
        self.people: list[Person] = []
        self.queue: list[Arrival] = []
        self.number = 0
        self.turned_up = 0

    # Who turns up ----------------------------------------------------------

    def fill(self) -> None:
        """Plan the first turning up of everybody."""
        names = list(INBOXES)
        weights = [INBOXES[name][0] for name in names]
        for day in calendar.days():
            mean = calendar.volume(day) * self.share
            for _ in range(calendar.some_number(self.rng, mean)):
                (inbox,) = self.rng.choices(names, weights)
                self._plan(inbox, INBOXES[inbox][1], day)
            club = mean * calendar.club_share(day)
            for _ in range(calendar.some_number(self.rng, club)):
                self._plan(CLUB_INBOX, CLUB_CHANNELS, day)

    def _plan(self, inbox: str, channels: dict[str, int], day: date) -> None:
        (channel,) = self.rng.choices(list(channels), list(channels.values()))
        at = calendar.some_time(self.rng, day, channel)
        self.push(at, inbox, channel)

    def push(
        self,
        at: datetime,
        inbox: str,
        channel: str,
        who: Person | None = None,
        what: str = "new",
    ) -> None:
        """Plan that somebody turns up."""
        self.number += 1
        heapq.heappush(self.queue, Arrival(at, self.number, inbox, channel, who, what))

    def later(self, at: datetime, low: float, high: float) -> datetime:
        """Return a moment between ``low`` and ``high`` seconds after ``at``."""
        gap = self.rng.randint(int(low * 1000), int(high * 1000))
        return at + timedelta(milliseconds=gap)

    def chance(self, share: float) -> bool:
        """Return whether something of this share happens."""
        return self.rng.random() < share

    def somebody(self, at: datetime) -> Person:
        """Return a customer who comes back, or a new one."""
        # While few are known, few of those who turn up are among them.
        if self.chance(0.38 * min(1, len(self.people) / 2_000)):
            for _ in range(6):
                who = self.people[self.rng.randrange(len(self.people))]
                if not who.is_gone and who.free_from < at and not who.conversation:
                    return who
        return self.newcomer(at)

    def newcomer(self, at: datetime, *, by_phone: bool = False) -> Person:
        """Create a profile just before its first conversation."""
        number = len(self.people)
        name = f"{self.rng.choice(_FIRST)} {self.rng.choice(_LAST)}"
        # 100 numbers are reserved per area code, so the area code varies.
        phone = Phone(f"+1{200 + number // 100 % 700}55501{number % 100:02d}")
        made = self.tenant.add_customer(
            self.later(at, 1, 2) - timedelta(seconds=30),
            name,
            emails=[] if by_phone else [f"guest{number}@example.com"],
            phones=[phone] if by_phone or self.chance(0.55) else [],
            external_ids={"shop": f"S{number:06d}"} if self.chance(0.5) else None,
        )
        who = Person(made, at)
        self.people.append(who)
        return who

    # What happens then -----------------------------------------------------

    def run(self) -> Tenant:
        """Play everything, in order."""
        self.fill()
        while self.queue:
            arrival = heapq.heappop(self.queue)
            if arrival.at >= self.end:
                break
            if arrival.at < self.tenant.start:
                continue
            self.turn_up(arrival)
            self.turned_up += 1
            if self.turned_up % 110 == 0:
                self.merge_two(arrival.at)
            if self.turned_up % 900 == 0:
                self.forget_one(arrival.at)
        self.desk.agent_days()
        # What was planned for later never happens.
        tenant = self.tenant
        tenant.log = [entry for entry in tenant.log if entry.at < self.end]
        return tenant

    def turn_up(self, arrival: Arrival) -> None:
        """Let somebody turn up for the first time, again, or once more."""
        at, who = arrival.at, arrival.who
        if who is not None and (who.is_gone or who.free_from > at):
            return
        if arrival.what == "follow":
            assert who is not None
            if who.conversation is not None:
                self.contact(who, arrival, at)
            return
        if who is None:
            who = self.somebody(at)
        if who.conversation is not None:
            return
        if arrival.what == "reopen":
            held = self.desk.last_closed.get(who.id)
            if held is None:
                return
            self.tenant.reopen(at, held, by=by_customer(who.id))
            who.conversation = held
            self.contact(who, arrival, self.later(at, 1, 3))
            return
        who.inbox = arrival.inbox
        if arrival.what == "new" or not who.topic:
            day = at.date()
            who.topic = topic_of(self.rng, arrival.inbox, day)
        inbox = self.setting.inboxes[arrival.inbox]
        who.conversation = self.tenant.open_conversation(at, who.id, inbox=inbox)
        start = self.later(at, 1, 2)
        if arrival.channel in _MESSAGES or (
            arrival.channel == "EMAIL" and self.chance(0.25)
        ):
            done, start = self.automation(who, arrival, start)
            if done:
                return
        self.contact(who, arrival, start)

    def automation(
        self, who: Person, arrival: Arrival, at: datetime
    ) -> tuple[bool, datetime]:
        """Let the AI try; return whether it was enough, and when it ended."""
        progress = (at.date() - calendar.START).days / 184
        if not self.chance(0.45 + 0.2 * progress):
            return False, at
        held = who.conversation
        assert held is not None
        for _ in range(self.rng.randint(1, 3)):
            self.tenant.message(
                at,
                held,
                self.desk.text(ASKS[who.topic]),
                by=by_customer(who.id),
                channel=arrival.channel,
            )
            at = self.later(at, 2, 6)
            self.tenant.message(
                at,
                held,
                self.desk.text("This may help"),
                by=AI,
                channel=arrival.channel,
            )
            at = self.later(at, 8, 70)
        if not self.chance(0.34 + 0.2 * progress):
            return False, at
        topic = self.setting.topics[who.topic]
        self.tenant.change_topics(at, held, add=[topic], by=RULE)
        self.close(who, self.later(at, 60, 900), AI)
        return True, at

    def contact(self, who: Person, arrival: Arrival, at: datetime) -> None:
        """Play a contact and what comes of it."""
        held = who.conversation
        assert held is not None
        waiting = Waiting(
            who.id,
            held,
            self.setting.inboxes[arrival.inbox],
            arrival.inbox,
            arrival.channel,
            who.topic,
        )
        after = self.desk.play(waiting, at)
        who.agent = after.agent
        if after.status == "ABANDONED":
            # Whoever hangs up often tries once more within the hour.
            end = self.later(after.end, 120, 900)
            self.close(who, end, RULE)
            if self.chance(0.45):
                self.push(
                    self.later(end, 60, 3600), arrival.inbox, arrival.channel, who,
                    "again",
                )  # fmt: skip
            return
        self.aside(who, arrival, after.end)
        end = after.end
        if after.agent and self.chance(0.06):
            end = self.desk.write_to(waiting, after.agent, self.later(end, 20, 300))
        if self.chance(0.16 if arrival.what == "new" else 0.06):
            back = self.later(end, 1_800, 80_000)
            channel = "EMAIL" if self.chance(0.5) else arrival.channel
            if channel != "EMAIL" and not 8 <= back.hour < 19:
                channel = "EMAIL"
            who.free_from = who.open_until = back
            self.push(back, arrival.inbox, channel, who, "follow")
            self.tenant.wait(self.later(end, 1, 5), held)
            return
        is_tagged = self.chance(0.92)
        at = self.later(end, 2, 40)
        agent = by_agent(after.agent) if after.agent else RULE
        if is_tagged:
            topic = self.setting.topics[who.topic]
            tagger = agent if self.chance(0.85) else RULE
            self.tenant.change_topics(at, held, add=[topic], by=tagger)
        if self.chance(0.75):
            self.close(who, self.later(at, 5, 400), agent)
        else:
            self.leave_to_rule(who, at)
        self.come_back(who, arrival)

    def leave_to_rule(self, who: Person, at: datetime) -> None:
        """Let a rule close what nobody answers for two days."""
        assert who.conversation is not None
        self.tenant.wait(self.later(at, 1, 5), who.conversation)
        self.close(who, self.later(at, 172_800, 176_400), RULE)

    def close(self, who: Person, at: datetime, by: Actor) -> None:
        """Close a conversation, if the half year lasts so long."""
        held = who.conversation
        assert held is not None
        who.free_from = at + timedelta(seconds=60)
        who.open_until = at
        self.tenant.close(at, held, by=by)
        self.desk.last_closed[who.id] = held
        who.conversation = None

    def come_back(self, who: Person, arrival: Arrival) -> None:
        """Ask for an opinion, and let some turn up again with the same."""
        closed = who.free_from
        if self.chance(0.22):
            self.survey(who, self.later(closed, 3600, 20_000))
        if self.chance(0.17):
            back = self.later(closed, 7_200, 5 * 86_400)
            channel = arrival.channel
            if channel != "EMAIL" and not 8 <= back.hour < 19:
                channel = "EMAIL"
            what = "reopen" if self.chance(0.5) else "again"
            self.push(back, arrival.inbox, channel, who, what)

    def survey(self, who: Person, at: datetime) -> None:
        """Write down what a customer said about the answer."""
        is_bad = calendar.is_bad(at.date())
        happy = 0.5 if is_bad else 0.84
        points = self.rng.choice((4, 5, 5)) if self.chance(happy) else 2
        self.tenant.add_item(
            at,
            {
                "type": "CUSTOMER_ACTIVITY",
                "activityType": "SURVEY",
                "title": "How did we do?",
                "body": f"<p>{points} of 5</p>",
                "sourceName": "Made-up Surveys",
                "receivedAt": f"{at:%Y-%m-%dT%H:%M:%S}.000Z",
            },
            customer_id=who.id,
            by=API,
        )
        who.free_from = max(who.free_from, at)

    def aside(self, who: Person, arrival: Arrival, at: datetime) -> None:
        """Now and then write a note, use an answer, or make a task of it."""
        held, agent = who.conversation, who.agent
        if agent is None or held is None:
            return
        if self.chance(0.15):
            self.tenant.add_note(
                self.later(at, 0, 1), held, self.desk.text("Asked the warehouse"),
                by=by_agent(agent),
            )  # fmt: skip
        if self.chance(0.3):
            answer = (
                self.setting.club_answer
                if arrival.inbox == CLUB_INBOX
                else self.rng.choice(self.setting.answers)
            )
            self.tenant.use_answer(at, answer, agent_id=agent)
        if self.chance(0.035):
            self.task(who, agent, arrival.inbox, at)

    def task(self, who: Person, agent: str, inbox: str, at: datetime) -> None:
        """Promise to call back; most is done, some of it late."""
        who.has_task = True
        made = self.tenant.add_task(
            at,
            who.id,
            "<p>Call back when the warehouse has answered</p>",
            inbox=self.setting.inboxes[inbox],
            due_at=at + timedelta(days=2),
            agent=agent,
            by=by_agent(agent),
        )
        done = self.later(at, 14_400, 3 * 86_400)
        if self.chance(0.9):
            self.tenant.change_task(done, made, "CLOSED", by=by_agent(agent))

    # Profiles --------------------------------------------------------------

    def merge_two(self, at: datetime) -> None:
        """Merge two profiles of one person.

        Half of the time somebody whose mail waits calls besides, as a new profile,
        and the agent sees it: both conversations are open, and become one.
        """
        if self.chance(0.5):
            pair = [who for who in self._free(at, 60)][:2]
            if len(pair) == 2:
                self.tenant.merge_profiles(
                    at, pair[0].id, pair[1].id, reissue_items=self.chance(0.5)
                )
                pair[1].is_gone = True
                pair[0].free_from = at + timedelta(seconds=1)
            return
        waits = [
            who
            for who in self.people[-400:]
            if who.conversation
            and who.open_until is not None
            and who.open_until > at + timedelta(hours=1)
            and not who.is_gone
        ]
        if not waits or not 8 <= at.hour < 17:
            return
        first = self.rng.choice(waits)
        second = self.newcomer(at, by_phone=True)
        held = self.tenant.open_conversation(
            at, second.id, inbox=self.setting.inboxes["Orders"]
        )
        waiting = Waiting(
            second.id, held, self.setting.inboxes["Orders"], "Orders", "PHONE_CALL",
            "Where is my order",
        )  # fmt: skip
        after = self.desk.play(waiting, self.later(at, 1, 2))
        second.is_gone = True
        second.conversation = held
        assert first.open_until is not None
        if after.agent is None or after.end + timedelta(minutes=5) > first.open_until:
            self.close(second, self.later(after.end, 60, 90), RULE)
            return
        self.tenant.merge_profiles(
            self.later(after.end, 20, 90), first.id, second.id,
            by=by_agent(after.agent), reissue_items=self.chance(0.5),
        )  # fmt: skip

    def _free(self, at: datetime, tries: int) -> Sequence[Person]:
        chosen: dict[str, Person] = {}
        for _ in range(tries):
            who = self.people[self.rng.randrange(len(self.people))]
            if not who.is_gone and not who.conversation and who.free_from < at:
                chosen[who.id] = who
        return list(chosen.values())

    def forget_one(self, at: datetime) -> None:
        """Delete a customer who asks for it."""
        for who in [each for each in self._free(at, 20) if not each.has_task][:1]:
            self.tenant.delete_customer(at, who.id)
            who.is_gone = True


def half_year(seed: int = 7, share: float = 1.0) -> Tenant:
    """Return the company from July to December 2025.

    About nine thousand conversations, seven inboxes, six channels and 32 agents, six
    of whom come for the season; ``calendar`` says what happens when. The same arguments
    give the same tenant.

    Args:
        seed: any integer.
        share: of the ordinary volume; agents stay as many as they are.
    """
    return HalfYear(seed, share).run()
