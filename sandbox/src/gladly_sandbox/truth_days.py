"""The truth about the days of inboxes and topics, replayed moment by moment.

Works on the rows of other truth tables: who was open, assigned and tagged when. Each
conversation is asked anew at each of its moments in which inboxes it is open, and each
day at its end; nothing is added up from one day to the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
#: Start and end of a stretch of time; an end of None is still to come.
Stretch = tuple[datetime, datetime | None]

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
    clock = _Clock(zone)
    families = _families(tables)
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
                sums[inbox, clock.day(_moment(row[at]))][count] += 1
        if row["queued_at"] is not None:
            there = row["queued_inbox_id"], clock.day(_moment(row["queued_at"]))
            customers[there].add(row["customer_id"])
        if row["fulfilled_at"] is not None and row["is_within_sla"]:
            day = clock.day(_moment(row["fulfilled_at"]))
            sums[last, day]["contacts_within_sla_count"] += 1
        if row["contact_status"] == "abandoned":
            day = clock.day(_moment(row["ended_at"]))
            sums[last, day]["contacts_abandoned_count"] += 1
    worked: dict[tuple[str | None, date], Counter[str]] = defaultdict(Counter)
    for row in tables["fct_work_sessions"]:
        day = clock.day(_moment(row["contact_ended_at"] or row["contact_created_at"]))
        for name in ("handle_seconds", "after_contact_seconds"):
            # Whole milliseconds, so that the order of adding does not matter.
            worked[row["inbox_id"], day][name] += round(row[name] * 1000)
    today = clock.day(_moment(as_of))
    active: dict[str | None, list[date]] = defaultdict(list)
    for inbox, day in [*sums, *worked]:
        active[inbox].append(day)
    for inbox, seen in active.items():
        still = any(family.is_open_in(inbox, None) for family in families.values())
        last_day = max(*seen, today) if still else max(seen)
        for day in _days(min(seen), last_day):
            end = clock.end(day)
            yield {
                "inbox_id": inbox,
                "activity_date": day.isoformat(),
                **{f"{how}_count": 0 for how in MOVEMENTS},
                "contacts_queued_count": 0,
                "contacts_fulfilled_count": 0,
                "contacts_within_sla_count": 0,
                "contacts_ended_count": 0,
                "contacts_abandoned_count": 0,
                **sums[inbox, day],
                "open_count": sum(
                    family.is_open_in(inbox, end) for family in families.values()
                ),
                "handle_seconds": worked[inbox, day]["handle_seconds"] / 1000,
                "after_contact_seconds": worked[inbox, day]["after_contact_seconds"]
                / 1000,
                "customer_count": len(customers[inbox, day]),
            }


def topic_days(tables: dict[str, list[Row]], as_of: str, zone: str) -> Iterator[Row]:
    """Yield rows of fct_topic_daily.

    Args:
        tables: truth of status intervals, topics on conversations, ancestors of topics
            and work sessions.
        as_of: now, naive UTC text.
        zone: IANA zone whose midnights divide the days.
    """
    clock = _Clock(zone)
    families = _families(tables)
    below: dict[str, set[str]] = defaultdict(set)
    for row in tables["bridge_topic_ancestors"]:
        below[row["ancestor_topic_id"]].add(row["topic_id"])
    stays: dict[str, list[tuple[str, Stretch]]] = defaultdict(list)
    for row in tables["fct_conversation_topics"]:
        start = _moment(row["added_at"]) if row["added_at"] else datetime.min
        end = _moment(row["removed_at"]) if row["removed_at"] else None
        stays[row["conversation_id"]].append((row["topic_id"], (start, end)))
    shares = _handling(tables, clock, stays)
    today = clock.day(_moment(as_of))
    for topic, members in below.items():
        own = _Tagged(families, stays, {topic}, clock)
        branch = _Tagged(families, stays, members, clock, is_branch=True)
        handled = {day: value for (each, day), value in shares.items() if each == topic}
        above: dict[date, float] = defaultdict(float)
        for (each, day), value in shares.items():
            if each in members:
                above[day] += value
        seen = {*own.counts, *branch.counts, *handled, *above}
        if not seen:
            continue
        last_day = max(*seen, today) if branch.open_at(None) else max(seen)
        for day in _days(min(seen), last_day):
            made: Row = {"topic_id": topic, "activity_date": day.isoformat()}
            for prefix, tagged in (("", own), ("branch_", branch)):
                for name in ("created", "added", "removed", "closed"):
                    made[f"{prefix}{name}_count"] = tagged.counts[day][name]
                made[f"{prefix}open_count"] = tagged.open_at(clock.end(day))
            made["handle_seconds"] = handled.get(day, 0.0)
            made["branch_handle_seconds"] = above.get(day, 0.0)
            yield made


class _Clock:
    """Days of a time zone."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)

    def day(self, moment: datetime) -> date:
        return moment.replace(tzinfo=timezone.utc).astimezone(self.zone).date()

    def end(self, day: date) -> datetime:
        """Return the last millisecond before the next day, naive UTC."""
        midnight = datetime.combine(day + timedelta(days=1), time(), self.zone)
        utc = midnight.astimezone(timezone.utc).replace(tzinfo=None)
        return utc - timedelta(milliseconds=1)


