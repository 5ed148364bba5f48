"""Draws the charts of the report as SVG that is part of the page.

Text stays text, colours are the page's own, so that light, dark and print each have
theirs, and the same figures give the same bytes.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

matplotlib.use("svg")

#: Width of every chart in points, which is what a phone is wide.
WIDTH = 360
#: Colours that stand for a variable of the page's style.
COLOURS = {
    "#000001": "var(--ink)",
    "#000002": "var(--muted)",
    "#000003": "var(--rule)",
    "#000004": "var(--accent)",
    "#000005": "var(--late)",
    "#000006": "var(--faint)",
}
INK, MUTED, RULE, ACCENT, LATE, FAINT = COLOURS
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "xtick.color": RULE,
    "xtick.labelcolor": MUTED,
    "ytick.color": RULE,
    "ytick.labelcolor": MUTED,
    "ytick.major.size": 0,
}
LONGEST_LABEL = 56


def draw_level(name: str, days: Sequence[date], values: Sequence[int], top: int) -> str:
    """Return a line of a count by day, its last value written at the end.

    Args:
        name: of the chart; no other on the page has it.
        days: consecutive days.
        values: the count at the end of each.
        top: highest value that charts beside this one share.
    """
    with matplotlib.rc_context({**SETTINGS, "svg.hashsalt": name}):
        figure, axes = _time_axes(130, days[0], days[-1])
        axes.set_ylim(0, top * 1.12)
        places = [day.toordinal() for day in days]
        axes.fill_between(places, values, step="post", color=FAINT, linewidth=0)
        axes.step(places, values, where="post", color=ACCENT, linewidth=1.6)
        last = (places[-1], values[-1])
        axes.plot(*last, marker="o", markersize=4.5, color=ACCENT, clip_on=False)
        axes.annotate(
            f"{values[-1]:,}",
            last,
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            color=ACCENT,
            weight="bold",
            annotation_clip=False,
        )
        return _svg(figure, name)


def draw_columns(
    name: str, weeks: Sequence[date], good: Sequence[int], late: Sequence[int], top: int
) -> str:
    """Return columns by week, of what was in time and, on top, what was late.

    Args:
        name: of the chart; no other on the page has it.
        weeks: first days of consecutive weeks.
        good: how many were in time, by week.
        late: how many were not, by week.
        top: highest sum of the two that charts beside this one share.
    """
    with matplotlib.rc_context({**SETTINGS, "svg.hashsalt": name}):
        figure, axes = _time_axes(130, weeks[0], weeks[-1] + timedelta(days=6))
        axes.set_ylim(0, top * 1.08)
        places = [week.toordinal() for week in weeks]
        for week, in_time, after in zip(places, good, late, strict=True):
            for foot, height, colour in ((0, in_time, ACCENT), (in_time, after, LATE)):
                axes.bar(week, height, 5.2, foot, align="edge", lw=0, color=colour)
        return _svg(figure, name)


def draw_bars(
    name: str, rows: Sequence[tuple[str, Sequence[float], str]], *, share: bool = False
) -> str:
    """Return horizontal bars, each under its label and with its value at the end.

    Args:
        name: of the chart; no other on the page has it.
        rows: label, lengths of the parts of the bar, and the value as text.
        share: whether all bars are as long as the chart is wide.
    """
    height = 34
    with matplotlib.rc_context({**SETTINGS, "svg.hashsalt": name}):
        figure, axes = _rows_axes(len(rows), height)
        longest = max(sum(parts) for _, parts, _ in rows) or 1
        for place, (label, parts, value) in enumerate(rows):
            left = 0.0
            whole = (sum(parts) or 1) if share else longest
            for part, colour in zip(parts, (ACCENT, FAINT, LATE), strict=False):
                width = part / whole * WIDTH
                axes.barh(
                    place * height + 21,
                    width,
                    left=left,
                    height=9,
                    color=colour,
                    linewidth=0,
                )
                left += width
            _write_row(axes, place * height + 11, label, value)
        return _svg(figure, name)


def draw_weeks(
    name: str, rows: Sequence[tuple[str, Sequence[int], str]], recent: int
) -> str:
    """Return a row of small columns by week for each label, the latest emphasised.

    Args:
        name: of the chart; no other on the page has it.
        rows: label, counts by week, and what changed as text.
        recent: how many of the last weeks that are over are compared with those before.
            The week after them is not over and pale.
    """
    height, tall = 52, 26
    with matplotlib.rc_context({**SETTINGS, "svg.hashsalt": name}):
        figure, axes = _rows_axes(len(rows), height)
        top = max(max(values) for _, values, _ in rows) or 1
        weeks = len(rows[0][1])
        colours = [MUTED] * (weeks - recent - 1) + [ACCENT] * recent + [FAINT]
        for place, (label, values, text) in enumerate(rows):
            foot = place * height + height - 8
            step = WIDTH / weeks
            for week, (value, colour) in enumerate(zip(values, colours, strict=True)):
                axes.bar(
                    week * step + 1,
                    -value / top * tall,
                    bottom=foot,
                    width=step - 2,
                    align="edge",
                    linewidth=0,
                    color=colour,
                )
            axes.plot([0, WIDTH], [foot, foot], color=RULE, linewidth=0.8)
            _write_row(axes, place * height + 11, label, text)
        return _svg(figure, name)


def _time_axes(height: int, first: date, last: date) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH / 72, height / 72))
    axes = figure.add_axes((26 / WIDTH, 22 / height, 300 / WIDTH, 1 - 26 / height))
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    months = [day for day in days if day.day == 1]
    axes.set_xlim(first.toordinal(), last.toordinal())
    axes.set_xticks(
        [month.toordinal() for month in months], [f"{month:%b}" for month in months]
    )
    axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    return figure, axes


def _rows_axes(rows: int, height: int) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH / 72, rows * height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(rows * height, 0)
    return figure, axes


def _write_row(axes: Axes, baseline: float, label: str, value: str) -> None:
    if len(label) > LONGEST_LABEL - len(value):
        label = label[: LONGEST_LABEL - len(value) - 1].rstrip() + "…"
    axes.text(0, baseline, label, va="baseline")
    axes.text(WIDTH, baseline, value, va="baseline", ha="right", color=MUTED)


def _svg(figure: Figure, name: str) -> str:
    """Return the SVG without what would be said twice or clash on one page."""
    written = io.StringIO()
    with warnings.catch_warnings():
        # Names may be in scripts that the font used for measuring does not have.
        warnings.filterwarnings("ignore", message="Glyph")
        figure.savefig(
            written,
            format="svg",
            transparent=True,
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<style.*?</style>|<metadata>.*?</metadata>", "", svg, flags=re.S)
    linked = set(re.findall(r"#([\w.-]+)", svg))
    svg = re.sub(
        r' id="([^"]+)"', lambda each: each[0] if each[1] in linked else "", svg
    )
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", "var(--font)", svg)
    for colour, variable in COLOURS.items():
        svg = svg.replace(colour, variable)
    opening = (
        f'<svg viewBox="0 0 {WIDTH} {figure.get_figheight() * 72:g}" role="img" '
        f'aria-labelledby="{escape(name)}-title {escape(name)}-desc">'
    )
    return re.sub(r"\n\s*", "\n", re.sub(r"<svg[^>]*>", opening, svg, count=1)).strip()
