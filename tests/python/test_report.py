"""The report shows what SQL finds, opens from disk anywhere, and asks no one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from project import ROOT, query
from sample import Sample

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    None,
)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="no Chromium on this machine; on Debian: apt-get install chromium",
)


class Tables(HTMLParser):
    """The tables of a page by id; a cell is its exact value where it has one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[tuple[Any, ...]]] = {}
        self.tiles: dict[str, str] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._cells: list[Any] | None = None
        self._exact: Any = None
        self._text = ""
        self._tile = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "table":
            self._rows = self.found.setdefault(
                str(values["id"]).removeprefix("table-"), []
            )
        elif tag == "tr":
            self._cells = []
        elif tag == "td":
            self._text, self._exact = "", None
        elif tag == "data":
            self._exact = float(values["value"] or "")
        elif tag == "time":
            self._exact = date.fromisoformat(values["datetime"] or "")
        elif tag == "div" and str(values.get("id")).startswith("tile-"):
            self._tile = str(values["id"]).removeprefix("tile-")
        elif tag == "b":
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._cells is not None:
            self._cells.append(self._text if self._exact is None else self._exact)
        elif tag == "tr" and self._cells:
            self._rows.append(tuple(self._cells))
        elif tag == "b" and self._tile:
            self.tiles[self._tile] = self._text


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    return sample.database