class _Family:
    """A canonical conversation and all it absorbed."""

    def __init__(self) -> None:
        #: Of each member: stretches with status and how they ended.
        self.statuses: dict[str, list[tuple[Stretch, str, str | None]]] = {}
        self.inboxes: dict[str, list[tuple[Stretch, str | None]]] = {}

    def is_open(self, moment: datetime | None) -> bool:
        """Return whether it is open at a moment; None is now."""
        return any(
            status == "open" and _lasts(stretch, moment)
            for member in self.statuses.values()
            for stretch, status, _ in member
        )

    def open_inboxes(self, moment: datetime | None) -> set[str | None]:
        """Return in which inboxes it is open at a moment; None is now."""
        return {
            inbox
            for member, given in self.inboxes.items()
            for stretch, inbox in given
            if _lasts(stretch, moment)
            and any(
                status == "open" and _lasts(each, moment)
                for each, status, _ in self.statuses.get(member, [])
            )
        }

    def is_open_in(self, inbox: str | None, moment: datetime | None) -> bool:
        """Return whether it is open in an inbox at a moment; None is now."""
        return inbox in self.open_inboxes(moment)

    def movements(self) -> Iterator[tuple[str | None, datetime, str]]:
        """Yield inbox, moment and how, whenever it came or went."""
        stretches = [
            *(each[0] for member in self.statuses.values() for each in member),
            *(each[0] for member in self.inboxes.values() for each in member),
        ]
        edges = {edge for each in stretches for edge in each if edge is not None}
        before: set[str | None] = set()
        for moment in sorted(edges):
            now = self.open_inboxes(moment)
            for inbox in now - before:
                yield inbox, moment, self._came(inbox, moment)
            for inbox in before - now:
                yield inbox, moment, self._left(inbox, moment)
            before = now

    def _came(self, inbox: str | None, moment: datetime) -> str:
        for member, statuses in self.statuses.items():
            for number, (stretch, status, _) in enumerate(statuses):
                if status == "open" and stretch[0] == moment:
                    there = self._inbox(member, moment)
                    if there == inbox:
                        return "reopened" if number else "created"
        return "assigned_in"

    def _left(self, inbox: str | None, moment: datetime) -> str:
        just_before = moment - timedelta(milliseconds=1)
        for member, statuses in self.statuses.items():
            for stretch, status, ended_by in statuses:
                if status == "open" and stretch[1] == moment and ended_by:
                    there = self._inbox(member, just_before)
                    if there == inbox:
                        return ended_by
        return "assigned_out"

    def _inbox(self, member: str, moment: datetime) -> str | None:
        for stretch, inbox in self.inboxes.get(member, []):
            if _lasts(stretch, moment):
                return inbox
        return None


