"""The truth about the days of topics, replayed moment by moment.

Works on the rows of other truth tables: who was open, assigned and tagged when. Each
conversation is asked anew at each of its moments in which inboxes it is open, and each
day at its end; nothing is added up from one day to the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from gladly_sandbox.truth.days import (
    Clock,
    Family,
    Stretch,
    days_between,
    families_of,
    lasts,
    moment_of,
)
from gladly_sandbox.truth.tables import Row


def topic_days(tables: dict[str, list[Row]], as_of: str, zone: str) -> Iterator[Row]:
    """Yield rows of fct_topic_daily.

    Args:
        tables: truth of status intervals, topics on conversations, ancestors of topics
            and work sessions.
        as_of: now, naive UTC text.
        zone: IANA zone whose midnights divide the days.
    """
    clock = Clock(zone)
    families = families_of(tables)
    below: dict[str, set[str]] = defaultdict(set)
    for row in tables["bridge_topic_ancestors"]:
        below[row["ancestor_topic_id"]].add(row["topic_id"])
    stays: dict[str, list[tuple[str, Stretch]]] = defaultdict(list)
    for row in tables["fct_conversation_topics"]:
        start = moment_of(row["added_at"]) if row["added_at"] else datetime.min
        end = moment_of(row["removed_at"]) if row["removed_at"] else None
        stays[row["conversation_id"]].append((row["topic_id"], (start, end)))
    shares = _handling(tables, clock, stays)
    today = clock.day(moment_of(as_of))
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
        for day in days_between(min(seen), last_day):
            made: Row = {"topic_id": topic, "activity_date": day.isoformat()}
            for prefix, tagged in (("", own), ("branch_", branch)):
                for name in ("created", "added", "removed", "closed"):
                    made[f"{prefix}{name}_count"] = tagged.counts[day][name]
                made[f"{prefix}open_count"] = tagged.open_at(clock.end(day))
            made["handle_seconds"] = handled.get(day, 0.0)
            made["branch_handle_seconds"] = above.get(day, 0.0)
            yield made


class _Tagged:
    """What counts for a topic, or for a branch of topics."""

    def __init__(
        self,
        families: dict[str, Family],
        stays: dict[str, list[tuple[str, Stretch]]],
        topics: set[str],
        clock: Clock,
        *,
        is_branch: bool = False,
    ) -> None:
        self.families = families
        self.stays = {
            conversation: [stretch for topic, stretch in each if topic in topics]
            for conversation, each in stays.items()
            if any(topic in topics for topic, _ in each)
        }
        self.counts: dict[date, Counter[str]] = defaultdict(Counter)
        for conversation, stretches in self.stays.items():
            family = families.get(conversation)
            own = family.statuses.get(conversation, []) if family else []
            if own:
                self.counts[clock.day(own[0][0][0])]["created"] += 1
            edges = sorted(
                {edge for each in stretches for edge in each if edge is not None}
            )
            was_on = False
            for edge in edges:
                is_on = any(lasts(each, edge) for each in stretches)
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
                        and any(lasts(each, end) for each in stretches)
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
                now = family.is_open(edge) and any(lasts(s, edge) for s in stretches)
                if now != was:
                    self.counts[clock.day(edge)]["moved"] += 1
                was = now

    @staticmethod
    def _restarts(stretches: list[Stretch], edge: datetime) -> bool:
        before = edge - timedelta(milliseconds=1)
        return not any(lasts(each, before) and lasts(each, edge) for each in stretches)

    def open_at(self, moment: datetime | None) -> int:
        """Return how many conversations are open with it at a moment; None is now."""
        return sum(
            any(lasts(each, moment) for each in stretches) and family.is_open(moment)
            for conversation, stretches in self.stays.items()
            if (family := self.families.get(conversation)) is not None
        )


def _handling(
    tables: dict[str, list[Row]],
    clock: Clock,
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
        day = clock.day(moment_of(row["contact_ended_at"] or row["contact_created_at"]))
        for topic in current:
            made[topic, day] += row["handle_seconds"] / len(current)
    return made
