"""Judges what a build claims of partial extracts: never wrong, and no less than shown.

Where everything is pulled a mart must equal the world. Where it is not, each value must
be unknown (null) or true, each moment that a file shows must be claimed, and whatever
an interval claims must have been so when it begins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from compare import plain, rows
from gladly_sandbox.clock import UTC, local_date, moment
from gladly_sandbox.extracts import NOT_SHOWN, Written
from gladly_sandbox.truth import KEYS, Truth
from gladly_sandbox.truth.evidence import (
    Probe,
    assignment_probes,
    closings,
    judged,
    states_around,
)
from project import query

Row = dict[str, Any]


class Share(NamedTuple):
    """How many of some claims are wrong, and some that are, for a person to look at."""

    wrong: int
    total: int
    examples: list[str]
    of: dict[str, int]

    def __str__(self) -> str:
        """Print the share, what it is of, and examples a line each."""
        percent = 100 * self.wrong / self.total if self.total else 0.0
        lines = "".join(f"\n    {each}" for each in self.examples)
        parts = ", ".join(f"{count} {name}" for name, count in self.of.items())
        return f"{self.wrong} of {self.total} wrong ({percent:.1f} %): {parts}{lines}"


def share(found: Iterable[str | None]) -> Share:
    """Count findings: None is right, a text says what is wrong."""
    listed = list(found)
    wrong = [each for each in listed if each is not None]
    of = Counter(each.split(" ", 1)[0] for each in wrong if each.startswith("fct_"))
    return Share(len(wrong), len(listed), wrong[:8], dict(of.most_common()))


#: Hours of which nothing in a report says which of two they are.
Hours = Iterable[tuple[datetime, datetime]]


def is_within(hours: Hours, at: datetime) -> bool:
    """Return whether a moment is in some hours."""
    return any(start <= at < end for start, end in hours)


class Intervals:
    """Rows of a mart of intervals, by the conversation they are reported of."""

    def __init__(self, found: Iterable[Row], start: str, end: str) -> None:
        self.start, self.end = start, end
        self.of: dict[str, list[Row]] = defaultdict(list)
        for row in found:
            self.of[row["reported_conversation_id"]].append(row)

    def at(self, conversation_id: str, at: datetime) -> list[Row]:
        """Return the intervals that hold a moment."""
        moment = plain(at)
        return [
            row
            for row in self.of[conversation_id]
            if row[self.start] is not None
            and row[self.start] <= moment
            and (row[self.end] is None or moment < row[self.end])
        ]


def assignee_intervals(database: Path) -> Intervals:
    """Return the assignments that were built."""
    names = [
        "reported_conversation_id", "inbox_id", "agent_id", "assignee_type",
        "assigned_at", "unassigned_at",
    ]  # fmt: skip
    found = rows(database, "fct_conversation_assignments", names)
    return Intervals(found, "assigned_at", "unassigned_at")


def status_intervals(database: Path) -> Intervals:
    """Return the status intervals that were built."""
    names = [
        "reported_conversation_id", "status", "valid_from", "valid_to",
        "is_beginning_reported",
    ]  # fmt: skip
    found = rows(database, "fct_conversation_status_intervals", names)
    return Intervals(found, "valid_from", "valid_to")


def what_is_shown(probes: Iterable[Probe], built: Intervals) -> Iterator[str | None]:
    """Say of each probe whether the one interval that holds it says the same."""
    for probe in probes:
        found = [_state(row) for row in built.at(probe.conversation_id, probe.at)]
        yield (
            None
            if len(found) == 1 and _agree(probe.state, found[0])
            else f"{probe.conversation_id} at {plain(probe.at)} by {probe.evidence}: "
            f"{probe.state}, built {found}"
        )


def assignments_captured(written: Written, built: Intervals) -> Iterator[str | None]:
    """Say of each assignment that captures show whether it is built as they show it."""
    probes: dict[tuple[str, int], list[Probe]] = defaultdict(list)
    for probe in assignment_probes(written):
        if probe.evidence == "capture":
            held = written.state.conversations[probe.conversation_id]
            number = sum(each.at <= probe.at for each in held.assignments)
            probes[held.id, number].append(probe)
    for those in probes.values():
        wrong = [each for each in what_is_shown(those, built) if each is not None]
        yield wrong[0] if wrong else None


def what_is_claimed(
    what: str, written: Written, built: Intervals, undecided: Hours = ()
) -> Iterator[str | None]:
    """Say of each interval built whether the world was so when it begins.

    One whose row says that its beginning is not reported claims nothing of it.

    Args:
        what: ``assignee`` or ``status``.
        written: the landing.
        built: the intervals.
        undecided: hours of which a local time may be either.
    """
    for held in judged(written):
        for row in built.of[held.id]:
            start = row[built.start]
            if start is None or row.get("is_beginning_reported") is False:
                continue
            at = datetime.fromisoformat(start).replace(tzinfo=UTC)
            true = states_around(what, held, at)
            if is_within(undecided, at):
                for gap in (timedelta(hours=1), timedelta(hours=-1)):
                    true |= states_around(what, held, at + gap)
            yield (
                None
                if any(_agree(_state(row), each) for each in true)
                else f"{held.id} from {start}: claims {_state(row)}, was {true}"
            )


def _state(row: Row) -> Any:
    if "status" in row:
        return row["status"]
    none = NOT_SHOWN if row["assignee_type"] == "unknown" else None
    return row["inbox_id"] or none, row["agent_id"] or none


def _agree(said: Any, other: Any) -> bool:
    """Return whether two states are the same in all that the first one says.

    Of an unknown assignee, no agent and none reported are the same.
    """
    if not isinstance(said, tuple) or not isinstance(other, tuple):
        return bool(said == other)
    return all(
        one in (NOT_SHOWN, two) or (one, two) == (None, NOT_SHOWN)
        for one, two in zip(said, other, strict=True)
    )


def counted_closings(
    written: Written, database: Path, lacking: frozenset[str]
) -> Iterator[str | None]:
    """Say whether days of agents and of all inboxes count what closings are dated.

    At least those that an extract dates on their day, and by the end of no day more
    than there had been: one that no extract dates may be counted later. Where
    Conversation Timestamps lacks who did it, a closing need be no agent's.
    """
    is_by_no_one = "Initiator ID" in lacking
    everything = [
        (closing["by"].id if closing["by"].type == "AGENT" else None, closing["at"])
        for held in written.state.conversations.values()
        for closing in held.closes
    ]
    true: Counter[tuple[str, str]] = Counter()
    known: Counter[tuple[str, str]] = Counter()
    for counter, found in (
        (true, everything),
        (
            known,
            [
                (None if is_by_no_one else each.agent_id, each.at)
                for each in closings(written)
            ],
        ),
    ):
        for agent, at in found:
            day = local_date(at).isoformat()
            counter[("all inboxes", day)] += 1
            if agent is not None:
                counter[(agent, day)] += 1
    built: Counter[tuple[str, str]] = Counter()
    for row in rows(
        database,
        "fct_agent_daily",
        ["agent_id", "activity_date", "closed_conversation_count"],
    ):
        key = (row["agent_id"], row["activity_date"])
        built[key] += row["closed_conversation_count"] or 0
    for row in rows(database, "fct_inbox_daily", ["activity_date", "closed_count"]):
        built[("all inboxes", row["activity_date"])] += row["closed_count"] or 0
    so_far: dict[str, int] = defaultdict(int)
    for key in sorted({*true, *built}):
        so_far[key[0]] += true[key] - built[key]
        is_right = known[key] <= built[key] and so_far[key[0]] >= 0
        yield (
            None
            if is_right
            else f"{key}: {known[key]} dated, {true[key]} in all, built {built[key]}"
        )


def close_counts(written: Written, database: Path) -> Iterator[str | None]:
    """Say whether each conversation has as many closings as are shown, and no more."""
    dated: Counter[str] = Counter(each.conversation_id for each in closings(written))
    built = {
        row["conversation_id"]: row["close_count"]
        for row in rows(
            database, "fct_conversations", ["conversation_id", "close_count"]
        )
    }
    for held in judged(written):
        shown = written.emitted.conversations_shown.get(held.id, [])
        reported = [each.close_count for each in shown if each.close_count is not None]
        least = max([dated[held.id], *reported])
        count = built.get(held.id)
        is_right = (
            least <= count <= len(held.closes) if count is not None else not reported
        )
        yield (
            None
            if is_right
            else f"{held.id}: shown {least}, true {len(held.closes)}, built {count}"
        )


class Shown(NamedTuple):
    """What else than the truth a column may say, by key of the row and column.

    ``allowed`` is what the last capture showed, when nothing was pulled since;
    ``parts`` names columns of which the row itself says that they are of a part only,
    so that they may be less than the truth.
    """

    allowed: dict[tuple[Any, ...], dict[str, set[Any]]]
    parts: dict[tuple[Any, ...], set[str]] = {}  # noqa: RUF012

    def also(self, key: tuple[Any, ...], column: str) -> set[Any]:
        """Return the values that an extract showed last."""
        return self.allowed.get(key, {}).get(column, set())


#: Columns of seconds that pass between two moments, rather than are reported as such.
BETWEEN_MOMENTS = ("queued_to_", "created_to_", "first_reply_")


def null_or_true(
    truth: Truth,
    database: Path,
    table: str,
    columns: Iterable[str],
    keys: set[str],
    shown: Shown,
    *,
    claims: frozenset[str] = frozenset(),
    cuts_seconds: bool = False,
) -> Iterator[str | None]:
    """Say of each value whether it is unknown or true.

    Args:
        truth: the world, as complete extracts would show it.
        database: what was built.
        table: a mart.
        columns: columns to judge.
        keys: values of the first key column whose rows are judged.
        shown: what else may be said.
        claims: booleans that claim something when true and nothing when false.
        cuts_seconds: whether a report cuts moments to the second: then a moment is
            right within its second, and a time between two within one.
    """
    key_names, names = KEYS[table], list(columns)
    true_rows = {
        tuple(row[key] for key in key_names): row for row in truth.tables[table]
    }
    for row in rows(database, table, [*key_names, *names]):
        key = tuple(row[name] for name in key_names)
        if key[0] not in keys:
            continue
        if key not in true_rows:
            yield f"{table} {key}: there is no such thing"
            continue
        for name in names:
            if name not in true_rows[key]:
                continue
            value, true = row[name], plain(true_rows[key][name])
            is_unknown = value in (None, "unresolved", "unknown")
            if is_unknown or (name in claims and value is False):
                yield None
                continue
            right = {true, *shown.also(key, name)} - {None}
            if cuts_seconds and name.endswith("_at"):
                right |= {f"{each[:-4]}.000" for each in right}
            is_right = value in right
            if not is_right and isinstance(value, float):
                is_between = name.startswith(BETWEEN_MOMENTS)
                within = 1.0 if cuts_seconds and is_between else 0.002
                is_right = any(abs(value - each) < within for each in right)
            if not is_right and name in shown.parts.get(key, ()) and true is not None:
                is_right = value <= true
            yield (
                None
                if is_right
                else f"{table}.{name} {key}: true {true!r}, built {value!r}"
            )


#: Columns of reports that an ended contact has filled, and what they are in the mart.
FILLED_AT_THE_END: dict[str, dict[str, str]] = {
    "contact_export": {
        "Queued At": "queued_at",
        "Channel": "channel",
        "Direction": "direction",
        "Contact Initiator": "initiator_type",
        "Entry Point": "entry_point",
        "Fulfilled Type": "fulfilled_type",
        "Status": "contact_status",
        "Offered At": "offered_at",
        "Accepted At": "accepted_at",
        "Fulfilled At": "fulfilled_at",
        "Due At": "due_at",
        "Ended At": "ended_at",
        "SLA Target (sec)": "sla_target_seconds",
        "Contact Handle Time (sec)": "handle_seconds",
        "After Contact Time (sec)": "after_contact_seconds",
        "Total Talk Time": "talk_seconds",
        "Hold Time Total (sec)": "hold_seconds",
        "Messages Total": "message_count",
        "Times Missed": "missed_count",
        "Times Declined": "declined_count",
        "Times Transferred": "transfer_count",
    },
    "work_sessions": {
        "contact_session_created_at": "queued_at",
        "channel": "channel",
        "direction": "direction",
        "sla_fulfilled_at": "fulfilled_at",
        "contact_session_ended_at": "ended_at",
        "status": "contact_status",
        "work_session_handle_time_sec": "handle_seconds",
        "work_session_after_contact_time_sec": "after_contact_seconds",
        "work_session_unknown_time_sec": "unknown_seconds",
    },
}
#: The same of Conversation Export and a conversation that it shows as it was last.
FILLED_WHEN_CLOSED = {
    "Created At": "created_at",
    "First Closed At": "first_closed_at",
    "Last Closed At": "last_closed_at",
    "Inbox ID - Created": "created_inbox_id",
    "Inbox ID - Current": "current_inbox_id",
    "Inbox ID - Last Closed": "last_closed_inbox_id",
    "Assigned Agent ID - Last Closed": "last_closed_agent_id",
    "Initiator Type - Last Closed": "last_closed_by_type",
    "Times Closed": "close_count",
    "Times Reopened": "reopen_count",
}


def contacts_filled(written: Written, lacking: set[str]) -> dict[str, set[str]]:
    """Return the columns of each ended contact that a report has filled.

    Args:
        written: the landing.
        lacking: columns that the reports of this tenant do not have.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for an_id, captures in written.emitted.contacts_shown.items():
        for each in captures:
            if not each.is_open:
                found[an_id] |= {
                    column
                    for header, column in FILLED_AT_THE_END[each.extract].items()
                    if header not in lacking
                }
        if written.state.contacts[an_id].channel != "PHONE_CALL":
            found[an_id] -= {"talk_seconds", "hold_seconds"}
    return found