class _Tagged:
    """What counts for a topic, or for a branch of topics."""

    def __init__(
        self,
        families: dict[str, _Family],
        stays: dict[str, list[tuple[str, Stretch]]],
        topics: set[str],
        clock: _Clock,
        *,
        is_branch: bool = False,
    ) -> None:
        self.families = families
        self.stays = {
            conversation: [stretch for topic, stretch in each if topic in topics]
            for conversation, each in stays.items()
        }
        self.counts: dict[date, Counter[str]] = defaultdict(Counter)
        for conversation, stretches in self.stays.items():
            if not stretches:
                continue
            family = families.get(conversation)
            own = family.statuses.get(conversation, []) if family else []
            if own:
                self.counts[clock.day(own[0][0][0])]["created"] += 1
            edges = sorted(
                {edge for each in stretches for edge in each if edge is not None}
            )
            was_on = False
            for edge in edges:
                is_on = any(_lasts(each, edge) for each in stretches)
                # Of a topic one that follows another without a pause is a change, of a
                # branch it is none: another topic below took its place.
                follows = (
                    not is_branch
                    and is_on
                    and was_on
                    and self._restarts(stretches, edge)
                )
                if was_on and (not is_on or follows):
                    self.counts[clock.day(edge)]["removed"] += 1
                if is_on and (not was_on or follows) and edge != datetime.min:
                    self.counts[clock.day(edge)]["added"] += 1
                was_on = is_on
            for statuses in family.statuses.values() if family else ():
                for stretch, _, ended_by in statuses:
                    end = stretch[1]
                    # A day on which nothing counts is no day of the topic's.
                    if (
                        ended_by == "closed"
                        and end is not None
                        and any(_lasts(each, end) for each in stretches)
                    ):
                        self.counts[clock.day(end)]["closed"] += 1
        #: When somebody begins or ceases to be open with it, for the span of days.
        for conversation, stretches in self.stays.items():
            family = families.get(conversation)
            if family is None:
                continue
            edges = sorted(
                {
                    edge
                    for stretch in [
                        *stretches,
                        *(s for each in family.statuses.values() for s, *_ in each),
                    ]
                    for edge in stretch
                    if edge is not None
                }
            )
            was = False
            for edge in edges:
                now = family.is_open(edge) and any(_lasts(s, edge) for s in stretches)
                if now != was:
                    self.counts[clock.day(edge)]["moved"] += 1
                was = now

    @staticmethod
    def _restarts(stretches: list[Stretch], edge: datetime) -> bool:
        before = edge - timedelta(milliseconds=1)
        return not any(
            _lasts(each, before) and _lasts(each, edge) for each in stretches
        )

    def open_at(self, moment: datetime | None) -> int:
        """Return how many conversations are open with it at a moment; None is now."""
        return sum(
            family.is_open(moment) and any(_lasts(each, moment) for each in stretches)
            for conversation, stretches in self.stays.items()
            if (family := self.families.get(conversation)) is not None
        )


def _families(tables: dict[str, list[Row]]) -> dict[str, _Family]:
    made: dict[str, _Family] = defaultdict(_Family)
    statuses = sorted(
        tables["fct_conversation_status_intervals"], key=lambda row: row["valid_from"]
    )
    for row in statuses:
        stretch = _stretch(row["valid_from"], row["valid_to"])
        member = made[row["conversation_id"]].statuses
        member.setdefault(row["reported_conversation_id"], []).append(
            (stretch, row["status"], row["ended_by"])
        )
    for row in tables["fct_conversation_assignments"]:
        stretch = _stretch(row["assigned_at"], row["unassigned_at"])
        given = made[row["conversation_id"]].inboxes
        given.setdefault(row["reported_conversation_id"], []).append(
            (stretch, row["inbox_id"])
        )
    return dict(made)


def _handling(
    tables: dict[str, list[Row]],
    clock: _Clock,
    stays: dict[str, list[tuple[str, Stretch]]],
) -> dict[tuple[str, date], float]:
    """Return seconds by topic and day, shared out over the current topics."""
    made: dict[tuple[str, date], float] = defaultdict(float)
    for row in tables["fct_work_sessions"]:
        current = [
            topic
            for topic, stretch in stays.get(row["conversation_id"], [])
            if stretch[1] is None
        ]
        day = clock.day(_moment(row["contact_ended_at"] or row["contact_created_at"]))
        for topic in current:
            made[topic, day] += row["handle_seconds"] / len(current)
    return made


def _lasts(stretch: Stretch, moment: datetime | None) -> bool:
    start, end = stretch
    if moment is None:
        return end is None
    return start <= moment and (end is None or moment < end)


def _stretch(start: str, end: str | None) -> Stretch:
    return _moment(start), None if end is None else _moment(end)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
