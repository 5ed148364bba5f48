"""A real Superset shows in every chart what SQL finds in the marts.

Not among the tests of `make test`: `make test-superset` installs Superset, builds the
sample, imports the dashboards and names the database in ``GLADLY_DATABASE_PATH``.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import duckdb
import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, Response, sync_playwright

from metric_queries import QUERIES
from project import ROOT

DATABASE = Path(os.environ["GLADLY_DATABASE_PATH"])
HOME = Path(os.environ["SUPERSET_HOME"])
CHART = ".dashboard-component-chart-holder"
SCREENSHOTS = HOME / "screenshots"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
)


def by_week(day: str, value: str, rest: str, series: str = "null") -> str:
    """Return SQL for the Monday, the series and the value."""
    return f"""
        select date_trunc('week', {day})::date, {series}, {value} from {rest}
        group by all
    """


def inbox(inbox_id: str) -> str:
    """Return SQL for the name that an inbox is shown by."""
    return f"""coalesce(
        (select inbox_name from marts.dim_inboxes as i where i.inbox_id = {inbox_id}),
        {inbox_id}, 'unassigned'
    )"""


WEEKDAY = "strftime(half_hour_date, '%u ') || lower(dayname(half_hour_date))"
ENDED = "marts.fct_contacts where ended_at is not null"
CLOSED = "marts.fct_conversations where last_closed_at is not null"
INBOX_DAYS = "marts.fct_inbox_daily"
HALF_HOURS = "marts.fct_contact_intervals"
#: Half hours of which it is known who was there.
STAFFED = """
    from marts.dim_half_hours as h
    cross join marts.dim_reporting
    left join marts.fct_agent_intervals as there using (half_hour_started_at)
    where there.agent_id is not null
    or h.half_hour_date between agent_statuses_from_date
    and least(agent_statuses_to_date, as_of_date - 1)
    group by all