def conversations_filled(written: Written, lacking: set[str]) -> dict[str, set[str]]:
    """Return the columns of each conversation that a report shows as they are now."""
    found: dict[str, set[str]] = {}
    filled = {
        column for header, column in FILLED_WHEN_CLOSED.items() if header not in lacking
    }
    for held in judged(written):
        last_change = max(held.statuses[-1].at, held.assignments[-1].at)
        if any(
            each.extract == "conversation_export" and each.at > last_change
            for each in written.emitted.conversations_shown.get(held.id, [])
        ):
            found[held.id] = filled
    return found


def shown_and_known(
    truth: Truth, database: Path, table: str, filled: dict[str, set[str]]
) -> Iterator[str | None]:
    """Say of each value that a report has filled whether it is known.

    Args:
        truth: the world.
        database: what was built.
        table: a mart whose key is one column.
        filled: columns that a report has filled, by key.
    """
    (key_name,) = KEYS[table]
    names = sorted({name for columns in filled.values() for name in columns})
    built = {row[key_name]: row for row in rows(database, table, [key_name, *names])}
    true_rows = {row[key_name]: row for row in truth.tables[table]}
    for key, columns in filled.items():
        true = true_rows.get(key, {})
        for name in sorted(columns):
            if true.get(name) in (None, "unknown"):
                continue
            is_known = key in built and built[key][name] not in (None, "unknown")
            yield (
                None
                if is_known
                else f"{table}.{name} {key}: shown {plain(true[name])!r}, built unknown"
            )


