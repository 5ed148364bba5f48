"""When the book's extracts are pulled, and over which windows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from gladly_sandbox.extracts import ENTITIES, Capture, Pull, Window

#: Mondays with a full pull at 02:00 UTC.
FIRST_MONDAY, LAST_MONDAY = date(2025, 1, 20), date(2025, 4, 14)
#: The Monday whose report times are printed in New York time (story 50).
NEW_YORK_MONDAY = date(2025, 3, 10)
#: The Monday whose report times are printed with an offset.
ISO_MONDAY = date(2025, 1, 27)
#: The Monday on which every id seen so far is looked up for the first time.
LOOKUP_MONDAY = date(2025, 3, 3)
#: Last capture of the book.
LAST_DAY = date(2025, 6, 30)
#: Files of a daily job: any file may be missing from a job.
DAILY_FILES = ("conversation_items.jsonl", "customers.jsonl")
#: Reports that were pulled in 2022 already.
THEN_KNOWN = (
    "ConversationExportReport",
    "ConversationTimestampsReport",
    "ContactExportReportV3",
    "WorkSessionEvents",
)


def mondays() -> list[date]:
    """Return the days of the weekly pulls."""
    weeks = (LAST_MONDAY - FIRST_MONDAY).days // 7
    return [FIRST_MONDAY + timedelta(weeks=week) for week in range(weeks + 1)]


def book_plan(watched: Iterable[str], extra: Iterable[Capture]) -> list[Capture]:
    """Return every capture of the book, by kind.

    Args:
        watched: days with an events pull and an export job of their own.
        extra: captures that stories ask for.
    """
    return [
        _long_ago(),
        *(_weekly(monday) for monday in mondays()),
        *(_daily(date.fromisoformat(day)) for day in sorted(watched)),
        *_monthly(),
        *extra,
        _last(),
    ]


def _at(day: date, hour: int = 2) -> str:
    return f"{day} {hour:02d}:00"


def _days(last: date, count: int) -> Window:
    """Return the window of a last date, included, and some days before it."""
    return (str(last - timedelta(days=count)), str(last))


def _reports(last: date, days: int, *, trailing: int) -> dict[str, Window]:
    """Return usual windows: trailing where rows change after the fact."""
    recent, behind = _days(last, days), _days(last, trailing)
    return {
        "ConversationExportReport": behind,
        "ConversationTimestampsReport": recent,
        "ContactTimestampsReport": recent,
        "ContactExportReportV3": behind,
        "WorkSessionEvents": (behind[0], _at(last)),
        "AgentTimestampsReport": recent,
        "AnswerUsageReport": recent,
    }


def _long_ago() -> Capture:
    day = date(2022, 3, 1)
    reports = _reports(day, 28, trailing=28)
    return Capture(
        _at(day),
        "monthly",
        reports={name: reports[name] for name in THEN_KNOWN},
        exports=[Pull("2022-02-01", "2022-02-28")],
        entities=("agents", "inboxes", "topics"),
    )


def _weekly(monday: date) -> Capture:
    """Pull a week; consecutive windows share a day, since last days are included."""
    is_lookup = monday == LOOKUP_MONDAY
    return Capture(
        _at(monday),
        "weekly",
        reports=_reports(monday, 7, trailing=14),
        # Jobs are asked for in UTC, whatever zone the reports are in.
        exports=[Pull(f"{monday - timedelta(days=7)} 00:00", f"{monday} 01:00")],
        entities=ENTITIES if monday.day < 8 else ENTITIES[:4],
        profiles="seen" if is_lookup else (),
        conversations="open",
        customer_lookups="seen" if is_lookup else (),
        conversation_lookups="seen" if is_lookup else (),
        timezone="America/New_York" if monday == NEW_YORK_MONDAY else "UTC",
        iso=monday == ISO_MONDAY,
    )


def _daily(day: date) -> Capture:
    """Pull the Events API and an export job for the 24 hours before 02:00."""
    until = day + timedelta(days=1)
    return Capture(
        _at(until),
        "daily",
        events=(_at(day), _at(until)),
        exports=[Pull(_at(day, 0), _at(until, 0), files=DAILY_FILES)],
    )


def _monthly() -> list[Capture]:
    made = []
    for day, days in ((date(2025, 5, 1), 17), (date(2025, 6, 1), 31)):
        made.append(
            Capture(
                _at(day),
                "monthly",
                reports=_reports(day, days, trailing=days + 14),
                exports=[Pull(str(day - timedelta(days=days)), f"{day} 01:00")],
                entities=ENTITIES,
            )
        )
    return made


def _last() -> Capture:
    """Pull recomputed reports over all time, and look up every id ever seen."""
    always = ("2022-01-01", str(LAST_DAY))
    reports = _reports(LAST_DAY, 29, trailing=43)
    reports["ConversationExportReport"] = always
    reports["ConversationTimestampsReport"] = always
    reports["AnswerUsageReport"] = always
    return Capture(
        _at(LAST_DAY),
        "history",
        reports=reports,
        exports=[Pull("2025-06-01", f"{LAST_DAY} 01:00")],
        entities=ENTITIES,
        profiles="seen",
        conversations="seen",
        customer_lookups="seen",
        conversation_lookups="seen",
    )
