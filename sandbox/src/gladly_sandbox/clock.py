"""Moments in UTC with millisecond precision, and how extracts print them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

UTC = timezone.utc
When = datetime | str


def moment(when: When) -> datetime:
    """Return ``when`` as an aware UTC datetime, cut to whole milliseconds.

    Args:
        when: an aware datetime, or text such as ``2025-03-01``,
            ``2025-03-01 09:30`` or ``2025-03-01T09:30:00.250Z``. Text without an
            offset is read as UTC.

    Raises:
        ValueError: for a naive datetime or unreadable text.
    """
    if isinstance(when, str):
        text = when.strip().replace(" ", "T")
        if text.endswith("Z"):
            text = text[:-1] + "+00:00"
        try:
            parsed = datetime.fromisoformat(_pad_fraction(text))
        except ValueError as error:
            raise ValueError(f"not a moment: {when!r}") from error
        if parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=UTC)
    else:
        if when.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {when!r}")
        parsed = when
    parsed = parsed.astimezone(UTC)
    return parsed.replace(microsecond=parsed.microsecond // 1000 * 1000)


def _pad_fraction(text: str) -> str:
    """Give a fraction exactly six digits: Python 3.10 reads only 3 or 6."""
    head, dot, tail = text.partition(".")
    if not dot:
        return text
    digits = len(tail) - len(tail.lstrip("0123456789"))
    return f"{head}.{tail[:digits][:6].ljust(6, '0')}{tail[digits:]}"


def seconds(amount: float) -> timedelta:
    """Return a duration of ``amount`` seconds."""
    return timedelta(seconds=amount)


def rfc3339(at: datetime) -> str:
    """Print as export files and REST do: ``2025-03-01T09:30:00.250Z``."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """Return the IANA time zone called ``name``.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: when there is no such zone.
    """
    return UTC if name == "UTC" else ZoneInfo(name)


def naive(at: datetime, timezone_name: str = "UTC") -> str:
    """Print as report CSVs do: local, space-separated, without offset."""
    local = at if timezone_name == "UTC" else at.astimezone(zone(timezone_name))
    return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03d}"


def file_stamp(at: datetime) -> str:
    """Print as file names do: ``20250301T093000Z``."""
    return f"{at:%Y%m%dT%H%M%SZ}"


def naive_utc(at: datetime | None) -> str | None:
    """Print as truth rows do: ``2025-03-01 09:30:00.250``, null stays null."""
    return None if at is None else naive(at)


def local_date(at: datetime, timezone_name: str = "UTC") -> date:
    """Return the calendar date of ``at`` in a time zone."""
    return at.astimezone(zone(timezone_name)).date()


def milliseconds(amount: float) -> int:
    """Turn seconds into whole milliseconds, the unit the world keeps."""
    return round(amount * 1000)


def between(start: datetime, end: datetime) -> int:
    """Return the milliseconds from ``start`` to ``end``."""
    gap = end - start
    return (gap.days * 86_400 + gap.seconds) * 1000 + gap.microseconds // 1000


def decimal(amount_ms: int | None) -> str:
    """Print milliseconds as decimal seconds: 35529 -> ``35.529``, 60000 -> ``60``."""
    if amount_ms is None:
        return ""
    sign = "-" if amount_ms < 0 else ""
    whole, rest = divmod(abs(amount_ms), 1000)
    return (
        f"{sign}{whole}.{rest:03d}".rstrip("0").rstrip(".")
        if rest
        else (f"{sign}{whole}")
    )
