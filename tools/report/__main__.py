"""Writes the report: one HTML file with the figures of a built database.

It needs no server and no other file. The same database gives the same bytes; now is the
moment until which the extracts report.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import Annotated, Any

import duckdb
import typer

from report.embedding import as_columns, as_script
from report.figures import (
    MOST_LISTED,
    MOST_OF_A_WEEK,
    Figures,
    NotBuiltError,
    Table,
)
from report.headlines import HEADLINES, Headline, Shown, default_period, show

FOLDER = Path(__file__).parent
PAGE = FOLDER / "page"
#: The scripts of others, in the order in which one needs another, and their licences.
VENDORED = (
    ("fflate.umd.js", "fflate.LICENSE"),
    ("d3.min.js", "d3.LICENSE"),
    ("plot.umd.min.js", "plot.LICENSE"),
)
#: Channels whose names people write in another way.
NAMES = {
    "fb_messenger": "Facebook Messenger",
    "instagram_direct": "Instagram",
    "sms": "SMS",
    "whatsapp": "WhatsApp",
}
#: Where it is written what each rule says.
RULES = Path(__file__).parents[2] / "models" / "docs" / "rules.md"
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
    tables = {
        "cube": figures.cube(),
        "hours": figures.hours(),
        "work": figures.work(),
        "agents": figures.agent_days(),
        "backlog": figures.backlog(),
        "open_now": figures.open_now(),
        "topics": figures.conversation_topics(),
    }
    weeks, first_day, last_day = default_period(
        [(row[0], row[3] + row[4]) for row in tables["cube"].rows], figures.last_day
    )
    covered_from = figures.covered_from()
    targets = figures.targets()
    shown = [
        (
            headline,
            show(
                headline,
                tables[headline.table],
                (first_day, last_day),
                covered_from[headline.covered],
                figures.first_day,
                targets.get(headline.name),
            ),
        )
        for headline in HEADLINES
    ]
    scripts = [
        f"/*\n{(FOLDER / 'vendor' / licence).read_text('utf-8')}*/\n"
        + (FOLDER / "vendor" / script).read_text("utf-8")
        for script, licence in VENDORED
    ] + [(PAGE / "report.js").read_text("utf-8")]
    return Template((PAGE / "report.html").read_text("utf-8")).substitute(
        day=day(figures.last_day),
        moment=f"{day(figures.as_of.date())}, {figures.as_of:%H:%M}",
        zone=escape(figures.zone),
        period=f"{day(first_day)} to {day(last_day)}, {weeks * 7} days, beside the "
        "period of the same length before.",
        policy=policy(scripts),
        style=(PAGE / "report.css").read_text("utf-8"),
        tiles="".join(tile(headline, each) for headline, each in shown),
        health=health_section(figures),
        most_of_a_week=MOST_OF_A_WEEK,
        most_listed=f"{MOST_LISTED:,}",
        data=as_script(embedded(figures, tables, (first_day, last_day))),
        scripts="\n".join(f"<script>{each}</script>" for each in scripts),
    )


def policy(scripts: Sequence[str]) -> str:
    """Return what the page may do: run its own scripts, and ask nobody anything."""
    hashes = " ".join(
        f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'"
        for each in scripts
    )
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'"


def embedded(
    figures: Figures, tables: dict[str, Table], period: tuple[date, date]
) -> dict[str, Any]:
    """Return what the script of the page works with."""
    lists, conversations = figures.listed()
    names = figures.names()
    return {
        "first_day": figures.first_day.isoformat(),
        "last_day": figures.last_day.isoformat(),
        "period": [each.isoformat() for each in period],
        "zone": figures.zone,
        "link_prefix": figures.link_prefix,
        "headlines": [asdict(each) for each in HEADLINES],
        "targets": figures.targets(),
        "covered_from": {
            name: None if each is None else (each - figures.first_day).days
            for name, each in figures.covered_from().items()
        },
        "names": names,
        "spoken": [
            "No channel" if each is None else spoken(each) for each in names["channels"]
        ],
        "tables": {name: as_data(each, figures) for name, each in tables.items()},
        "lists": {name: as_data(each, figures) for name, each in lists.items()},
        "conversations": conversations,
    }


def as_data(table: Table, figures: Figures) -> dict[str, Any]:
    """Return a table as the script reads it."""
    return {
        "length": len(table.rows),
        "unknowns": table.has_unknowns,
        "columns": as_columns(table, figures.first_day),
    }


def tile(headline: Headline, shown: Shown) -> str:
    """Return a headline number beside the one before and its target."""
    return (
        f'<div class="tile" id="tile-{headline.name}"><a>{headline.label}</a>'
        f'<b>{shown.value}</b><span class="before">{shown.before}</span>'
        f'<span class="target">{shown.target}</span><span class="note"></span></div>'
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
            listing(
                "reconciliation",
                f"Our figures against Gladly's: {equal:,} equal, {explained:,} "
                f"explained, {unexplained:,} unexplained",
                ("measure", "equal", "explained", "unexplained", "share equal"),
                [
                    (spoken(name), *counts, Share(counts[0], sum(counts)))
                    for name, *counts in checked
                ],
            )
        )
    parts += [
        listing(name, title, columns, rows)
        for name, title, columns, rows in (
            (
                "coverage",
                "From when to when each extract reaches",
                ("extract", "from", "to", "captured last", "days without"),
                figures.coverage(),
            ),
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
        "Data coverage and health",
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


def spoken(name: str) -> str:
    """Return a name of the vocabulary as people write it."""
    text = NAMES.get(name, name).replace("_", " ")
    return (text[:1].upper() + text[1:]).replace(" sla", " SLA")


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
