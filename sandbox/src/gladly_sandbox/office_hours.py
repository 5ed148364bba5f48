"""Time within opening hours, walked day by day on the clock of a schedule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from gladly_sandbox.clock import between, moment, zone
from gladly_sandbox.things import Json

Stretch = tuple[datetime, datetime]


def main_schedule(schedules: Iterable[Json]) -> Json | None:
    """Return the company's main schedule, if it has one."""
    return next((each for each in schedules if each["primary"]), None)


def business_ms(
    schedule: Json | None, start: datetime | None, end: datetime | None
) -> int | None:
    """Return the milliseconds from start to end in which a schedule is open."""
    if schedule is None or start is None or end is None:
        return None
    hours = schedule["officeHours"]
    clock = zone(hours["timezone"])
    day, last = start.astimezone(clock).date(), end.astimezone(clock).date()
    total = 0
    while day <= last:
        for opens, closes in _open_on(hours, day):
            total += max(0, between(max(opens, start), min(closes, end)))
        day += timedelta(days=1)
    return total


def _open_on(hours: Json, day: date) -> list[Stretch]:
    """Return when it is open on a day: its week, exceptions cut out and put in."""
    open_ones = list(_blocks(hours, hours.get(f"{day:%A}".lower(), []), day))
    for exception in hours.get("exceptions", []):
        begins, stops = moment(exception["start"]), moment(exception["stop"])
        kept = [
            part
            for opens, closes in open_ones
            for part in ((opens, min(closes, begins)), (max(opens, stops), closes))
        ]
        extra = [
            (max(opens, begins), min(closes, stops))
            for opens, closes in _blocks(hours, exception["scheduleBlocks"], day)
        ]
        open_ones = [part for part in (*kept, *extra) if part[0] < part[1]]
    return open_ones


def _blocks(hours: Json, blocks: Iterable[Json], day: date) -> Iterator[Stretch]:
    clock = zone(hours["timezone"])
    for block in blocks:
        opens, closes = (
            moment(datetime.combine(day, time.fromisoformat(block[end]), tzinfo=clock))
            for end in ("start", "stop")
        )
        yield opens, closes