def contacts_as_shown(written: Written) -> Shown:
    """Return what the last captures show of contacts that went on afterwards.

    Work Sessions show when those who worked were offered and accepted it: the earliest
    that any source reports is said, if not the earliest there was.
    """
    made: dict[tuple[Any, ...], dict[str, set[Any]]] = {}
    closed = _closed_conversations(written)
    for an_id, captures in written.emitted.contacts_shown.items():
        last = captures[-1]
        columns: dict[str, set[Any]] = defaultdict(set)
        for each in captures:
            if not each.is_open:
                columns["handle_seconds"].add(each.handle_ms / 1000)
                columns["after_contact_seconds"].add(each.after_contact_ms / 1000)
                columns["unknown_seconds"].add(each.unknown_ms / 1000)
        held = written.state.contacts[an_id].conversation.current()
        if last.is_open and held.id not in closed:
            columns["is_open"] = {True}
            columns["contact_status"] = {"open"}
        contact = written.state.contacts[an_id]
        worked = [
            contact.parts[each] for each in contact.works if each in contact.parts
        ]
        columns["offered_at"] = {plain(each.routed_at) for each in worked}
        columns["accepted_at"] = {plain(each.accepted_at) for each in worked}
        made[(an_id,)] = columns
    return Shown(made)


#: Of a conversation's own columns, those that are of a part only, and when they are.
PARTS = {
    "contact_without_work_count > 0 or uncaptured_contact_count > 0 "
    "or contact_count is null": (
        "work_session_count", "agent_count", "handle_seconds",
        "after_contact_seconds", "unknown_seconds", "inbound_contact_count",
        "outbound_contact_count",
    ),
    "work_source_extract = 'several'": (
        "work_session_count", "agent_count", "unknown_seconds",
    ),
    "is_older_than_items or message_source_extract = 'contact_export_report'": (
        "message_count", "customer_message_count", "agent_message_count",
        "automated_message_count", "note_count",
    ),
    # Counts of rows of the histories, which are those that some extract shows.
    "true": ("assignment_count", "agent_reassignment_count"),
}  # fmt: skip


