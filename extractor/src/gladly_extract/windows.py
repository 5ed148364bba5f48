"""Which days of a report are due, and in which requests.

A day has settled when it was captured so long after its end that nothing of it changes
any more. All days from the first that was ever captured that have not settled are due:
days missed while nothing ran are among them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gladly_extract.clock import UTC

DAY = timedelta(days=1)
#: Days in one request, at most.
MOST_DAYS = 31
#: A window is made for so much of the cap.
SHARE = 0.7
#: From here on a body may be cut.
NEAR = 0.9


@dataclass(frozen=True)
class Window:
    """Days of a report, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many."""
        return (self.last - self.first).days + 1

    def halves(self) -> tuple[Window, Window]:
        """Return two windows, the first not the shorter one.

        Raises:
            ValueError: for a single day.
        """
        if self.days < 2:
            raise ValueError("a day has no halves")
        middle = self.first + DAY * ((self.days + 1) // 2 - 1)
        return Window(self.first, middle), Window(middle + DAY, self.last)


def days_between(first: date, last: date) -> list[date]:
    """Return every day from the first to the last, both included."""
    return [first + DAY * n for n in range((last - first).days + 1)]


def due_days(
    captured: dict[date, datetime],
    begin: date,
    now: datetime,
    *,
    settles: timedelta,
    fresh: timedelta,
    followed: Iterable[date] = (),
    full_pass: timedelta | None = None,
) -> list[date]:
    """Return the days to ask for, ascending.

    Args:
        captured: when each day was captured last.
        begin: first day of interest.
        now: Gladly's time.
        settles: how long after its end a day may change.
        fresh: what was captured within this time is not due.
        followed: days that are due although they have settled.
        full_pass: once a day was captured so long ago, all days are due.
    """
    wanted = set(followed)
    is_passing = full_pass is not None and any(
        at <= now - full_pass for day, at in captured.items() if day >= begin
    )
    found = []
    for day in days_between(begin, now.date()):
        at = captured.get(day)
        if at is not None and at > now - fresh:
            continue
        end = datetime.combine(day + DAY, time(), UTC)
        has_settled = at is not None and at >= end + settles
        if not has_settled or day in wanted or is_passing:
            found.append(day)
    return found


def cut(days: Iterable[date], most: int = MOST_DAYS) -> list[Window]:
    """Return windows over days: unbroken, within one month, at most so many days.

    They begin at fixed days of the month, so that a pull that was stopped asks for the
    same windows when it goes on.
    """
    windows: list[Window] = []
    for day in sorted(days):
        if (
            windows
            and windows[-1].last + DAY == day
            and _piece(windows[-1].last, most) == _piece(day, most)
        ):
            windows[-1] = Window(windows[-1].first, day)
        else:
            windows.append(Window(day, day))
    return windows


def _piece(day: date, most: int) -> tuple[int, int, int]:
    return day.year, day.month, (day.day - 1) // most


def most_days(rows_a_day: float, cap: int) -> int:
    """Return how many days fit one request."""
    if rows_a_day <= 0:
        return MOST_DAYS
    return max(1, min(MOST_DAYS, int(SHARE * cap / rows_a_day)))


def is_near(rows: int, caps: Iterable[int]) -> bool:
    """Return whether so many rows may be all that a cap let through."""
    return any(NEAR * cap <= rows <= cap for cap in caps)


def cap_of(most_rows: int, caps: Iterable[int]) -> int:
    """Return the cap of a report that once held so many rows."""
    known = sorted(caps)
    return next((cap for cap in known if most_rows <= cap), known[-1])
