"""Days, and what conversations were open when: what daily tables are counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from gladly_sandbox.truth.tables import Row

#: Start and end of a stretch of time; an end of None is still to come.
Stretch = tuple[datetime, datetime | None]


class Clock:
    """Days of a time zone."""

    def __init__(self, zone: str) -> None:
        """Divide days by the midnights of an IANA zone."""
        self.zone = ZoneInfo(zone)

    def day(self, moment: datetime) -> date:
        """Return the day of a moment in naive UTC."""
        return moment.replace(tzinfo=timezone.utc).astimezone(self.zone).date()

    def end(self, day: date) -> datetime:
        """Return the last millisecond before the next day, naive UTC."""
        midnight = datetime.combine(day + timedelta(days=1), time(), self.zone)
        utc = midnight.astimezone(timezone.utc).replace(tzinfo=None)
        return utc - timedelta(milliseconds=1)


class Family:
    """A canonical conversation and all it absorbed."""

    def __init__(self) -> None:
        """Begin with no member."""
        #: Of each member: stretches with status and how they ended.
        self.statuses: dict[str, list[tuple[Stretch, str, str | None]]] = {}
        self.inboxes: dict[str, list[tuple[Stretch, str | None]]] = {}

    def is_open(self, moment: datetime | None) -> bool:
        """Return whether it is open at a moment; None is now."""
        return any(
            status == "open" and lasts(stretch, moment)
            for member in self.statuses.values()
            for stretch, status, _ in member
        )

    def open_inboxes(self, moment: datetime | None) -> set[str | None]:
        """Return in which inboxes it is open at a moment; None is now."""
        return {
            inbox
            for member, given in self.inboxes.items()
            for stretch, inbox in given
            if lasts(stretch, moment)
            and any(
                status == "open" and lasts(each, moment)
                for each, status, _ in self.statuses.get(member, [])
            )
        }

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
            if lasts(stretch, moment):
                return inbox
        return None


def families_of(tables: dict[str, list[Row]]) -> dict[str, Family]:
    """Return who was open and assigned when, by canonical conversation."""
    made: dict[str, Family] = defaultdict(Family)
    statuses = sorted(
        tables["fct_conversation_status_intervals"], key=lambda row: row["valid_from"]
    )
    for row in statuses:
        stretch = stretch_of(row["valid_from"], row["valid_to"])
        member = made[row["conversation_id"]].statuses
        member.setdefault(row["reported_conversation_id"], []).append(
            (stretch, row["status"], row["ended_by"])
        )
    for row in tables["fct_conversation_assignments"]:
        stretch = stretch_of(row["assigned_at"], row["unassigned_at"])
        given = made[row["conversation_id"]].inboxes
        given.setdefault(row["reported_conversation_id"], []).append(
            (stretch, row["inbox_id"])
        )
    return dict(made)


def lasts(stretch: Stretch, moment: datetime | None) -> bool:
    """Return whether a stretch holds a moment; None is now."""
    start, end = stretch
    if moment is None:
        return end is None
    return start <= moment and (end is None or moment < end)


def stretch_of(start: str, end: str | None) -> Stretch:
    """Return a stretch from what truth rows print."""
    return moment_of(start), None if end is None else moment_of(end)


def moment_of(text: str) -> datetime:
    """Return a moment as truth rows print it."""
    return datetime.fromisoformat(text)


def days_between(first: date, last: date) -> Iterable[date]:
    """Return the days from the first to the last, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