def write(database: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Write the report as ``make report`` does."""
    return subprocess.run(
        [sys.executable, "-m", "report", str(database), "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tools")},
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.fixture(scope="module")
def report(built: Path) -> Path:
    out = built.parent / "folder" / "report.html"
    ended = write(built, out)
    assert ended.returncode == 0, ended.stderr
    return out


@pytest.fixture(scope="module")
def shown(report: Path) -> Tables:
    return Tables(report.read_text("utf-8"))


def test_the_backlog_is_what_was_open_at_the_end_of_each_day(
    built: Path, shown: Tables
) -> None:
    ((last,),) = query(
        built, "select as_of_date from intermediate.int_reporting_moments_resolved"
    )
    expected = query(
        built,
        f"""
        select inbox_name, activity_date, open_count
        from marts.fct_inbox_daily inner join marts.dim_inboxes using (inbox_id)
        where activity_date >= date_trunc('week', date '{last}') - interval 25 week
        and open_count > 0
        order by all
        """,
    )
    page_names = {"backlog-1": "Support", "backlog-2": "VIP Desk"}
    seen = []
    for table, rows in shown.found.items():
        if table.startswith("backlog-"):
            for place, (since, count) in enumerate(rows):
                until = (
                    rows[place + 1][0]
                    if place + 1 < len(rows)
                    else last + timedelta(days=1)
                )
                for passed in range((until - since).days):
                    if count:
                        name = page_names.get(table, "Refunds")
                        seen.append((name, since + timedelta(days=passed), int(count)))
    assert sorted(seen) == expected
    assert shown.tiles["open"] == str(
        query(built, "select count(*) from marts.fct_conversations where is_open")[0][0]
    )


def test_the_service_level_is_that_of_the_contacts_fulfilled(
    built: Path, shown: Tables
) -> None:
    expected = query(
        built,
        """
        select
            cast(date_trunc('week', fulfilled_at) as date),
            count(*) filter (is_within_sla),
            count(*) filter (not is_within_sla),
            avg(cast(is_within_sla as integer))
        from marts.fct_contacts
        where is_within_sla is not null and fulfilled_at >= '2025-01-06'
        and channel = 'chat'
        group by all
        order by all
        """,
    )
    assert shown.found["sla-1"] == expected
    charted = [rows for name, rows in shown.found.items() if name.startswith("sla-")]
    in_time = sum(row[1] for rows in charted for row in rows)
    late = sum(row[2] for rows in charted for row in rows)
    assert shown.tiles["sla"] == f"{in_time / (in_time + late):.0%}"


def test_topics_on_the_move_add_up_to_the_times_they_were_added(
    built: Path, shown: Tables
) -> None:
    expected = query(
        built,
        """
        select
            replace(topic_path, ' > ', ' / '),
            cast(date_trunc('week', added_at) as date),
            count(*)
        from marts.fct_conversation_topics
        inner join marts.dim_topics using (topic_id)
        where added_at >= '2025-01-06'
        group by all
        order by all
        """,
    )
    assert sorted(shown.found["movers"]) == expected
    # It fell from 40 times in 21 weeks to none in the last four that are over.
    assert shown.found["movers"][0][0] == "Orders / Late delivery"


@pytest.mark.parametrize(
    ("table", "column"),
    [("handle-channel", "channel"), ("handle-inbox", "inbox_name")],
)
def test_handle_time_is_that_of_the_work_sessions(
    table: str, column: str, built: Path, shown: Tables
) -> None:
    expected = query(
        built,
        f"""
        select count(*), sum(handle_seconds), avg(handle_seconds)
        from marts.fct_work_sessions left join marts.dim_inboxes using (inbox_id)
        where accepted_at >= '2025-01-06'
        group by {column}
        order by 2 desc
        """,
    )
    found = [row[1:] for row in shown.found[table]]
    assert sorted(found) == [pytest.approx(row) for row in sorted(expected)]


def test_contact_reasons_share_out_every_tagged_conversation_once(
    built: Path, shown: Tables
) -> None:
    tagged = query(
        built,
        """
        select count(*) from marts.fct_conversations
        where not is_untagged and created_at >= '2025-01-06'
        """,
    )
    rows = shown.found["reasons"]
    assert sum(row[2] for row in rows) == pytest.approx(tagged[0][0])
    assert len(rows) == len({row[0] for row in rows})


def test_data_health_counts_what_the_audits_hold(built: Path, shown: Tables) -> None:
    balance = shown.found["balance"]
    assert {row[5] for row in balance} == {0}
    assert all(row[1] == sum(row[2:5]) for row in balance)
    for table, column, sql in (
        ("balance", 4, "select count(*) from audit.audit_rejected_records"),
        ("rejected", 2, "select count(*) from audit.audit_rejected_records"),
        ("unmapped", 4, "select sum(record_count) from audit.audit_unmapped_values"),
        ("violations", 2, "select count(*) from audit.audit_rule_violations"),
        ("restatements", 2, "select count(*) from audit.audit_restatements"),
        (
            *("coverage", 4),
            "select sum(days_without_record_count) from audit.audit_extract_coverage",
        ),
    ):
        assert sum(row[column] for row in shown.found[table]) == query(built, sql)[0][0]
    verdicts = query(
        built,
        """
        select
            count(*) filter (verdict = 'equal'),
            count(*) filter (verdict = 'explained'),
            count(*) filter (verdict = 'unexplained')
        from audit.audit_reconciliation
        """,
    )
    rows = shown.found["reconciliation"]
    assert [tuple(sum(row[place] for row in rows) for place in (1, 2, 3))] == verdicts


def test_one_database_gives_one_report(
    built: Path, report: Path, tmp_path: Path
) -> None:
    assert write(built, tmp_path / "again.html").returncode == 0
    assert (tmp_path / "again.html").read_bytes() == report.read_bytes()


def test_names_are_text_whatever_they_hold(built: Path, tmp_path: Path) -> None:
    database = tmp_path / "gladly.duckdb"
    shutil.copy(built, database)
    name = "<script>alert(1)</script> $100 & \u6ce8\u6587"
    with duckdb.connect(str(database)) as connection:
        connection.execute("update marts.dim_inboxes set inbox_name = ?", [name])
        connection.execute("update marts.dim_topics set topic_path = ?", [name])
    ended = write(database, tmp_path / "report.html")
    assert (ended.returncode, ended.stderr) == (0, "")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; $100 &amp; \u6ce8\u6587" in page


def test_a_tenant_without_activity_has_a_report(built: Path, tmp_path: Path) -> None:
    database = tmp_path / "gladly.duckdb"
    shutil.copy(built, database)
    with duckdb.connect(str(database)) as connection:
        for (name,) in query(
            built,
            """
            select schema_name || '.' || table_name from duckdb_tables()
            where schema_name = 'audit' or table_name like 'fct_%'
            """,
        ):
            connection.execute(f"delete from {name}")
    ended = write(database, tmp_path / "report.html")
    assert ended.returncode == 0, ended.stderr
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "Nothing in this period." in page


@pytest.mark.parametrize("missing", ["the database", "a mart", "a database in it"])
def test_what_is_missing_is_said_in_a_sentence(
    missing: str, built: Path, tmp_path: Path
) -> None:
    database = tmp_path / "gladly.duckdb"
    if missing == "a mart":
        shutil.copy(built, database)
        with duckdb.connect(str(database)) as connection:
            connection.execute("drop table marts.fct_inbox_daily")
    elif missing == "a database in it":
        database.write_text("not a database" * 1000)
    ended = write(database, tmp_path / "report.html")
    assert ended.returncode == 1
    said = {
        "the database": "gladly.duckdb is not there: run make build first\n",
        "a mart": "has no marts.fct_inbox_daily: run make build first\n",
        "a database in it": "not a valid DuckDB database file!\n",
    }
    assert ended.stderr.endswith(said[missing])
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "report.html").exists()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
        )
        yield started
        started.close()


def opened(browser: Browser, report: Path, width: int, scheme: Any) -> Page:
    """Open the report; a request or complaint fails the test."""
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page.on("console", lambda each: pytest.fail(each.text))
    page.on("pageerror", lambda each: pytest.fail(str(each)))
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.goto(report.as_uri())
    page.wait_for_timeout(300)
    assert asked == [report.as_uri()]
    return page


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 768, 1400])
def test_it_is_readable_at_any_width_by_day_and_night(
    scheme: str, width: int, browser: Browser, report: Path, tmp_path: Path
) -> None:
    page = opened(browser, report, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.screenshot(full_page=True, path=tmp_path / "report.png")
    charts = page.locator("svg")
    assert charts.count() > 8
    for chart in charts.all():
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 250
        assert box["x"] + box["width"] <= width
        # The label at the end of the last line must not be cut off either.
        assert chart.evaluate(
            """svg => [...svg.querySelectorAll('text')].every(text =>
                text.getBoundingClientRect().right <= innerWidth
                && parseFloat(getComputedStyle(text).fontSize) >= 9)"""
        )
    ground, ink = page.evaluate(
        """() => [getComputedStyle(document.body).backgroundColor,
            getComputedStyle(document.querySelector('svg text')).fill]"""
    )
    dark = [int(part) < 128 for part in re.findall(r"\d+", ground)]
    assert dark == [scheme == "dark"] * 3
    assert ink != ground
    page.close()


@needs_chromium
def test_each_chart_is_named_described_and_given_in_figures(
    browser: Browser, report: Path
) -> None:
    page = opened(browser, report, 1400, "light")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))
    for figure in page.locator("figure").all():
        told = figure.locator("svg[role=img]").evaluate(
            """svg => svg.getAttribute('aria-labelledby').split(' ')
                .map(id => document.getElementById(id).textContent)"""
        )
        assert all(told)
        assert len(told) == 2
        assert figure.locator("details table tbody tr").count() > 0
    page.close()


@needs_chromium
def test_it_prints(browser: Browser, report: Path) -> None:
    page = opened(browser, report, 800, "dark")
    page.emulate_media(media="print")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    # Long tables run over pages, and a grid would lay what follows over them.
    for part in ("#health", "#health .charts"):
        display = page.locator(part).evaluate("each => getComputedStyle(each).display")
        assert display == "block"
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