"""
#: What each chart shows: place on the axis, series and value; or columns of a table.
EXPECTED = {
    "Contacts": QUERIES["contacts_queued"],
    "Service level": QUERIES["sla_rate"],
    "First reply": f"""
        select seconds / 60 from ({QUERIES["average_first_reply_seconds"]})
        as reply(seconds)
    """,
    "Open conversations": f"""
        select activity_date, null, sum(open_count) from {INBOX_DAYS} group by all
    """,
    "Contacts by week": by_week(
        "queued_date",
        "count(*)",
        "marts.fct_contacts where queued_at > '1970-01-01'",
        "channel",
    ),
    "Service level by week": by_week(
        "fulfilled_date",
        "avg(is_within_sla::int)",
        "marts.fct_contacts where fulfilled_at > '1970-01-01'",
    ),
    "Abandoned by week": by_week(
        "ended_date",
        "avg((contact_status = 'abandoned')::int)",
        f"{ENDED} and direction = 'inbound'",
    ),
    "Reopening and first contact resolution": f"""
        {
        by_week(
            "last_closed_date", "avg((reopen_count > 0)::int)", CLOSED, "'reopen_rate'"
        )
    }
        union all
        {
        by_week(
            "last_closed_date",
            "avg(is_fcr_success::int)",
            f"{CLOSED} and is_fcr_eligible",
            "'fcr_rate'",
        )
    }
    """,
    "Handle time by week": by_week(
        "ended_date",
        "sum(handle_seconds) / count(*) / 60",
        f"{ENDED} and coalesce(work_session_count > 0, handle_seconds > 0) "
        "and handle_seconds is not null",
    ),
    "Topics": """
        select topic_path, null, count(distinct conversation_id)
        from marts.fct_conversation_topics inner join marts.dim_topics using (topic_id)
        inner join marts.fct_conversations using (conversation_id)
        where is_current and created_at is not null
        group by all order by 3 desc, 1 limit 15
    """,
    "Service level by inbox": f"""
        select {inbox("coalesce(ended_inbox_id, queued_inbox_id)")}, count(*),
        avg(is_within_sla::int), avg(queued_to_fulfilled_seconds) / 60
        from marts.fct_contacts where fulfilled_at is not null group by 1
    """,
    "Contacts by day": f"""
        select half_hour_date, coalesce(channel, 'unknown'), sum(contacts_queued_count)
        from {HALF_HOURS} group by all
    """,
    "Contacts by weekday and half hour": f"""
        select local_time, {WEEKDAY}, sum(contacts_queued_count)
        from {HALF_HOURS} group by all
    """,
    "Agents active by weekday and half hour": f"""
        select h.local_time, {WEEKDAY.replace("half_hour", "h.half_hour")},
        coalesce(sum(active_seconds), 0) / 1800 / count(distinct half_hour_started_at)
        {STAFFED}
    """,
    "Contacts by half hour": f"""
        select local_time, coalesce(channel, 'unknown'), sum(contacts_queued_count)
        from {HALF_HOURS} group by all
    """,
    "Agents active and away by half hour": " union all ".join(
        f"""
        select h.local_time, 'average_agents_{doing}',
        coalesce(sum({doing}_seconds), 0) / 1800 / count(distinct half_hour_started_at)
        {STAFFED}
        """
        for doing in ("active", "away")
    ),
    "Service level by half hour": f"""
        select local_time, null,
        sum(contacts_within_sla_count) / nullif(sum(contacts_with_sla_count), 0)
        from {HALF_HOURS} group by all
    """,
    "Speed of answer by half hour": f"""
        select local_time, null,
        sum(speed_of_answer_seconds) / nullif(sum(speed_of_answer_count), 0)
        from {HALF_HOURS} group by all
    """,
    "Open at the end of the day": f"""
        select activity_date, {inbox("fct_inbox_daily.inbox_id")}, sum(open_count)
        from {INBOX_DAYS} group by all
    """,
    "Median age of what is open, days": f"""
        select activity_date, {inbox("fct_inbox_daily.inbox_id")},
        open_age_median_seconds / 86400
        from {INBOX_DAYS}
    """,
    "Oldest open conversation, days": f"""
        select activity_date, {inbox("fct_inbox_daily.inbox_id")},
        open_age_oldest_seconds / 86400
        from {INBOX_DAYS}
    """,
    "As of": "select as_of from marts.dim_reporting",
    "Extracts missing": """
        select count(*) from audit.audit_extract_coverage where record_count = 0
    """,
    "Unexplained differences": """
        select count(*) from audit.audit_reconciliation where verdict = 'unexplained'
    """,
    "Values not known": "select count(*) from audit.audit_unmapped_values",
    "How far each extract reaches": "from audit.audit_extract_coverage",
    "Days on which nothing is missing": " union all ".join(
        f"""
        select '{name}', {column}_from_date, {column}_to_date from marts.dim_reporting
        """
        for name, column in {
            "contacts": "contacts",
            "work on contacts": "work",
            "work sessions": "work_sessions",
            "messages": "messages",
            "agent statuses": "agent_statuses",
            "closings": "closings",
        }.items()
    ),
    "Beside Gladly's own reports": """
        select measure, verdict, count(*) from audit.audit_reconciliation group by all
    """,
    "Why values differ": """
        select measure, source_extract, known_cause, count(*)
        from audit.audit_reconciliation where verdict <> 'equal' group by all
    """,
    "Values that are not known": """
        select extract_name, field_name, problem, reported_value, sum(record_count)
        from audit.audit_unmapped_values group by all
    """,
    "Values restated, by week of the capture": by_week(
        "captured_at", "count(*)", "audit.audit_restatements", "change_kind"
    ),
    "Breaches of Gladly's rules": """
        select rule_id, entity, detail, occurred_at from audit.audit_rule_violations
    """,
    "Merges that contradict each other": """
        select entity, conflict_type, reported_id, target_id, source_extract, merged_at,
        is_chosen from audit.audit_identity_conflicts
    """,
    "Records set aside": """
        select extract_name, rejection_reason, count(*)
        from audit.audit_rejected_records group by all
    """,
}


@dataclass(frozen=True)
class Shown:
    """A dashboard as the browser shows it.

    Attributes:
        page: with all charts drawn.
        rows: what Superset has sent last for each chart, by its name.
        elsewhere: addresses of others that have answered.
    """

    page: Page
    rows: dict[str, list[dict[str, Any]]]
    elsewhere: list[str]

    def await_rows(self, names: set[str]) -> None:
        """Wait until charts have rows and are drawn."""
        for _ in range(120):
            self.page.wait_for_timeout(500)
            if names <= self.rows.keys() and not self.page.locator(".loading").count():
                # What is drawn moves into its place.
                self.page.wait_for_timeout(1500)
                return
        raise AssertionError(f"not drawn: {names - self.rows.keys()}")

    def choose(self, name: str, value: str) -> None:
        """Add a value to a filter, and wait for what every chart shows then."""
        names = set(self.rows)
        self.rows.clear()
        self.page.get_by_role("combobox", name=name).click()
        self.page.keyboard.type(value)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")
        self.page.get_by_role("button", name="Apply").click()
        self.await_rows(names)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Start Superset as `make superset-serve` does, on a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (HOME / "serve.log").open("w") as log:
        process = subprocess.Popen(
            ["make", "superset-serve", f"SUPERSET_PORT={port}"],
            cwd=ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            await_answer(f"http://127.0.0.1:{port}/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def await_answer(url: str) -> None:
    for _ in range(180):
        try:
            with urlopen(url, timeout=5) as answer:
                assert answer.read() == b"OK"
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(1)
    raise AssertionError((HOME / "serve.log").read_text("utf-8"))


@pytest.fixture(scope="module")
def context(address: str) -> Iterator[BrowserContext]:
    """Return a browser in which the user has logged in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(90_000)
        page = context.new_page()
        page.goto(f"{address}/login/", wait_until="networkidle")
        page.locator("#username").fill("admin")
        page.locator("#password").fill((HOME / "admin_password").read_text("utf-8"))
        page.locator("#password").press("Enter")
        page.wait_for_url("**/superset/welcome/")
        page.close()
        yield context
        browser.close()


