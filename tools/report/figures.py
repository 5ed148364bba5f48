"""Asks a built database for the figures of the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from artifacts.tables import list_tables

#: How far back the report reaches, the week that now is in included.
WEEKS = 53
#: A list of conversations holds no more for each week and inbox, topic or agent ...
MOST_OF_A_WEEK = 20
#: ... and all lists together no more than these.
MOST_LISTED = 25_000
#: Every table the report reads.
TABLES = (
    "audit.audit_extract_coverage",
    "audit.audit_reconciliation",
    "audit.audit_rejected_records",
    "audit.audit_restatements",
    "audit.audit_row_balance",
    "audit.audit_rule_violations",
    "audit.audit_unmapped_values",
    "marts.bridge_team_agents",
    "marts.dim_agents",
    "marts.dim_inboxes",
    "marts.dim_reporting",
    "marts.dim_teams",
    "marts.dim_topics",
    "marts.fct_agent_daily",
    "marts.fct_contacts",
    "marts.fct_conversation_status_intervals",
    "marts.fct_conversation_topics",
    "marts.fct_conversations",
    "marts.fct_inbox_daily",
    "marts.fct_work_sessions",
    "staging.seed_report_targets",
)
#: The inbox that a fulfilled or ended contact counts for, as in fct_inbox_daily.
ENDED_INBOX = "coalesce(ended_inbox_id, queued_inbox_id) as inbox_id"
#: Lists of conversations: what is in each, on which day, and how it is ordered.
#: ``extra`` is what a bar of the report narrows the list by, or what it is sorted by.
LISTS = {
    "queued": """
        select
            queued_date as day, queued_inbox_id as inbox_id, channel,
            cast(hour({queued_at}) as varchar) as extra, conversation_id,
            epoch(queued_at) as weight
        from marts.fct_contacts where queued_at is not null
        """,
    "repeated": """
        select
            queued_date as day, queued_inbox_id as inbox_id, channel, null as extra,
            conversation_id, epoch(queued_at) as weight
        from marts.fct_contacts where queued_at is not null and is_repeat_contact
        """,
    "late": """
        select
            fulfilled_date as day, {ended_inbox}, channel, null as extra,
            conversation_id, epoch(fulfilled_at) as weight
        from marts.fct_contacts where fulfilled_at is not null and not is_within_sla
        """,
    "abandoned": """
        select
            ended_date as day, {ended_inbox}, channel, null as extra,
            conversation_id, epoch(ended_at) as weight
        from marts.fct_contacts
        where ended_at is not null and direction = 'inbound'
        and contact_status = 'abandoned'
        """,
    "replied": """
        select
            created_date as day, created_inbox_id as inbox_id,
            first_channel as channel,
            cast(cast(round(first_reply_seconds) as bigint) as varchar) as extra,
            conversation_id, first_reply_seconds as weight
        from marts.fct_conversations
        where created_at is not null and first_reply_seconds is not null
        """,
    "reopened": """
        select
            last_closed_date as day, last_closed_inbox_id as inbox_id,
            last_channel as channel, null as extra, conversation_id,
            epoch(last_closed_at) as weight
        from marts.fct_conversations
        where last_closed_at is not null and reopen_count > 0
        """,
    "not_resolved": """
        select
            last_closed_date as day, last_closed_inbox_id as inbox_id,
            last_channel as channel, null as extra, conversation_id,
            epoch(last_closed_at) as weight
        from marts.fct_conversations
        where last_closed_at is not null and is_fcr_eligible and not is_fcr_success
        """,
    "automated": """
        select
            created_date as day, created_inbox_id as inbox_id,
            first_channel as channel, answered_by as extra, conversation_id,
            epoch(created_at) as weight
        from marts.fct_conversations
        where created_at is not null and answered_by in ('automation', 'handed_over')
        """,
    "topic": """
        select
            created_date as day, created_inbox_id as inbox_id,
            first_channel as channel, topic_id as extra, conversation_id,
            epoch(created_at) as weight
        from marts.fct_conversations
        inner join (
            select distinct conversation_id, topic_id
            from marts.fct_conversation_topics where is_current
        ) using (conversation_id)
        where created_at is not null
        """,
    "worked": """
        select
            contact_ended_date as day, inbox_id, channel, agent_id as extra,
            conversation_id, epoch(contact_ended_at) as weight
        from marts.fct_work_sessions where contact_ended_at is not null
        """,
    "open": """
        select
            {last_day} as day, current_inbox_id as inbox_id, last_channel as channel,
            cast(cast(floor(age_seconds) as bigint) as varchar) as extra,
            conversation_id, age_seconds as weight
        from open_now
        """,
}


class NotBuiltError(Exception):
    """The database cannot be read, or lacks a table; the message says what to do."""


@dataclass(frozen=True)
class Table:
    """Rows in which the report adds up what a filter leaves.

    Attributes:
        names: of the columns; the first is ``day`` if there are days, and then the
            rows are in that order.
        rows: numbers, and texts where the page reads them so.
        has_unknowns: whether a measure can be none, which is not 0.
    """

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    has_unknowns: bool = False


class Places:
    """Numbers that stand for ids, in the order they were first asked for."""

    def __init__(self) -> None:
        """Begin without any."""
        self.ids: dict[Any, int] = {}

    def __getitem__(self, key: Any) -> int:
        """Return the number of an id."""
        return self.ids.setdefault(key, len(self.ids))


class Figures:
    """The figures of a database that is open.

    Seconds are summed as thousandths in whole numbers: the last bits of a sum of
    fractions depend on the order of adding.
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
        ((as_of, as_of_date, zone, link),) = self._rows(
            """
            select
                as_of, as_of_date, reporting_timezone, conversation_link_prefix
            from marts.dim_reporting
            """
        )
        self.as_of: datetime = as_of
        self.last_day: date = as_of_date
        self.zone: str = zone
        self.link_prefix: str = link or ""
        this_week = as_of_date - timedelta(days=as_of_date.weekday())
        self.first_day = this_week - timedelta(weeks=WEEKS - 1)
        self.inboxes = Places()
        self.channels = Places()
        self.topics = Places()
        self.agents = Places()
        self.teams = Places()
        self._team_sets: dict[str, str] = self._teams_of_agents()

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()

    def _measured(self, sql: str) -> list[tuple[Any, ...]]:
        """Return rows of the days of the report, with ids as numbers, in order.

        The rows begin with day, inbox and channel; a day is never unknown.
        """
        found = self._rows(
            f"""
            select * from ({sql}) as measured
            where day between ? and ?
            order by all
            """,
            self.first_day,
            self.last_day,
        )
        return [
            (day, self.inboxes[inbox], self.channels[channel], *rest)
            for day, inbox, channel, *rest in found
        ]

    def _local(self, moment: str) -> str:
        zone = self.zone.replace("'", "''")
        return f"(({moment} at time zone 'UTC') at time zone '{zone}')"

    def covered_from(self) -> dict[str, date | None]:
        """Return from which day each kind of number is reported."""
        ((*days,),) = self._rows(
            """
            select
                contacts_from_date, closings_from_date, work_sessions_from_date,
                messages_from_date, agent_statuses_from_date,
                (select min(created_date) from marts.fct_conversations)
            from marts.dim_reporting
            """
        )
        names = (
            *("contacts", "closings", "work_sessions", "messages"),
            *("agent_statuses", "conversations"),
        )
        return dict(zip(names, days, strict=True))

    def targets(self) -> dict[str, float]:
        """Return what each metric should be, for those that have a target."""
        return dict(
            self._rows(
                """
                select metric_name, target_value from staging.seed_report_targets
                where target_value is not null
                """
            )
        )

    def cube(self) -> Table:
        """Return contacts and conversations by day, inbox and channel.

        Each measure has its own moment: contacts when queued, fulfilled or ended,
        conversations when created or last closed. Of ``hours`` see hours_text.
        """
        measures = (
            *("inbound", "outbound", "repeated", "in_time", "late"),
            *("ended_inbound", "abandoned", "created", "replied", "reply_seconds"),
            *("replied_hour", "replied_four_hours", "replied_day", "untagged"),
            *("automation", "handed_over", "people", "unanswered"),
            *("closed", "reopened", "fcr_eligible", "fcr"),
        )
        summed = ", ".join(
            f"coalesce(sum({name}), 0) as {name}"
            if name != "reply_seconds"
            else "coalesce(sum(reply_seconds), 0) / 1000 as reply_seconds"
            for name in measures
        )
        rows = self._measured(
            f"""
            select day, inbox_id, channel, {summed}
            from (
                select
                    queued_date as day,
                    queued_inbox_id as inbox_id,
                    channel,
                    count(*) filter (direction = 'inbound') as inbound,
                    count(*) filter (direction is distinct from 'inbound') as outbound,
                    count(*) filter (is_repeat_contact) as repeated
                from marts.fct_contacts where queued_at is not null group by all
                union all by name
                select
                    fulfilled_date as day,
                    {ENDED_INBOX},
                    channel,
                    count(*) filter (is_within_sla) as in_time,
                    count(*) filter (not is_within_sla) as late
                from marts.fct_contacts where fulfilled_at is not null group by all
                union all by name
                select
                    ended_date as day,
                    {ENDED_INBOX},
                    channel,
                    count(*) as ended_inbound,
                    count(*) filter (contact_status = 'abandoned') as abandoned
                from marts.fct_contacts
                where ended_at is not null and direction = 'inbound' group by all
                union all by name
                select
                    created_date as day,
                    created_inbox_id as inbox_id,
                    first_channel as channel,
                    count(*) as created,
                    count(first_reply_seconds) as replied,
                    sum(cast(round(first_reply_seconds * 1000) as bigint))
                        as reply_seconds,
                    count(*) filter (first_reply_seconds <= 3600) as replied_hour,
                    count(*) filter (
                        first_reply_seconds > 3600 and first_reply_seconds <= 14400
                    ) as replied_four_hours,
                    count(*) filter (
                        first_reply_seconds > 14400 and first_reply_seconds <= 86400
                    ) as replied_day,
                    count(*) filter (is_untagged) as untagged,
                    count(*) filter (answered_by = 'automation') as automation,
                    count(*) filter (answered_by = 'handed_over') as handed_over,
                    count(*) filter (answered_by = 'people') as people,
                    count(*) filter (answered_by = 'none') as unanswered
                from marts.fct_conversations where created_at is not null group by all
                union all by name
                select
                    last_closed_date as day,
                    last_closed_inbox_id as inbox_id,
                    last_channel as channel,
                    count(*) as closed,
                    count(*) filter (reopen_count > 0) as reopened,
                    count(*) filter (is_fcr_eligible) as fcr_eligible,
                    count(*) filter (is_fcr_eligible and is_fcr_success) as fcr
                from marts.fct_conversations
                where last_closed_at is not null group by all
            )
            group by all
            """
        )
        return Table(("day", "inbox", "channel", *measures), rows)

    def hours(self) -> Table:
        """Return contacts queued by day, inbox, channel and local hour."""
        found: defaultdict[tuple[Any, ...], list[tuple[int, int]]] = defaultdict(list)
        for *place, hour, count in self._measured(
            f"""
            select
                queued_date as day, queued_inbox_id as inbox_id, channel,
                hour({self._local("queued_at")}) as hour, count(*) as contacts
            from marts.fct_contacts where queued_at is not null
            group by all
            """
        ):
            found[tuple(place)].append((hour, count))
        return Table(
            ("day", "inbox", "channel", "hours"),
            [
                (
                    *place,
                    hours_text(counts),
                )
                for place, counts in found.items()
            ],
        )

    def _teams_of_agents(self) -> dict[str, str]:
        """Return the teams of each agent, as numbers with blanks between them.

        Agents of the same teams are one group, so that work adds up although an agent
        can be in several.
        """
        for (team,) in self._rows(
            "select team_id from marts.dim_teams order by team_name, team_id"
        ):
            self.teams[team]
        return {
            agent: " ".join(map(str, sorted(self.teams[team] for team in teams)))
            for agent, teams in self._rows(
                """
                select agent_id, list(team_id) from marts.bridge_team_agents
                group by agent_id order by agent_id
                """
            )
        }

    def team_sets(self) -> dict[str, int]:
        """Return every group of teams that an agent is in, numbered from 0: none."""
        places = Places()
        for teams in ("", *sorted(set(self._team_sets.values()))):
            places[teams]
        return places.ids

    def work(self) -> Table:
        """Return work sessions by day the contact ended, inbox, channel and teams."""
        sets = self.team_sets()
        summed: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
        for *place, agent, sessions, thousandths in self._measured(
            """
            select
                contact_ended_date as day, inbox_id, channel, agent_id,
                count(*) as sessions,
                sum(cast(round(handle_seconds * 1000) as bigint)) as thousandths
            from marts.fct_work_sessions
            where contact_ended_at is not null and handle_seconds is not null
            group by all
            """
        ):
            sums = summed[(*place, sets[self._team_sets.get(agent, "")])]
            sums[0] += sessions
            sums[1] += thousandths
        return Table(
            ("day", "inbox", "channel", "teams", "sessions", "handle_seconds"),
            [(*place, each[0], each[1] / 1000) for place, each in summed.items()],
        )

    def agent_days(self) -> Table:
        """Return what each agent did, by day; seconds are whole ones.

        Occupancy is of the days on which both time and work are known.
        """
        measures = (
            *("logged_in_seconds", "active_seconds", "sessions", "handle_seconds"),
            *("occupied_seconds", "occupiable_seconds", "messages", "closes"),
        )
        found = self._rows(
            """
            select
                activity_date, agent_id,
                round(logged_in_seconds), round(active_seconds),
                work_session_count, round(handle_seconds),
                case
                    when active_seconds is not null
                    then round(handle_seconds + after_contact_seconds)
                end,
                case
                    when handle_seconds + after_contact_seconds is not null
                    then round(active_seconds)
                end,
                message_sent_count, closed_conversation_count
            from marts.fct_agent_daily
            where activity_date between ? and ?
            order by all
            """,
            self.first_day,
            self.last_day,
        )
        return Table(
            ("day", "agent", *measures),
            [(day, self.agents[agent], *rest) for day, agent, *rest in found],
            has_unknowns=True,
        )

    def backlog(self) -> Table:
        """Return what was open in each inbox at the end of each day; ages: seconds."""
        found = self._rows(
            """
            select
                activity_date, nullif(inbox_id, 'unassigned') as inbox_id, open_count,
                round(open_age_median_seconds), round(open_age_p90_seconds),
                round(open_age_oldest_seconds)
            from marts.fct_inbox_daily
            where activity_date between ? and ? and open_count > 0
            order by all
            """,
            self.first_day,
            self.last_day,
        )
        return Table(
            ("day", "inbox", "open", "median", "p90", "oldest"),
            [(day, self.inboxes[inbox], *rest) for day, inbox, *rest in found],
            has_unknowns=True,
        )

    def open_now(self) -> Table:
        """Return conversations that are open now, by inbox, channel and age."""
        found = self._rows(
            f"""
            select
                current_inbox_id as inbox_id,
                last_channel as channel,
                case
                    when age_seconds is null then 5
                    when age_seconds <= 86400 then 0
                    when age_seconds <= 86400 * 3 then 1
                    when age_seconds <= 86400 * 7 then 2
                    when age_seconds <= 86400 * 30 then 3
                    else 4
                end as age,
                count(*) as conversations
            from ({self._open_now()})
            group by all
            order by all
            """
        )
        return Table(
            ("inbox", "channel", "age", "conversations"),
            [
                (self.inboxes[inbox], self.channels[channel], age, count)
                for inbox, channel, age, count in found
            ],
            has_unknowns=True,
        )

    def _open_now(self) -> str:
        return f"""
            select
                conversation_id, current_inbox_id, last_channel,
                epoch(timestamp '{self.as_of}') - epoch(valid_from) as age_seconds
            from marts.fct_conversations
            left join (
                select conversation_id, max(valid_from) as valid_from
                from marts.fct_conversation_status_intervals
                where status = 'open' and valid_to is null
                and reported_conversation_id = conversation_id
                group by conversation_id
            ) using (conversation_id)
            where is_open
            """

    def conversation_topics(self) -> Table:
        """Return conversations by day created, inbox, channel and topic of now."""
        rows = self._measured(
            """
            select
                created_date as day, created_inbox_id as inbox_id,
                first_channel as channel, topic_id,
                count(distinct conversation_id) as conversations
            from marts.fct_conversations
            inner join marts.fct_conversation_topics using (conversation_id)
            where created_at is not null and is_current
            group by all
            """
        )
        return Table(
            ("day", "inbox", "channel", "topic", "conversations"),
            [(*row[:3], self.topics[row[3]], row[4]) for row in rows],
        )

    def listed(self) -> tuple[dict[str, Table], list[str]]:
        """Return which conversations are behind a bar, and the ids of all of them.

        The newest of each week and inbox, topic or agent are listed, or the slowest
        and oldest; as many of each in turn as there is room for.
        """
        selects = " union all ".join(
            f"select '{name}' as list, * from ("
            + sql.format(
                queued_at=self._local("queued_at"),
                ended_inbox=ENDED_INBOX,
                last_day=f"date '{self.last_day}'",
            )
            + ")"
            for name, sql in LISTS.items()
        )
        found = self._rows(
            f"""
            with open_now as ({self._open_now()}),
            all_listed as ({selects}),
            distinct_listed as (
                select
                    list, day, inbox_id, channel, extra, conversation_id,
                    max(weight) as weight
                from all_listed
                where day between ? and ? and conversation_id is not null
                group by all
            ),
            ranked as (
                select
                    *,
                    row_number() over (
                        partition by
                            list, date_trunc('week', day),
                            case
                                when list in ('topic', 'worked') then extra
                                else inbox_id
                            end
                        order by weight desc nulls last, conversation_id, day, channel,
                            extra
                    ) as place
                from distinct_listed
            ),
            chosen as (
                select * from ranked where place <= {MOST_OF_A_WEEK}
                -- Topics and agents are many, so the other lists come first.
                order by
                    case when list in ('topic', 'worked') then place * 4 else place end,
                    day desc, list, inbox_id, channel, extra, conversation_id
                limit {MOST_LISTED}
            )
            select list, day, inbox_id, channel, extra, conversation_id
            from chosen
            order by all
            """,
            self.first_day,
            self.last_day,
        )
        ids = Places()
        extras: dict[str, Any] = {
            "topic": self.topics,
            "worked": self.agents,
            "automated": {"automation": 0, "handed_over": 1},
        }
        lists: dict[str, list[tuple[Any, ...]]] = {name: [] for name in LISTS}
        for name, day, inbox, channel, extra, conversation in found:
            lists[name].append(
                (
                    *(day, self.inboxes[inbox], self.channels[channel]),
                    None
                    if extra is None
                    else extras[name][extra]
                    if name in extras
                    else int(extra),
                    ids[conversation],
                )
            )
        columns = ("day", "inbox", "channel", "extra", "conversation")
        return (
            {name: Table(columns, rows, True) for name, rows in lists.items()},
            list(ids.ids),
        )

    def names(self) -> dict[str, list[Any]]:
        """Return what inboxes, channels, topics, agents and teams are called.

        Call it last: an id has a number only once a row holds it.
        """
        inboxes = dict(self._rows("select inbox_id, inbox_name from marts.dim_inboxes"))
        topics = dict(self._rows("select topic_id, topic_path from marts.dim_topics"))
        agents = dict(self._rows("select agent_id, agent_name from marts.dim_agents"))
        teams = dict(self._rows("select team_id, team_name from marts.dim_teams"))
        sets = self.team_sets()
        return {
            "inboxes": [
                "No inbox" if each is None else inboxes.get(each) or each
                for each in self.inboxes.ids
            ],
            "channels": list(self.channels.ids),
            "topics": [topics.get(each) or each for each in self.topics.ids],
            "agents": [
                [agents.get(each) or each, sets[self._team_sets.get(each, "")]]
                for each in self.agents.ids
            ],
            "teams": [teams[each] or each for each in self.teams.ids],
            "team_sets": [[int(team) for team in each.split()] for each in sets],
        }

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


def hours_text(counts: Iterable[tuple[int, int]]) -> str:
    """Return contacts by hour, such as i3j for three at eight and one at nine."""
    return "".join(
        f"{chr(ord('a') + hour)}{count if count > 1 else ''}" for hour, count in counts
    )
