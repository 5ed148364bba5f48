"""Writes the report: one HTML file with the figures of a built database.

It needs no server, no script and no other file. The same database gives the same
bytes; now is the moment until which the extracts report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import Annotated, Any

import duckdb
import typer

from report.charts import draw_bars, draw_columns, draw_level, draw_weeks
from report.figures import (
    RECENT_WEEKS,
    WEEKS,
    Figures,
    NotBuiltError,
    Weekly,
    weekly_means,
)

PAGE = Path(__file__).with_name("report.html")
#: Channels whose names people write in another way.
NAMES = {
    "fb_messenger": "Facebook Messenger",
    "instagram_direct": "Instagram",
    "sms": "SMS",
    "whatsapp": "WhatsApp",
}
#: Where it is written what each rule says.
RULES = Path(__file__).parents[2] / "models" / "docs" / "rules.md"
#: More than these are listed in the tables only.
MOST_CHARTS = 9
MOST_ROWS = 12
MOST_MOVERS = 8
#: A longer table is scrolled.
MOST_LINES = 40
#: A table of more columns has the width of the page.
NARROW = 3


def write_report(database: Path, out: Path) -> None:
    """Write the report of a database, its folder too when it is not there.

    Raises:
        NotBuiltError: when there is no such database, or it lacks a table.
    """
    if not database.is_file():
        raise NotBuiltError(f"{database} is not there: run make build first")
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        raise NotBuiltError(f"{database} cannot be read: {error}") from error
    with connection:
        try:
            page = render(Figures(connection))
        except NotBuiltError as error:
            raise NotBuiltError(f"{database} {error}") from error
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page, "utf-8")


def render(figures: Figures) -> str:
    """Return the page."""
    sections = (
        backlog_section,
        service_section,
        handle_section,
        reasons_section,
        health_section,
    )
    return Template(PAGE.read_text("utf-8")).substitute(
        day=day(figures.last_day),
        first_day=day(figures.weeks[0]),
        moment=f"{day(figures.as_of.date())}, {figures.as_of:%H:%M}",
        weeks=WEEKS,
        tiles=tiles(figures),
        sections="\n".join(each(figures) for each in sections),
    )


def tiles(figures: Figures) -> str:
    """Return the five figures that sum the report up."""
    open_now = sum(each.open_counts[-1] for each in figures.backlogs())
    levels = figures.service_levels()
    in_time = sum(sum(each.counts) for each in levels)
    due = in_time + sum(sum(each.late) for each in levels)
    times = figures.handle_times("channel")
    sessions = sum(count for _, count, _ in times)
    created, untagged = figures.conversations()
    balance = figures.row_balance()
    lost = sum(abs(row[-1]) for row in balance)
    shown = [
        ("open", f"{open_now:,}", "conversations open now"),
        ("sla", percent(in_time, due), f"of {due:,} contacts fulfilled in time"),
        (
            "handle",
            minutes(sum(each for _, _, each in times), sessions),
            f"minutes of handling per work session, of {sessions:,}",
        ),
        (
            "tagged",
            percent(created - untagged, created),
            f"of {created:,} conversations created have a topic",
        ),
        (
            "lost",
            f"{lost:,}",
            f"of {sum(row[1] for row in balance):,} landed records unaccounted for",
        ),
    ]
    return "".join(
        f'<div class="tile" id="tile-{name}"><b>{value}</b><span>{text}</span></div>'
        for name, value, text in shown
    )


def backlog_section(figures: Figures) -> str:
    """Return the conversations that were open, by inbox and day."""
    backlogs = figures.backlogs()
    top = max((max(each.open_counts) for each in backlogs), default=0)
    charts = []
    for number, each in enumerate(backlogs[:MOST_CHARTS], 1):
        changed = [
            (a_day, count)
            for place, (a_day, count) in enumerate(
                zip(figures.days, each.open_counts, strict=True)
            )
            if place == 0 or count != each.open_counts[place - 1]
        ]
        charts.append(
            chart(
                f"backlog-{number}",
                each.inbox,
                f"{each.open_counts[-1]:,} open now, {max(each.open_counts):,} at most",
                "Line of the conversations open at the end of each day.",
                draw_level(f"backlog-{number}", figures.days, each.open_counts, top),
                ("since the end of", "open"),
                changed,
            )
        )
    hidden = len(backlogs) - len(charts)
    return section(
        "backlog",
        "Backlog by inbox",
        "Conversations open and assigned to the inbox at the end of each day. All "
        "charts have one scale. Inboxes without a backlog are left out"
        + (f", and {hidden} with a smaller one." if hidden else "."),
        charts,
    )


def service_section(figures: Figures) -> str:
    """Return what was fulfilled in time and late, by channel and week."""
    levels = figures.service_levels()
    top = max(
        (
            count + late
            for each in levels
            for count, late in zip(each.counts, each.late, strict=True)
        ),
        default=0,
    )
    charts = []
    for number, each in enumerate(levels[:MOST_CHARTS], 1):
        in_time, late = sum(each.counts), sum(each.late)
        charts.append(
            chart(
                f"sla-{number}",
                spoken(each.name),
                f"{percent(in_time, in_time + late)} of {in_time + late:,} in time",
                "Columns of the contacts fulfilled each week, in time and late.",
                draw_columns(
                    f"sla-{number}", figures.weeks, each.counts, each.late, top
                ),
                ("week of", "in time", "late", "share in time"),
                [
                    (week, count, after, Share(count, count + after))
                    for week, count, after in zip(
                        figures.weeks, each.counts, each.late, strict=True
                    )
                    if count + after
                ],
            )
        )
    return section(
        "sla",
        "Service level by channel",
        "Contacts with a target, in the week they were fulfilled: "
        '<span class="in-time">in time</span> or <span class="late">late</span>. '
        "All charts have one scale. "
        "Contacts without a target, or not fulfilled yet, are not counted.",
        charts,
    )


def handle_section(figures: Figures) -> str:
    """Return how long work sessions took, by channel and by inbox."""
    charts = []
    for by in ("channel", "inbox"):
        times = figures.handle_times(by)
        name: Callable[[str], str] = spoken if by == "channel" else str
        if times:
            longest = sorted(
                times[:MOST_ROWS], key=lambda each: (-each[2] / each[1], each[0])
            )
            charts.append(
                chart(
                    f"handle-{by}",
                    f"By {by}",
                    "minutes of handling per work session · work sessions",
                    f"Bar of the mean handle time for each {by}.",
                    draw_bars(
                        f"handle-{by}",
                        [
                            (
                                name(each),
                                [seconds / count],
                                f"{minutes(seconds, count)} min · {count:,}",
                            )
                            for each, count, seconds in longest
                        ],
                    ),
                    (by, "work sessions", "handle seconds", "seconds each"),
                    [
                        (name(each), count, seconds, seconds / count)
                        for each, count, seconds in times
                    ],
                )
            )
    return section(
        "handle",
        "Handle time",
        "Mean handle time of a work session, which is one agent's work on one contact, "
        "and how many there were; by the day the contact was accepted.",
        charts,
    )


def reasons_section(figures: Figures) -> str:
    """Return the topics of conversations, and which became more or less frequent."""
    reasons = figures.contact_reasons()
    topics = figures.topics_added()
    created, untagged = figures.conversations()
    charts = []
    if reasons:
        charts.append(
            chart(
                "reasons",
                "Conversations by topic",
                "several topics on a conversation share it",
                "Bar of the shared-out conversations for each topic.",
                draw_bars(
                    "reasons",
                    [
                        (path(name), [part], f"{part:,.1f}")
                        for name, _, part in reasons[:MOST_ROWS]
                    ],
                ),
                ("topic", "conversations", "shared out"),
                [(path(name), count, part) for name, count, part in reasons],
            )
        )
    if topics:
        charts.append(
            chart(
                "movers",
                "Topics on the move",
                f"times added a week: {WEEKS - RECENT_WEEKS - 1} weeks before → "
                f"last {RECENT_WEEKS} that are over",
                "Columns by week for each topic, the last weeks emphasised.",
                draw_weeks(
                    "movers",
                    [
                        (path(each.name), each.counts, moved(each))
                        for each in topics[:MOST_MOVERS]
                    ],
                    RECENT_WEEKS,
                ),
                ("topic", "week of", "times added"),
                [
                    (path(each.name), week, count)
                    for each in topics
                    for week, count in zip(figures.weeks, each.counts, strict=True)
                    if count
                ],
            )
        )
    return section(
        "reasons",
        "Contact reasons",
        "The topics that conversations created in the period have now; shared out, "
        f"they add up to the {created - untagged:,} tagged of {created:,}. "
        f"Beside them, how often topics were added, the most changed first: the last "
        f"{RECENT_WEEKS} weeks that are over are coloured, this week is pale.",
        charts,
    )


def health_section(figures: Figures) -> str:
    """Return what the audits say of the extracts."""
    checked = figures.reconciliation()
    says = dict(
        re.findall(r"^\| (R\d\d) \| ([^|]+) \|", RULES.read_text("utf-8"), re.MULTILINE)
    )
    parts = []
    if checked:
        equal = sum(row[1] for row in checked)
        explained = sum(row[2] for row in checked)
        unexplained = sum(row[3] for row in checked)
        parts.append(
            chart(
                "reconciliation",
                "Our figures against Gladly's",
                f"{equal:,} equal, {explained:,} explained, "
                f"{unexplained:,} unexplained",
                "Bar of the shares that are equal, explained and unexplained, "
                "for each measure.",
                draw_bars(
                    "reconciliation",
                    [
                        (
                            spoken(name),
                            counts,
                            f"{percent(counts[0], sum(counts))} equal",
                        )
                        for name, *counts in checked
                    ],
                    share=True,
                ),
                ("measure", "equal", "explained", "unexplained"),
                [(spoken(name), *counts) for name, *counts in checked],
            )
        )
    parts += [
        listing(name, title, columns, rows)
        for name, title, columns, rows in (
            (
                "violations",
                "Where the data contradicts Gladly's rules",
                ("rule", "entity", "times"),
                [
                    (f"{rule} {says.get(rule, '')}", entity, count)
                    for rule, entity, count in figures.violations()
                ],
            ),
            (
                "balance",
                "What became of every landed record",
                ("extract", "landed", "used", "superseded", "rejected", "lost"),
                figures.row_balance(),
            ),
            (
                "coverage",
                "From when to when each extract reaches",
                ("extract", "from", "to", "captured last", "days without"),
                figures.coverage(),
            ),
            (
                "rejected",
                "Records set aside",
                ("extract", "reason", "records"),
                figures.rejected(),
            ),
            (
                "unmapped",
                "Fields and values that are not mapped",
                ("extract", "field", "problem", "values", "records"),
                figures.unmapped(),
            ),
            (
                "restatements",
                "What later captures changed",
                ("extract", "kind", "values", "last on"),
                figures.restatements(),
            ),
        )
    ]
    return section(
        "health",
        "Data health",
        'Gladly\'s figures are compared with ours: equal, <span class="explained">'
        'explained</span> by a known cause, or <span class="late">unexplained</span>. '
        "Records that could not be used stay listed in the schema audit, with the "
        "reason.",
        parts,
    )


def section(name: str, title: str, text: str, charts: Sequence[str]) -> str:
    """Return a section; ``text`` is HTML."""
    inside = "".join(charts) or '<p class="muted">Nothing in this period.</p>'
    return (
        f'<section id="{name}"><div><h2>{title}</h2><p class="muted">{text}</p></div>'
        f'<div class="charts">{inside}</div></section>'
    )


def chart(
    name: str,
    title: str,
    finding: str,
    description: str,
    svg: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
) -> str:
    """Return a chart under its finding, with the figures it shows in a table."""
    opening, rest = svg.split(">", 1)
    named = (
        f'{opening}><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(f"{description} {finding}.")}</desc>{rest}'
    )
    return (
        f"<figure><figcaption>{escape(title)}<span>{escape(finding)}</span></figcaption>"
        f"{named}<details><summary>Figures</summary>"
        f"{table(name, columns, rows)}</details></figure>"
    )


def listing(
    name: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> str:
    """Return a table under a heading, or that there is nothing to list."""
    inside = table(name, columns, rows) if rows else '<p class="muted">None.</p>'
    wide = ' class="wide"' if len(columns) > NARROW else ""
    return f"<div{wide}><h3>{title}</h3>{inside}</div>"


def table(name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return a table whose cells carry exact values beside what is shown."""
    numbers = [isinstance(each, (int, float, Share)) for each in rows[0]]
    head = "".join(
        f'<th scope="col"{NUMBER if number else ""}>{escape(column)}</th>'
        for column, number in zip(columns, numbers, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(cell(each) for each in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="table{" tall" if len(rows) > MOST_LINES else ""}" tabindex="0" '
        f'role="region" aria-label="{escape(name)}"><table id="table-{name}"><thead>'
        f"<tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


NUMBER = ' class="number"'


class Share:
    """A part of a whole, shown in percent."""

    def __init__(self, part: int, whole: int) -> None:
        """Take both counts."""
        self.value = part / whole
        self.shown = percent(part, whole)


def cell(value: Any) -> str:
    """Return a cell of a table."""
    if isinstance(value, Share):
        exact, shown = f"{value.value!r}", value.shown
    elif isinstance(value, int):
        exact, shown = str(value), f"{value:,}"
    elif isinstance(value, float):
        exact, shown = repr(value), f"{value:,.1f}"
    elif isinstance(value, date):
        return f'<td><time datetime="{value:%Y-%m-%d}">{day(value)}</time></td>'
    else:
        return f"<td>{escape(str(value)).replace('_', '_<wbr>')}</td>"
    return f'<td{NUMBER}><data value="{exact}">{shown}</data></td>'


def day(value: date) -> str:
    """Return a date such as 3 April 2025."""
    return f"{value.day} {value:%B} {value.year}"


def percent(part: int, whole: int) -> str:
    """Return a share such as 92%; 100% only when it is the whole."""
    if not whole:
        return "none"
    rounded = round(part / whole * 100)
    return f"{min(rounded, 99) if part < whole else rounded}%"


def minutes(seconds: float, count: int) -> str:
    """Return the mean of seconds in minutes."""
    return f"{seconds / count / 60:.1f}" if count else "none"


def spoken(name: str) -> str:
    """Return a name of the vocabulary as people write it."""
    text = NAMES.get(name, name).replace("_", " ")
    return (text[:1].upper() + text[1:]).replace(" sla", " SLA")


def moved(topic: Weekly) -> str:
    """Return the weekly means of a topic before and of late."""
    before, recent = weekly_means(topic)
    return f"{before:.1f} → {recent:.1f}"


def path(name: str) -> str:
    """Return a topic's path as people write it."""
    return name.replace(" > ", " / ")


def main(
    database: Annotated[Path, typer.Argument(help="What make build wrote.")],
    out: Annotated[Path, typer.Option(help="File to write.")] = Path(
        "target/report.html"
    ),
) -> None:
    """Write the report of a built database."""
    try:
        write_report(database, out)
    except NotBuiltError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    typer.echo(f"Open {out} in a browser.")


if __name__ == "__main__":
    typer.run(main)