def open_dashboard(context: BrowserContext, address: str, slug: str) -> Shown:
    """Open a dashboard and wait until every chart is drawn."""
    charts = context.request.get(f"{address}/api/v1/dashboard/{slug}/charts").json()
    names = {each["id"]: each["slice_name"] for each in charts["result"]}
    rows: dict[str, list[dict[str, Any]]] = {}
    elsewhere: list[str] = []

    def keep(response: Response) -> None:
        if not response.url.startswith((address, "data:", "blob:")):
            elsewhere.append(response.url)
        parts = urlsplit(response.url)
        if parts.path == "/api/v1/chart/data" and response.request.method == "POST":
            asked = parse_qs(parts.query).get("form_data")
            if asked is None:
                # Values that a filter offers.
                return
            name = names[json.loads(asked[0])["slice_id"]]
            answer = response.json()
            assert response.ok, (name, answer)
            rows[name] = answer["result"][0]["data"]

    page = context.new_page()
    page.on("response", keep)
    page.goto(f"{address}/superset/dashboard/{slug}/")
    page.locator(CHART).nth(len(names) - 1).wait_for()
    # Charts are drawn when they come into sight: let all of them.
    height = page.evaluate("document.querySelector('.grid-content').scrollHeight")
    page.set_viewport_size({"width": 1440, "height": height + 300})
    shown = Shown(page, rows, elsewhere)
    shown.await_rows(set(names.values()))
    return shown


CHARTS = {
    chart["slice_name"]: chart
    for path in (ROOT / "dashboards" / "superset" / "charts").glob("*.yaml")
    for chart in [yaml.safe_load(path.read_bytes())]
}


def plain(value: Any) -> Any:
    """Return a value as JSON has it, moments as milliseconds."""
    if isinstance(value, date):
        moment = (
            value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])
        )
        return round(moment.replace(tzinfo=timezone.utc).timestamp() * 1000, 3)
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return value
    return round(float(value), 6)