def parts_of_conversations(database: Path) -> dict[tuple[Any, ...], set[str]]:
    """Return the columns of each conversation that are said to be of a part only."""
    found: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for condition, columns in PARTS.items():
        for (an_id,) in query(
            database,
            f"select conversation_id from marts.fct_conversations where {condition}",
        ):
            found[(an_id,)].update(columns)
    return found


def _closed_conversations(written: Written) -> set[str]:
    """Return the conversations that were last shown closed."""
    return {
        an_id
        for an_id, captures in written.emitted.conversations_shown.items()
        if captures[-1].status == "CLOSED"
    }


#: Columns of who has a conversation.
_OWNERS = ("current_inbox_id", "current_agent_id")


def conversations_as_shown(written: Written, database: Path) -> Shown:
    """Return what the last captures show of conversations and the work in them.

    A sum counts only when every contact of the conversation was shown. Who had it when
    an extract last showed that has it until one shows another: that it was reopened
    since, which items show, does not say for whom.
    """
    made: dict[tuple[Any, ...], dict[str, set[Any]]] = {}
    emitted = written.emitted
    owners: dict[str, Row] = defaultdict(dict)
    for probe in sorted(assignment_probes(written), key=attrgetter("at")):
        for column, an_id in zip(_OWNERS, probe.state, strict=True):
            if an_id != NOT_SHOWN:
                owners[probe.conversation_id][column] = an_id
    for held in judged(written):
        columns: dict[str, set[Any]] = made.setdefault((held.id,), {})
        columns |= {column: {an_id} for column, an_id in owners[held.id].items()}
        shown = emitted.conversations_shown.get(held.id, [])
        if all(each.extract == "conversation_export" for each in shown):
            # Which has one word for open and waiting.
            columns["conversation_status"] = (
                {"open"} if held.status != "CLOSED" else set()
            )
        exported = {an_id for each in held.items for an_id in each.ids} & set(
            emitted.items
        )
        if not held.contacts and not exported:
            # That an agent wrote beside any contact, no extract shows.
            columns["is_self_served"] = {True}
        captures = [emitted.contacts_shown.get(each.id) for each in held.contacts]
        if not captures or any(each is None for each in captures):
            continue
        for name, attribute in (
            ("handle_seconds", "handle_ms"),
            ("after_contact_seconds", "after_contact_ms"),
            ("unknown_seconds", "unknown_ms"),
        ):
            sums = {0}
            for each in captures:
                assert each is not None
                values = {
                    0 if shown.is_open else getattr(shown, attribute) for shown in each
                }
                sums = {one + other for one in sums for other in values}
            columns[name] = {each / 1000 for each in sums}
    return Shown(made, parts_of_conversations(database))


