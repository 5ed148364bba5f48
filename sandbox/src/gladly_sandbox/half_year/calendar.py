"""When customers write and call: the season, what happened, weekdays and hours.

Days and hours are those of the company's clock. All of it is decided here, so that
what a reader should see in the tables can be read off this page.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from gladly_sandbox.clock import UTC, zone

ZONE = "Europe/London"
#: First day, and the day after the last: two quarters, and the weekend before them, so
#: that thirteen weeks have thirteen before them.
START, END = date(2025, 6, 28), date(2026, 1, 1)
#: A club for customers starts: a topic of its own, and more to ask.
LAUNCHED = date(2025, 9, 15)
#: From here on "Damaged in transit" is a topic of returns, no more of orders.
TOPIC_MOVED = date(2025, 10, 1)
#: Half of the agents are ill and a carrier is on strike; first day, day after the last.
BAD_WEEK = date(2025, 11, 3), date(2025, 11, 10)
#: The weeks before Christmas, with agents who come for the season.
PEAK = date(2025, 11, 24), date(2025, 12, 20)

#: Conversations that begin on an ordinary Tuesday in summer.
ORDINARY_DAY = 39.0
_WEEKDAYS = (1.2, 1.08, 1.0, 0.98, 1.02, 0.68, 0.48)
#: Season by the day: between these days it goes in a straight line.
_SEASON = (
    (date(2025, 6, 28), 0.90),
    (date(2025, 8, 15), 0.80),
    (date(2025, 9, 30), 1.00),
    (date(2025, 11, 15), 1.25),
    (date(2025, 11, 28), 1.90),
    (date(2025, 12, 16), 1.75),
    (date(2025, 12, 23), 1.20),
    (date(2025, 12, 25), 0.35),
    (date(2025, 12, 29), 1.15),
    (date(2026, 1, 1), 1.10),
)
#: Share of a day's conversations by hour, 0 to 23, before they are made to sum to one.
_OFFICE = (0, 0, 0, 0, 0, 0, 0, 0, 5, 9, 11, 11, 8, 7, 8, 8, 7, 6, 4, 3, 0, 0, 0, 0)
_EVENING = (0, 0, 0, 0, 0, 0, 0, 0, 3, 5, 6, 6, 8, 6, 5, 6, 7, 9, 11, 10, 0, 0, 0, 0)
_ANY = (1, 1, 1, 0, 0, 1, 2, 4, 6, 8, 8, 7, 7, 7, 6, 6, 6, 6, 6, 7, 8, 8, 5, 3)
HOURS = {
    "PHONE_CALL": _OFFICE,
    "CHAT": _EVENING,
    "SMS": _EVENING,
    "WHATSAPP": _EVENING,
    "EMAIL": _ANY,
}


def days() -> Iterator[date]:
    """Yield every day."""
    for number in range((END - START).days):
        yield START + timedelta(days=number)


def season(day: date) -> float:
    """Return how busy the time of the year is, about 1."""
    for (first, low), (last, high) in itertools.pairwise(_SEASON):
        if first <= day <= last:
            return low + (high - low) * ((day - first).days / (last - first).days)
    raise ValueError(f"{day} is not in the half year")


def is_bad(day: date) -> bool:
    """Say whether a day is in the bad week."""
    return BAD_WEEK[0] <= day < BAD_WEEK[1]


def club_share(day: date) -> float:
    """Return what the club adds, as a share of the rest: much at first, then less."""
    if day < LAUNCHED:
        return 0.0
    return 0.14 + 0.34 * math.exp(-(day - LAUNCHED).days / 9)


def volume(day: date) -> float:
    """Return how many conversations about all else begin on a day, on average."""
    strike = 1.35 if is_bad(day) else 1.0
    return ORDINARY_DAY * season(day) * _WEEKDAYS[day.weekday()] * strike


def at_clock(day: date, seconds: float) -> datetime:
    """Return the moment so many seconds after a day's midnight, on the wall clock."""
    local = datetime.combine(day, time()) + timedelta(seconds=seconds)
    return local.replace(tzinfo=zone(ZONE)).astimezone(UTC)


def some_time(rng: Random, day: date, channel: str) -> datetime:
    """Return a moment of a day at which somebody turns to a channel."""
    (hour,) = rng.choices(range(24), HOURS[channel])
    return at_clock(day, hour * 3600 + rng.random() * 3600)


def some_number(rng: Random, mean: float) -> int:
    """Return how many of something that happens ``mean`` times on average happen."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