def ordered(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted((tuple(map(plain, row)) for row in rows), key=repr)


def expected(name: str) -> list[tuple[Any, ...]]:
    """Return what a chart has to show: of an axis only places with a value."""
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        rows = connection.sql(EXPECTED[name]).fetchall()
    if CHARTS[name]["viz_type"] != "table":
        rows = [row for row in rows if row[-1] is not None]
    return ordered(rows)


def shown_in(
    chart: dict[str, Any], rows: list[dict[str, Any]]
) -> list[tuple[Any, ...]]:
    """Return what Superset has sent for a chart, in the shape of ``EXPECTED``."""
    params = chart["params"]
    if chart["viz_type"] == "table":
        columns = params.get("all_columns") or params["groupby"] + params["metrics"]
        return ordered(tuple(row[column] for column in columns) for row in rows)
    if chart["viz_type"] == "heatmap_v2":
        columns = [params["x_axis"], params["groupby"], params["metric"]]
        found = [tuple(row[column] for column in columns) for row in rows]
        return ordered(row for row in found if row[-1] is not None)
    if "x_axis" not in params:
        return ordered(tuple(row.values()) for row in rows)
    one = not params.get("groupby") and len(params.get("metrics", [""])) == 1
    return ordered(
        (row[params["x_axis"]], None if one else series, value)
        for row in rows
        for series, value in row.items()
        if series != params["x_axis"] and value is not None
    )


def test_every_chart_is_compared() -> None:
    assert EXPECTED.keys() == CHARTS.keys()


@pytest.mark.parametrize(
    "slug", ["head-of-support", "workforce-planner", "data-health"]
)
def test_every_chart_shows_what_sql_finds(
    slug: str, context: BrowserContext, address: str
) -> None:
    shown = open_dashboard(context, address, slug)
    SCREENSHOTS.mkdir(exist_ok=True)
    shown.page.screenshot(path=SCREENSHOTS / f"{slug}.png")
    names = set(shown.rows)
    if slug != "data-health":
        # From the last 26 weeks to all days.
        shown.choose("Period", "earlier")
    for name in names:
        assert shown_in(CHARTS[name], shown.rows[name]) == expected(name), name
    for name in names:
        holder = shown.page.locator(CHART).filter(
            has=shown.page.get_by_text(name, exact=True)
        )
        kind = CHARTS[name]["viz_type"]
        drawn = {"table": "td", "big_number_total": ".header-line"}.get(kind, "canvas")
        assert holder.locator(drawn).count() > 0, name
        assert holder.locator(".ant-alert-error, .ant-empty").count() == 0, name
        if kind == "table":
            said = " ".join(holder.locator("table").all_inner_texts())
            assert all(str(row[0]) in said for row in expected(name)), name
    assert shown.elsewhere == []
    shown.page.close()


def test_numbers_are_readable_as_text(context: BrowserContext, address: str) -> None:
    shown = open_dashboard(context, address, "head-of-support")
    # The sample's newest capture is of 30 June 2025.
    since = "date '2025-06-30' - 182"
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        ((contacts, rate),) = connection.sql(
            f"""
            select count(*) filter (queued_date > {since}),
            avg(is_within_sla::int) filter (fulfilled_date > {since})
            from marts.fct_contacts
            """
        ).fetchall()
    said = shown.page.locator(".header-line").all_inner_texts()
    assert said[:2] == [str(contacts), f"{rate:.0%}"]
    shown.page.close()


def test_a_filter_narrows_every_chart(context: BrowserContext, address: str) -> None:
    shown = open_dashboard(context, address, "head-of-support")
    shown.choose("Inbox", "Billing")
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        ((contacts,),) = connection.sql(
            """
            select count(*) from marts.fct_contacts as c
            inner join marts.dim_inboxes as i on c.queued_inbox_id = i.inbox_id
            where inbox_name = 'Billing' and queued_date > date '2025-06-30' - 182
            """
        ).fetchall()
    assert shown.rows["Contacts"] == [{"contacts_queued": contacts}]
    assert [row["inbox"] for row in shown.rows["Service level by inbox"]] == ["Billing"]
    shown.page.close()


def test_a_build_can_write_while_superset_runs(
    context: BrowserContext, address: str
) -> None:
    open_dashboard(context, address, "data-health").page.close()
    with duckdb.connect(str(DATABASE)) as connection:
        connection.execute("create table main.written as select 1")
        connection.execute("drop table main.written")


def test_what_is_imported_again_comes_once() -> None:
    def counts() -> list[int]:
        with sqlite3.connect(HOME / "superset.db") as connection:
            return [
                connection.execute(f"select count(*) from {table}").fetchone()[0]
                for table in ("dashboards", "slices", "tables", "dbs", "table_columns")
            ]

    before = counts()
    assert before[:2] == [3, len(CHARTS)]
    subprocess.run(["make", "superset"], cwd=ROOT, check=True)
    assert counts() == before