class Spell(NamedTuple):
    """A stretch of which a table says what an agent was."""

    agent_id: str
    status: str
    start: datetime
    end: datetime


def changes_recorded_late(written: Written) -> list[tuple[str, datetime]]:
    """Return changes of agents that were recorded over an hour after they happened.

    Whoever pulls in between can't know of them.
    """
    return [
        (each.agent_id, each.occurred_at)
        for each in written.state.agent_moments
        if each.at - each.occurred_at > timedelta(hours=1)
    ]


def agent_spells_claimed(everything: Truth, database: Path) -> list[tuple[Spell, bool]]:
    """Return what agents are said to have been, and whether they were throughout.

    Two seconds are for reports that drop milliseconds.
    """
    were: dict[tuple[str, str], list[tuple[datetime, datetime]]] = defaultdict(list)
    for row in everything.tables["fct_agent_status_intervals"]:
        were[(row["agent_id"], row["status"])].append(
            (moment(row["valid_from"]), moment(row["valid_to"] or everything.as_of))
        )
    found = []
    for agent_id, status, start, end in query(
        database,
        """
        select
            agent_id,
            status,
            valid_from::varchar,
            least(coalesce(valid_to, as_of), as_of)::varchar
        from marts.fct_agent_status_intervals
        cross join intermediate.int_reporting_moments_resolved
        where valid_from < as_of
        """,
    ):
        spell = Spell(agent_id, status, moment(start), moment(end))
        shared = [
            min(end, spell.end) - max(start, spell.start)
            for start, end in were[(agent_id, status)]
            if start < spell.end and end > spell.start
        ]
        true = sum(shared, timedelta(0))
        found.append((spell, spell.end - spell.start - true < timedelta(seconds=2)))
    return found


