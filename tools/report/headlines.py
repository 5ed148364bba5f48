"""What the headline numbers of the report are, and how they are worked out and shown.

The page's script is given the same definitions and does the same with them for any
period and filter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from report.figures import Table

#: What each filter is called in the rows.
FILTERS = ("inbox", "channel", "team")


@dataclass(frozen=True)
class Headline:
    """A number, as sums over sums.

    Attributes:
        name: of the metric that it is.
        label: what it is called on the page.
        table: rows it is made of.
        part: measures that are summed.
        whole: measures it is divided by; none for a plain sum.
        unit: count, share or seconds.
        better: higher or lower; neither where it depends.
        filters: the filters that its rows can be held against.
        covered: whose first day the number cannot be earlier than.
    """

    name: str
    label: str
    table: str
    part: tuple[str, ...]
    whole: tuple[str, ...]
    unit: str
    better: str
    filters: tuple[str, ...]
    covered: str


BOTH = ("inbox", "channel")
HEADLINES = (
    Headline(
        name="contacts_queued",
        label="Contacts",
        table="cube",
        part=("inbound", "outbound"),
        whole=(),
        unit="count",
        better="",
        filters=BOTH,
        covered="contacts",
    ),
    Headline(
        name="conversations_created",
        label="Conversations created",
        table="cube",
        part=("created",),
        whole=(),
        unit="count",
        better="",
        filters=BOTH,
        covered="conversations",
    ),
    Headline(
        name="backlog",
        label="Open at the end",
        table="backlog",
        part=("open",),
        whole=(),
        unit="count",
        better="lower",
        filters=("inbox",),
        covered="conversations",
    ),
    Headline(
        name="average_first_reply_seconds",
        label="First reply, on average",
        table="cube",
        part=("reply_seconds",),
        whole=("replied",),
        unit="seconds",
        better="lower",
        filters=BOTH,
        covered="messages",
    ),
    Headline(
        name="sla_rate",
        label="Service level",
        table="cube",
        part=("in_time",),
        whole=("in_time", "late"),
        unit="share",
        better="higher",
        filters=BOTH,
        covered="contacts",
    ),
    Headline(
        name="abandonment_rate",
        label="Abandoned",
        table="cube",
        part=("abandoned",),
        whole=("ended_inbound",),
        unit="share",
        better="lower",
        filters=BOTH,
        covered="contacts",
    ),
    Headline(
        name="reopen_rate",
        label="Reopened",
        table="cube",
        part=("reopened",),
        whole=("closed",),
        unit="share",
        better="lower",
        filters=BOTH,
        covered="closings",
    ),
    Headline(
        name="fcr_rate",
        label="Resolved at first contact",
        table="cube",
        part=("fcr",),
        whole=("fcr_eligible",),
        unit="share",
        better="higher",
        filters=BOTH,
        covered="closings",
    ),
    Headline(
        name="handle_seconds_per_work_session",
        label="Handle time per work session",
        table="work",
        part=("handle_seconds",),
        whole=("sessions",),
        unit="seconds",
        better="lower",
        filters=FILTERS,
        covered="work_sessions",
    ),
    Headline(
        name="occupancy_rate",
        label="Occupancy of agents",
        table="agents",
        part=("occupied_seconds",),
        whole=("occupiable_seconds",),
        unit="share",
        better="",
        filters=("team",),
        covered="agent_statuses",
    ),
    Headline(
        name="repeat_contact_rate",
        label="Repeat contacts",
        table="cube",
        part=("repeated",),
        whole=("inbound",),
        unit="share",
        better="lower",
        filters=BOTH,
        covered="contacts",
    ),
    Headline(
        name="deflection_rate",
        label="Deflected by automation",
        table="cube",
        part=("automation",),
        whole=("automation", "handed_over"),
        unit="share",
        better="higher",
        filters=BOTH,
        covered="messages",
    ),
)
#: A larger change is the change of next to nothing, and is not shown.
MOST_PERCENT = 999
NOT_REPORTED = "before: not reported"
#: Last day of a table's rows is a state, so that days are not summed.
STATES = ("backlog",)


@dataclass(frozen=True)
class Shown:
    """The texts of a headline: the number, the one before, the target.

    An empty text is not shown.
    """

    value: str
    before: str
    target: str


def show(
    headline: Headline,
    table: Table,
    period: tuple[date, date],
    covered_from: date | None,
    window_from: date,
    target: float | None,
) -> Shown:
    """Return the texts of a headline for a period, both days included."""
    first_day, last_day = period
    length = (last_day - first_day).days + 1
    value = work_out(headline, table, first_day, last_day)
    earlier = first_day - timedelta(days=length)
    before = work_out(headline, table, earlier, first_day - timedelta(days=1))
    if covered_from is None or last_day < covered_from:
        value, shown = None, "not reported"
    else:
        shown = write(value, headline.unit)
    is_reported = covered_from is not None and earlier >= max(covered_from, window_from)
    return Shown(
        shown,
        compare(value, before, headline.unit) if is_reported else NOT_REPORTED,
        hold_against(value, target, headline),
    )


def work_out(
    headline: Headline, table: Table, first_day: date, last_day: date
) -> float | None:
    """Return the number of a period; none when there is nothing to divide by."""
    if headline.table in STATES:
        first_day = last_day
    places = [table.names.index(name) for name in headline.part]
    under = [table.names.index(name) for name in headline.whole]
    rows = [row for row in table.rows if first_day <= row[0] <= last_day]
    part = sum(row[place] or 0 for row in rows for place in places)
    if not headline.whole:
        return float(part)
    whole = sum(row[place] or 0 for row in rows for place in under)
    return part / whole if whole else None


def compare(value: float | None, before: float | None, unit: str) -> str:
    """Return how a number stands to the one before."""
    was = f"before: {write(before, unit)}"
    if value is None or before is None or (unit != "share" and not before):
        return was
    if unit == "share":
        # Of what is shown, so that equal numbers are not said to differ.
        change = percent(value) - percent(before)
        moved = f"{abs(change)} {'point' if abs(change) == 1 else 'points'}"
    else:
        change = halves_up((value - before) / before * 100)
        moved = f"{abs(change)}%"
        if abs(change) > MOST_PERCENT:
            return was
    if not change:
        return f"{was}, about equal"
    return f"{was}, {'up' if change > 0 else 'down'} {moved}"


def hold_against(value: float | None, target: float | None, headline: Headline) -> str:
    """Return the target and whether it is met, or nothing without a target."""
    if target is None:
        return ""
    said = f"target: {write(target, headline.unit)}"
    if value is None or not headline.better:
        return said
    met = value >= target if headline.better == "higher" else value <= target
    return f"{said}, {'met' if met else 'missed'}"


def halves_up(value: float) -> int:
    """Round as a browser does."""
    return math.floor(value + 0.5)


def percent(value: float) -> int:
    """Return a share in percent; 100 only for the whole, 0 only for nothing."""
    rounded = halves_up(value * 100)
    return max(1, min(99, rounded)) if 0 < value < 1 else rounded


def write(value: float | None, unit: str) -> str:
    """Return a number such as 1,204, 92% or 12.3 min."""
    if value is None:
        return "none"
    if unit == "share":
        return f"{percent(value)}%"
    if unit == "seconds":
        for most, size, name in (
            (90, 1, "s"),
            (5400, 60, "min"),
            (129600, 3600, "h"),
            (math.inf, 86400, "days"),
        ):
            if value < most:
                in_units = value / size
                shown = (
                    f"{halves_up(in_units)}"
                    if size == 1
                    else f"{halves_up(in_units * 10) / 10:,.1f}"
                )
                return f"{shown} {name}"
    return f"{halves_up(value):,}"


def default_period(
    contacts: Sequence[tuple[date, int]], last_day: date
) -> tuple[int, date, date]:
    """Return weeks, first and last day of the period that the report opens with.

    Whole weeks that are over: four, or more when there were fewer than a hundred
    contacts in them.
    """
    end = last_day - timedelta(days=last_day.weekday() + 1)
    for weeks in (4, 13, 26, 52):
        start = end - timedelta(days=7 * weeks - 1)
        if sum(count for day, count in contacts if start <= day <= end) >= 100:
            break
    return weeks, start, end
