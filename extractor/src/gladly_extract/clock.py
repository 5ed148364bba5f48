"""The time here and at Gladly, and how file names print it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import anyio

UTC = timezone.utc
#: A difference that Date, which has no fractions, and the way back explain.
_SAME = timedelta(seconds=5)


def stamp(at: datetime) -> str:
    """Print a moment as file names do: ``20250301T093000Z``."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def read_stamp(text: str) -> datetime:
    """Return the moment that ``stamp`` printed.

    Raises:
        ValueError: for anything else.
    """
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def stamp_of(text: str | None) -> str | None:
    """Return a time from a report or event as a stamp; None when it is none.

    Reads ``2025-03-01 09:30:00.250`` as UTC, which reports are asked for in, and
    ISO 8601 with an offset.
    """
    if not text:
        return None
    plain = text.strip().replace(" ", "T", 1)
    head, dot, tail = plain.partition(".")
    zone_text = tail.lstrip("0123456789") if dot else ""
    made = f"{head}{zone_text}".replace("Z", "+00:00")
    try:
        parsed = datetime.fromisoformat(made)
    except ValueError:
        return None
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=UTC)
    return stamp(parsed)


class Clock:
    """Has the time; Gladly's, once a response has said it.

    A capture time must not depend on how well the clock of this machine is set: the
    newest capture wins, and the tables' "now" is the newest of all. So responses are
    dated by their Date header.
    """

    def __init__(self) -> None:
        """Start without knowing Gladly's time."""
        self.skew = timedelta()
        self._heard: datetime | None = None

    def monotonic(self) -> float:
        """Return seconds that only go forward."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await anyio.sleep(seconds)

    def here(self) -> datetime:
        """Return the time of this machine, UTC."""
        return datetime.now(UTC)

    def now(self) -> datetime:
        """Return Gladly's time as of its last response, to the second, UTC."""
        return self._heard or self.here().replace(microsecond=0)

    def hear(self, date: str | None) -> datetime:
        """Return when a response was made, and learn Gladly's time from it.

        Args:
            date: its Date header; without one it is now.
        """
        if date is None:
            return self.now()
        try:
            there = parsedate_to_datetime(date).astimezone(UTC)
        except ValueError:
            return self.now()
        self._heard = max(there, self._heard or there)
        if abs(there - (self.here() + self.skew)) > _SAME:
            self.skew = there - self.here()
        return there

    def is_off(self) -> bool:
        """Return whether the clock of this machine is wrong by more than a minute."""
        return abs(self.skew) > timedelta(minutes=1)