def agent_days_claimed(
    everything: Truth, database: Path
) -> list[tuple[tuple[str, str, str], float, float]]:
    """Return the seconds a day of an agent is said to have, and those it truly had."""
    measures = ("logged_in_seconds", "active_seconds", "away_seconds")
    true = {
        (row["agent_id"], row["activity_date"]): row
        for row in everything.tables["fct_agent_daily"]
    }
    found = []
    for agent_id, day, *seconds in query(
        database,
        f"""
        select agent_id, activity_date::varchar, {", ".join(measures)}
        from marts.fct_agent_daily
        cross join intermediate.int_reporting_moments_resolved
        where activity_date < as_of_date
        """,
    ):
        row = true.get((agent_id, day), {})
        found += [
            ((agent_id, day, measure), claimed, row.get(measure, 0.0))
            for measure, claimed in zip(measures, seconds, strict=True)
            if claimed is not None
        ]
    return found


#: Daily measures of which none may be said only where there was none.
DAILY = {
    "fct_inbox_daily": (
        "inbox_id",
        (
            "created_count", "assigned_in_count", "assigned_out_count",
            "contacts_queued_count", "contacts_fulfilled_count",
            "contacts_within_sla_count", "contacts_ended_count",
            "contacts_abandoned_count", "customer_count",
        ),
    ),
    # A topic may be put on after the last pull of topics, so no zero of what was
    # created with it, or worked on, is judged.
    "fct_topic_daily": ("topic_id", ("added_count",)),
    "fct_agent_daily": (
        "agent_id", ("message_sent_count", "closed_conversation_count"),
    ),
}  # fmt: skip
#: Measures of some of those that another counts.
OF_ALL = {
    "contacts_within_sla_count": "contacts_fulfilled_count",
    "contacts_abandoned_count": "contacts_ended_count",
}


def zeros_claimed(
    everything: Truth, database: Path
) -> Iterator[tuple[tuple[str, str, str], int]]:
    """Yield days of inboxes, topics and agents said to have had none, and how many.

    Those are left out that are counted under an inbox that is not known. That none was
    in time or abandoned is judged only where all that were fulfilled or ended count.
    """
    for table, (key, measures) in DAILY.items():
        true = {
            (row[key], row["activity_date"]): row for row in everything.tables[table]
        }
        columns = ", ".join(measures)
        built = {
            (member, day): dict(zip(measures, counts, strict=True))
            for member, day, *counts in query(
                database,
                f"select {key}, activity_date::varchar, {columns} from marts.{table}",
            )
        }
        for (member, day), counts in built.items():
            held = true.get((member, day), {})
            for measure in measures:
                of_all = OF_ALL.get(measure)
                if counts[measure] != 0 or (
                    of_all is not None and counts[of_all] != held.get(of_all, 0)
                ):
                    continue
                elsewhere = sum(
                    built.get((each, day), {}).get(measure) or 0
                    for each in ("unassigned", "unknown")
                )
                were = held.get(measure) or 0
                yield (member, day, measure), max(were - elsewhere, 0)
