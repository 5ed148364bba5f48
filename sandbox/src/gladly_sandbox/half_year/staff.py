"""Agents, their shifts, and who takes a contact when.

An agent works in blocks of a day and takes as many contacts at a time as the team
does. A contact is taken by whoever of the team is free first; nobody looks ahead.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from gladly_sandbox.half_year import calendar
from gladly_sandbox.tenant import Tenant

_FIRST = (
    "Alder", "Bramble", "Clover", "Dahlia", "Elder", "Fern", "Ginger", "Heather",
    "Iris", "Juniper", "Kale", "Laurel", "Myrtle", "Nettle", "Olive", "Pepper",
    "Quince", "Rowan", "Sage", "Thistle", "Umber", "Violet", "Willow", "Yarrow",
    "Aster", "Basil", "Cress", "Dill",
)  # fmt: skip
_LAST = ("Fictional", "Imaginary", "Invented", "Madeup", "Pretend", "Unreal", "Sample")
#: When a block of work starts and ends, in hours, and its pause of fifteen minutes.
_BLOCKS = ((8, 12, 10), (12, 16, 14), (16, 20, 18))
_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True)
class TeamPlan:
    """A team: its size, what it is available for, and how many work when.

    Attributes:
        name: as Gladly shows it.
        description: what it is for.
        size: agents all year, and those who come for the season.
        kinds: what its agents are available for.
        at_once: contacts that an agent has at a time.
        weekday: agents in each block from Monday to Friday.
        saturday: the same on Saturdays.
        sunday: the same on Sundays.
    """

    name: str
    description: str
    size: tuple[int, int]
    kinds: tuple[str, ...]
    at_once: int
    weekday: tuple[int, int, int]
    saturday: tuple[int, int, int]
    sunday: tuple[int, int, int]


PHONES = TeamPlan(
    "Phones", "Calls and voicemails", (7, 2), ("VOICE",), 1, (1, 2, 1), (1, 1, 1),
    (1, 1, 0),
)  # fmt: skip
MESSAGING = TeamPlan(
    "Messaging", "Chat, SMS and WhatsApp", (7, 2), ("MESSAGING",), 2, (1, 2, 1),
    (1, 1, 1), (1, 1, 1),
)  # fmt: skip
MAIL = TeamPlan(
    "Mail", "E-mail of all customers", (6, 2), ("MAIL", "TASK"), 1, (1, 2, 1),
    (1, 1, 0), (1, 0, 0),
)  # fmt: skip
SPECIALISTS = TeamPlan(
    "Specialists", "Billing, wholesale and the hard cases", (6, 0),
    ("MAIL", "MESSAGING", "TASK", "VOICE"), 1, (1, 2, 1), (1, 1, 0), (1, 0, 0),
)  # fmt: skip
TEAMS = (PHONES, MESSAGING, MAIL, SPECIALISTS)


@dataclass
class Shift:
    """A block of work of an agent: when it was, and when the last contact ended."""

    agent: str
    start: datetime
    end: datetime
    pause: datetime
    free_at: list[datetime]
    done: datetime

    def could_start(self, at: datetime, slot: int) -> datetime | None:
        """Return when a contact that waits since ``at`` could be taken, if at all."""
        when = max(at, self.start, self.free_at[slot])
        if self.pause <= when < self.pause + _PAUSE:
            when = self.pause + _PAUSE
        return when if when < self.end else None


@dataclass
class Staff:
    """All agents and their shifts, by team."""

    names: dict[str, list[str]] = field(default_factory=dict)
    pace: dict[str, float] = field(default_factory=dict)
    shifts: dict[str, list[Shift]] = field(default_factory=dict)
    ends: dict[str, list[datetime]] = field(default_factory=dict)

    def take(
        self, team: str, at: datetime, other_than: str | None = None
    ) -> tuple[Shift, int, datetime] | None:
        """Return who takes a contact that waits since ``at``: shift, slot and moment.

        None when nobody of the team comes any more.
        """
        shifts = self.shifts[team]
        best: tuple[datetime, datetime, Shift, int] | None = None
        for shift in shifts[bisect_right(self.ends[team], at) :]:
            if best is not None and shift.start > best[0]:
                break
            if shift.agent == other_than:
                continue
            for slot, free in enumerate(shift.free_at):
                when = shift.could_start(at, slot)
                # Of those who are free, whoever has waited longest.
                if when is not None and (best is None or (when, free) < best[:2]):
                    best = when, free, shift, slot
        return None if best is None else (best[2], best[3], best[0])

    def on_shift(self, team: str, at: datetime) -> list[Shift]:
        """Return the shifts of a team that are going on at a moment."""
        return [each for each in self.shifts[team] if each.start <= at < each.end]


def hire(tenant: Tenant, rng: Random) -> Staff:
    """Create agents and teams, and plan every shift of the half year."""
    staff, number = Staff(), 0
    season_starts = calendar.at_clock(calendar.PEAK[0] - timedelta(days=7), 9 * 3600)
    for team in TEAMS:
        always, seasonal = team.size
        made: list[str] = []
        for place in range(always + seasonal):
            name = f"{_FIRST[number % 28]} {_LAST[(number // 28 + number) % 7]}"
            is_seasonal = place >= always
            made.append(
                tenant.add_agent(name, at=season_starts if is_seasonal else None)
            )
            # Who comes for the season is slower; everybody has a pace of their own.
            staff.pace[made[-1]] = rng.uniform(0.75, 1.3) + 0.25 * is_seasonal
            number += 1
        staff.names[team.name] = made
        team_id = tenant.add_team(
            team.name, made[:always], description=team.description
        )
        if seasonal:
            tenant.add_team(
                team.name,
                made,
                at=season_starts + timedelta(minutes=5),
                team_id=team_id,
                description=team.description,
            )
        _plan(staff, team, rng)
    # One lead works for two teams.
    tenant.add_team("Leads", [staff.names[team.name][0] for team in TEAMS])
    return staff


def _plan(staff: Staff, team: TeamPlan, rng: Random) -> None:
    turn, shifts = 0, []
    for day in calendar.days():
        always, seasonal = team.size
        people = staff.names[team.name][: always + seasonal]
        in_season = calendar.PEAK[0] - timedelta(days=6) <= day
        if not in_season:
            people = people[:always]
        for block, (first, last, pause) in enumerate(_BLOCKS):
            for _ in range(_needed(team, day, block)):
                turn += 1
                agent = people[turn % len(people)]
                start = calendar.at_clock(day, first * 3600 - rng.random() * 300)
                end = calendar.at_clock(day, last * 3600)
                break_at = calendar.at_clock(day, pause * 3600 - rng.random() * 3600)
                free = [start] * team.at_once
                shifts.append(Shift(agent, start, end, break_at, free, end))
    shifts.sort(key=lambda shift: (shift.end, shift.start, shift.agent))
    staff.shifts[team.name] = shifts
    staff.ends[team.name] = [shift.end for shift in shifts]


def _needed(team: TeamPlan, day: date, block: int) -> int:
    if (day.month, day.day) in ((12, 25), (12, 26)):
        return int(team is MESSAGING and block < 2)
    usual = (
        team.sunday[block]
        if day.weekday() == 6
        else team.saturday[block]
        if day.weekday() == 5
        else team.weekday[block]
    )
    if calendar.is_bad(day):
        return usual // 2 if block else max(usual // 2, 1)
    if calendar.PEAK[0] - timedelta(days=3) <= day < calendar.PEAK[1]:
        return usual + (usual > 0 and team is not SPECIALISTS)
    return usual
