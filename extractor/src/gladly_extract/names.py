"""Names of extract files: the capture time, and what was asked for.

The name is all that says which days a report covers, so that the state of a folder can
be read from the folder alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gladly_extract.clock import stamp

_CAPTURE = re.compile(r"^(\d{8}T\d{6}Z)__(.*)\.(?:csv|jsonl?)$")
_DAYS = re.compile(r"^(\d{8})(?:T(\d{4}))?-(\d{8})(?:T(\d{4}))?(-capped)?$")
_TIMES = re.compile(r"^(\d{8}T\d{6}Z)-(\d{8}T\d{6}Z)$")


@dataclass(frozen=True)
class Named:
    """What the name of a file says.

    Attributes:
        kind: its folder, such as ``reports/AnswerUsageReport``, or for a file of an
            export job ``exports/<name>``.
        captured_at: stamp; empty for files of export jobs.
        first: first day covered, ``2025-03-01``, or for events the first moment, a
            stamp; empty where the name does not say.
        last: last of them, included.
        is_part: whether it is part of a day, and not the last one.
        is_capped: whether rows are known to be missing.
    """

    kind: str
    captured_at: str = ""
    first: str = ""
    last: str = ""
    is_part: bool = False
    is_capped: bool = False


def read_name(path: str) -> Named | None:
    """Return what a path below the folder says; None for no extract."""
    parts = path.removesuffix(".gz").split("/")
    if parts[0] == "exports":
        return Named(f"exports/{parts[2]}") if len(parts) == 3 else None
    found = _CAPTURE.match(parts[-1])
    levels = 2 if parts[0] == "events" else 3
    if (
        not found
        or len(parts) != levels
        or parts[0] not in ("events", "reports", "entities", "lookups")
    ):
        return None
    kind = "/".join(parts[:-1])
    captured_at, label = found[1], found[2]
    if parts[0] == "reports" and (days := _DAYS.match(label)):
        return Named(
            kind,
            captured_at,
            _iso(days[1]),
            _iso(days[3]),
            # The parts of a day are pulled in order: with the last one all are there.
            is_part=days[4] is not None and not label.endswith("T2359"),
            is_capped=days[5] is not None,
        )
    if parts[0] == "events" and (times := _TIMES.match(label)):
        return Named(kind, captured_at, times[1], times[2])
    return Named(kind, captured_at)


def _iso(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def report_name(
    folder: str,
    at: datetime,
    first: date | datetime,
    last: date | datetime,
    *,
    capped: bool = False,
) -> str:
    """Return the path of a report over days, or moments of one day, both included."""
    if isinstance(first, datetime):
        label = f"{first:%Y%m%dT%H%M}-{last:%Y%m%dT%H%M}"
    else:
        label = f"{first:%Y%m%d}-{last:%Y%m%d}"
    end = "-capped" if capped else ""
    return f"reports/{folder}/{stamp(at)}__{label}{end}.csv"


def events_name(at: datetime, first: datetime, last: datetime) -> str:
    """Return the path of events recorded between two moments."""
    return f"events/{stamp(at)}__{stamp(first)}-{stamp(last)}.jsonl"


def list_name(entity: str, at: datetime) -> str:
    """Return the path of a full list."""
    return f"entities/{entity}/{stamp(at)}__list.json"


def batch_label(ids: Iterable[str]) -> str:
    """Return a label that the same ids give again."""
    digest = hashlib.blake2b("\n".join(ids).encode(), digest_size=5)
    return f"of-{digest.hexdigest()}"


def batch_name(folder: str, at: datetime, label: str) -> str:
    """Return the path of objects that were fetched one by one."""
    return f"{folder}/{stamp(at)}__{label}.jsonl"
