"""The truth about the days of inboxes, replayed moment by moment.

Works on the rows of other truth tables: who was open, assigned and tagged when. Each
conversation is asked anew at each of its moments in which inboxes it is open, and each
day at its end; nothing is added up from one day to the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache

from gladly_sandbox.truth.days import (
    Clock,
    days_between,
    families_of,
    moment_of,
)
from gladly_sandbox.truth.tables import Row

#: What is in no inbox is counted under this one.
UNASSIGNED = "unassigned"
MOVEMENTS = (
    "created",
    "reopened",
    "assigned_in",
    "closed",
    "assigned_out",
    "merged",
    "deleted",
)


def inbox_days(tables: dict[str, list[Row]], as_of: str, zone: str) -> Iterator[Row]:
    """Yield rows of fct_inbox_daily.

    Args:
        tables: truth of status intervals, assignments, contacts and work sessions.
        as_of: now, naive UTC text.
        zone: IANA zone whose midnights divide the days.
    """
    clock = Clock(zone)
    families = families_of(tables)
    sums: dict[tuple[str | None, date], Counter[str]] = defaultdict(Counter)
    customers: dict[tuple[str | None, date], set[str]] = defaultdict(set)
    for family in families.values():
        for inbox, moment, how in family.movements():
            sums[inbox, clock.day(moment)][f"{how}_count"] += 1
    for row in tables["fct_contacts"]:
        last = row["ended_inbox_id"] or row["queued_inbox_id"]
        for inbox, at, count in (
            (row["queued_inbox_id"], "queued_at", "contacts_queued_count"),
            (last, "fulfilled_at", "contacts_fulfilled_count"),
            (last, "ended_at", "contacts_ended_count"),
        ):
            if row[at] is not None:
                sums[inbox, clock.day(moment_of(row[at]))][count] += 1
        if row["queued_at"] is not None:
            there = row["queued_inbox_id"], clock.day(moment_of(row["queued_at"]))
            customers[there].add(row["customer_id"])
        if row["fulfilled_at"] is not None and row["is_within_sla"]:
            day = clock.day(moment_of(row["fulfilled_at"]))
            sums[last, day]["contacts_within_sla_count"] += 1
        if row["contact_status"] == "abandoned":
            day = clock.day(moment_of(row["ended_at"]))
            sums[last, day]["contacts_abandoned_count"] += 1
    worked: dict[tuple[str | None, date], Counter[str]] = defaultdict(Counter)
    for row in tables["fct_work_sessions"]:
        day = clock.day(moment_of(row["contact_ended_at"] or row["contact_created_at"]))
        for name in ("handle_seconds", "after_contact_seconds"):
            # Whole milliseconds, so that the order of adding does not matter.
            worked[row["inbox_id"], day][name] += round(row[name] * 1000)
    today = clock.day(moment_of(as_of))
    active: dict[str | None, list[date]] = defaultdict(list)
    for inbox, day in [*sums, *worked]:
        active[inbox].append(day)

    @cache
    def open_in(day: date | None) -> Counter[str | None]:
        end = None if day is None else clock.end(day)
        return Counter(
            inbox for family in families.values() for inbox in family.open_inboxes(end)
        )

    for inbox, seen in active.items():
        still = open_in(None)[inbox] > 0
        last_day = max(*seen, today) if still else max(seen)
        for day in days_between(min(seen), last_day):
            yield {
                "inbox_id": inbox or UNASSIGNED,
                "activity_date": day.isoformat(),
                **{f"{how}_count": 0 for how in MOVEMENTS},
                "contacts_queued_count": 0,
                "contacts_fulfilled_count": 0,
                "contacts_within_sla_count": 0,
                "contacts_ended_count": 0,
                "contacts_abandoned_count": 0,
                **sums[inbox, day],
                "open_count": open_in(day)[inbox],
                "handle_seconds": worked[inbox, day]["handle_seconds"] / 1000,
                "after_contact_seconds": worked[inbox, day]["after_contact_seconds"]
                / 1000,
                "customer_count": len(customers[inbox, day]),
            }
