"""Asks a built database for the figures of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from artifacts.tables import list_tables

#: How far back the report looks, the week that now is in included.
WEEKS = 26
#: How many of the last weeks that are over are compared with those before.
RECENT_WEEKS = 4
#: Every table the report reads.
TABLES = (
    "audit.audit_reconciliation",
    "audit.audit_rejected_records",
    "audit.audit_restatements",
    "audit.audit_row_balance",
    "audit.audit_rule_violations",
    "audit.audit_unmapped_values",
    "marts.dim_dates",
    "marts.dim_inboxes",
    "marts.dim_reporting",
    "marts.dim_topics",
    "marts.fct_contacts",
    "marts.fct_conversation_topics",
    "marts.fct_conversations",
    "marts.fct_inbox_daily",
    "marts.fct_work_sessions",
)


class NotBuiltError(Exception):
    """The database cannot be read, or lacks a table; the message says what to do."""


@dataclass(frozen=True)
class Backlog:
    """Conversations open in one inbox at the end of each day of the report."""

    inbox: str
    open_counts: list[int]


@dataclass(frozen=True)
class Weekly:
    """Counts by week of the report for one channel or topic.

    Attributes:
        name: of the channel, or path of the topic.
        counts: what is counted, by week.
        late: contacts fulfilled after they were due, by week; zeros for a topic.
    """

    name: str
    counts: list[int]
    late: list[int]


class Figures:
    """The figures of a database that is open.

    Sums of fractions are rounded: their last bits depend on the order of adding.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Look for the tables.

        Raises:
            NotBuiltError: when one is missing.
        """
        there = {str(table) for table in list_tables(connection)}
        if missing := [name for name in TABLES if name not in there]:
            raise NotBuiltError(f"has no {', '.join(missing)}: run make build first")
        self._connection = connection
        ((as_of, as_of_date),) = self._rows(
            "select as_of, as_of_date from marts.dim_reporting"
        )
        self.as_of: datetime = as_of
        self.last_day: date = as_of_date
        this_week = as_of_date - timedelta(days=as_of_date.weekday())
        self.weeks = [
            this_week - timedelta(weeks=weeks) for weeks in reversed(range(WEEKS))
        ]
        days = (self.last_day - self.weeks[0]).days + 1
        self.days = [self.weeks[0] + timedelta(days=day) for day in range(days)]

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    def backlogs(self) -> list[Backlog]:
        """Return the backlog of every inbox that had any, the largest now first."""
        found: dict[str, dict[date, int]] = {}
        for inbox, day, count in self._rows(
            """
            select
                case
                    when inbox_id is null then 'No inbox'
                    else coalesce(inbox_name, inbox_id)
                end,
                activity_date,
                sum(open_count)
            from marts.fct_inbox_daily
            left join marts.dim_inboxes using (inbox_id)
            where activity_date between ? and ?
            group by all
            having sum(open_count) > 0
            """,
            self.days[0],
            self.last_day,
        ):
            found.setdefault(inbox, {})[day] = int(count)
        backlogs = [
            Backlog(inbox, [counts.get(day, 0) for day in self.days])
            for inbox, counts in found.items()
        ]
        return sorted(
            backlogs,
            key=lambda each: (
                -each.open_counts[-1],
                -sum(each.open_counts),
                each.inbox,
            ),
        )

    def service_levels(self) -> list[Weekly]:
        """Return contacts fulfilled in time and late, by channel, the largest first."""
        return self._by_week(
            """
            select
                channel,
                week_start_date,
                count(*) filter (is_within_sla),
                count(*) filter (not is_within_sla)
            from marts.fct_contacts
            asof join marts.dim_dates on fulfilled_at >= starts_at
            where is_within_sla is not null and week_start_date >= ?
            group by all
            """
        )

    def topics_added(self) -> list[Weekly]:
        """Return how often each topic was added, the most changed lately first."""
        found = self._by_week(
            """
            select
                coalesce(topic_path, topic_id),
                week_start_date,
                count(*),
                0
            from marts.fct_conversation_topics
            left join marts.dim_topics using (topic_id)
            asof join marts.dim_dates on added_at >= starts_at
            where week_start_date >= ?
            group by all
            """
        )
        return sorted(
            found, key=lambda each: (-_moved(each), -sum(each.counts), each.name)
        )

    def _by_week(self, sql: str) -> list[Weekly]:
        found: dict[str, dict[date, tuple[int, int]]] = {}
        for name, week, count, late in self._rows(sql, self.weeks[0]):
            found.setdefault(name or "unknown", {})[week] = (count, late)
        series = [
            Weekly(
                name,
                [weeks.get(week, (0, 0))[0] for week in self.weeks],
                [weeks.get(week, (0, 0))[1] for week in self.weeks],
            )
            for name, weeks in found.items()
        ]
        return sorted(
            series, key=lambda each: (-sum(each.counts) - sum(each.late), each.name)
        )

    def handle_times(self, by: str) -> list[tuple[str, int, float]]:
        """Return name, work sessions and their handle seconds, the longest first.

        Args:
            by: ``channel`` or ``inbox``.
        """
        name = {
            "channel": "coalesce(channel, 'unknown')",
            "inbox": "coalesce(inbox_name, inbox_id, 'No inbox')",
        }[by]
        found = self._rows(
            f"""
            select
                {name} as name,
                count(handle_seconds),
                round(sum(handle_seconds), 3) as seconds
            from marts.fct_work_sessions
            left join marts.dim_inboxes using (inbox_id)
            asof join marts.dim_dates on accepted_at >= starts_at
            where week_start_date >= ? and handle_seconds is not null
            group by all
            order by seconds desc, name asc
            """,
            self.weeks[0],
        )
        return [(str(each), int(count), float(sum_)) for each, count, sum_ in found]

    def contact_reasons(self) -> list[tuple[str, int, float]]:
        """Return path, conversations and their shared-out number, the largest first.

        A conversation with several topics counts once for each, and as a fraction of
        one in the shared-out number.
        """
        found = self._rows(
            """
            select
                coalesce(topic_path, topic_id) as name,
                count(distinct conversation_id),
                round(sum(allocation_weight), 6) as part
            from marts.fct_conversation_topics
            left join marts.dim_topics using (topic_id)
            inner join marts.fct_conversations using (conversation_id)
            asof join marts.dim_dates on created_at >= starts_at
            where is_current and week_start_date >= ?
            group by all
            order by part desc, name asc
            """,
            self.weeks[0],
        )
        return [(str(each), int(count), float(part)) for each, count, part in found]

    def conversations(self) -> tuple[int, int]:
        """Return how many conversations were created, and how many have no topic."""
        ((created, untagged),) = self._rows(
            """
            select count(*), count(*) filter (is_untagged)
            from marts.fct_conversations
            asof join marts.dim_dates on created_at >= starts_at
            where week_start_date >= ?
            """,
            self.weeks[0],
        )
        return int(created), int(untagged)

    def row_balance(self) -> list[tuple[str, int, int, int, int, int]]:
        """Return each extract's landed records, what became of them, and the rest.

        The rest is what nothing accounts for; it is 0 unless there is a bug.
        """
        return [
            (str(name), *map(int, counts))  # type: ignore[misc]
            for name, *counts in self._rows(
                """
                select
                    extract_name,
                    sum(record_count) filter (outcome = 'landed') as landed,
                    sum(record_count) filter (
                        outcome not in (
                            'in_files', 'set_aside_with_file', 'landed',
                            'superseded', 'rejected'
                        )
                    ) as used,
                    sum(record_count) filter (outcome = 'superseded') as superseded,
                    sum(record_count) filter (outcome = 'rejected') as rejected,
                    landed - used - superseded - rejected
                from (
                    select extract_name, outcome, record_count
                    from audit.audit_row_balance
                    union all
                    select distinct
                        extract_name,
                        unnest(['landed', 'staged', 'superseded', 'rejected']),
                        0
                    from audit.audit_row_balance
                )
                group by extract_name
                having landed > 0
                order by extract_name
                """
            )
        ]

    def rejected(self) -> list[tuple[Any, ...]]:
        """Return extract, reason and number of the records that were set aside."""
        return self._rows(
            """
            select extract_name, rejection_reason, count(*)
            from audit.audit_rejected_records
            group by all
            order by all
            """
        )

    def coverage(self) -> list[tuple[Any, ...]]:
        """Return extract, first and last day, newest capture and days without record.

        Extracts without moments of their own, which are lists, are left out.
        """
        return self._rows(
            """
            select
                extract_name,
                cast(covered_from as date),
                cast(covered_to as date),
                cast(last_captured_at as date),
                days_without_record_count
            from audit.audit_extract_coverage
            where covered_from is not null
            order by covered_from, extract_name
            """
        )

    def unmapped(self) -> list[tuple[Any, ...]]:
        """Return extract, field, problem, values and records that are not mapped.

        Values are counted, not shown: an unknown field may hold anything.
        """
        return self._rows(
            """
            select
                extract_name,
                field_name,
                problem,
                count(reported_value),
                sum(record_count)
            from audit.audit_unmapped_values
            group by all
            order by all
            """
        )

    def violations(self) -> list[tuple[Any, ...]]:
        """Return rule, entity and how often the data contradicts the rule."""
        return self._rows(
            """
            select rule_id, entity, count(*)
            from audit.audit_rule_violations
            group by all
            order by all
            """
        )

    def reconciliation(self) -> list[tuple[str, int, int, int]]:
        """Return measure, and how many are equal, explained and unexplained."""
        return [
            (str(name), int(equal), int(explained), int(unexplained))
            for name, equal, explained, unexplained in self._rows(
                """
                select
                    concat(entity, ': ', measure),
                    count(*) filter (verdict = 'equal'),
                    count(*) filter (verdict = 'explained'),
                    count(*) filter (verdict = 'unexplained')
                from audit.audit_reconciliation
                group by measure, entity
                order by entity, measure
                """
            )
        ]

    def restatements(self) -> list[tuple[Any, ...]]:
        """Return extract, kind of change, values changed and when they last were."""
        return self._rows(
            """
            select extract_name, change_kind, count(*), max(cast(captured_at as date))
            from audit.audit_restatements
            group by all
            order by all
            """
        )


def weekly_means(topic: Weekly) -> tuple[float, float]:
    """Return the mean a week before the recent weeks, and the mean of those.

    The week that now is in has not all its days yet and is in neither.
    """
    over = topic.counts[:-1]
    before, recent = over[:-RECENT_WEEKS], over[-RECENT_WEEKS:]
    return sum(before) / len(before), sum(recent) / len(recent)


def _moved(topic: Weekly) -> float:
    before, recent = weekly_means(topic)
    return abs(recent - before)
