"""The report shows what SQL finds for any period and filter, and asks no one."""

from __future__ import annotations

import hashlib
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
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from project import ROOT, query
from report import figures
from report.headlines import HEADLINES, compare, default_period, write
from sample import Sample

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    None,
)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="no Chromium on this machine; on Debian: apt-get install chromium",
)
VENDOR = ROOT / "tools" / "report" / "vendor"

#: Each headline number as part and whole, in SQL. ``{days}`` is a condition on the day,
#: the filters add to it.
CONTACTS = "marts.fct_contacts where {days} and {filters} and queued_at is not null"
CREATED = (
    "marts.fct_conversations where {days} and {filters} and created_at is not null"
)
CLOSED = (
    "marts.fct_conversations where {days} and {filters} and last_closed_at is not null"
)
#: Day, inbox and channel that the rows of each kind are filtered by.
QUEUED = ("queued_date", "queued_inbox_id", "channel")
FULFILLED = ("fulfilled_date", "coalesce(ended_inbox_id, queued_inbox_id)", "channel")
ENDED = ("ended_date", "coalesce(ended_inbox_id, queued_inbox_id)", "channel")
BEGUN = ("created_date", "created_inbox_id", "first_channel")
FINISHED = ("last_closed_date", "last_closed_inbox_id", "last_channel")
WORKED = ("contact_ended_date", "inbox_id", "channel")
SQL = {
    "contacts_queued": (QUEUED, f"select count(*), null from {CONTACTS}"),
    "conversations_created": (BEGUN, f"select count(*), null from {CREATED}"),
    "average_first_reply_seconds": (
        BEGUN,
        f"select sum(first_reply_seconds), count(first_reply_seconds) from {CREATED}",
    ),
    "sla_rate": (
        FULFILLED,
        "select count(*) filter (is_within_sla), count(is_within_sla) "
        "from marts.fct_contacts where {days} and {filters}",
    ),
    "abandonment_rate": (
        ENDED,
        "select count(*) filter (contact_status = 'abandoned'), count(*) "
        "from marts.fct_contacts where {days} and {filters} and direction = 'inbound'",
    ),
    "reopen_rate": (
        FINISHED,
        f"select count(*) filter (reopen_count > 0), count(*) from {CLOSED}",
    ),
    "fcr_rate": (
        FINISHED,
        "select count(*) filter (is_fcr_success), count(*) "
        f"from {CLOSED} and is_fcr_eligible",
    ),
    "handle_seconds_per_work_session": (
        WORKED,
        "select sum(handle_seconds), count(handle_seconds) "
        "from marts.fct_work_sessions where {days} and {filters}",
    ),
    "repeat_contact_rate": (
        QUEUED,
        "select count(*) filter (is_repeat_contact), "
        f"count(*) filter (direction = 'inbound') from {CONTACTS}",
    ),
    "deflection_rate": (
        BEGUN,
        "select count(*) filter (answered_by = 'automation'), "
        "count(*) filter (answered_by in ('automation', 'handed_over')) "
        f"from {CREATED}",
    ),
}
#: Of these, what is counted by messages.
OF_MESSAGES = {"average_first_reply_seconds", "deflection_rate"}


def expected(
    database: Path,
    name: str,
    first: date,
    last: date,
    inbox: str | None = None,
    channel: str | None = None,
) -> float | None:
    """Return a headline number of a period, as SQL has it."""
    (day, inbox_id, channel_name), sql = SQL[name]
    filters = [
        f"{inbox_id} = (select inbox_id from marts.dim_inboxes "
        f"where inbox_name = '{inbox}')"
        if inbox
        else "true",
        f"{channel_name} = '{channel}'" if channel else "true",
    ]
    ((part, whole),) = query(
        database,
        sql.format(
            days=f"{day} between date '{first}' and date '{last}'",
            filters=" and ".join(filters),
        ),
    )
    if whole is None:
        return float(part)
    return part / whole if whole else None


def compared(
    database: Path, name: str, first: date, last: date, *filters: str | None
) -> list[str]:
    """Return a headline number of a period and its comparison with the one before.

    Messages of the one before are reported where export jobs were pulled from its
    first day on.
    """
    value = expected(database, name, first, last, *filters)
    days = last - first + timedelta(days=1)
    earlier = expected(
        database, name, first - days, first - timedelta(days=1), *filters
    )
    ((pulled_from,),) = query(
        database, "select messages_from_date from marts.dim_reporting"
    )
    is_reported = name not in OF_MESSAGES or first - days >= pulled_from
    unit = unit_of(name)
    return [
        write(value, unit),
        compare(value, earlier, unit) if is_reported else "before: not reported",
    ]


class Tables(HTMLParser):
    """The tables of a page by id; a cell is its exact value where it has one.

    Attributes:
        found: rows of each table.
        tiles: texts of each headline: number, before, target and note.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[tuple[Any, ...]]] = {}
        self.tiles: dict[str, list[str]] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._cells: list[Any] | None = None
        self._exact: Any = None
        self._text = ""
        self._tile: list[str] | None = None
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
            self._exact = float(values["value"]) if values["value"] else None
        elif tag == "time":
            self._exact = date.fromisoformat(values["datetime"] or "")
        elif tag == "div" and str(values.get("id")).startswith("tile-"):
            name = str(values["id"]).removeprefix("tile-")
            self._tile = self.tiles.setdefault(name, [])
        elif tag in {"b", "span"}:
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._cells is not None:
            self._cells.append(self._text if self._exact is None else self._exact)
        elif tag == "tr" and self._cells:
            self._rows.append(tuple(self._cells))
        elif tag in {"b", "span"} and self._tile is not None:
            self._tile.append(self._text)
        elif tag == "div":
            self._tile = None


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    return sample.database


def write_report_of(database: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Write the report into a folder as ``make report`` does."""
    out = folder / "report.html"
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
    folder = built.parent / "folder"
    ended = write_report_of(built, folder)
    assert ended.returncode == 0, ended.stderr
    return folder / "report.html"


@pytest.fixture(scope="module")
def shown(report: Path) -> Tables:
    return Tables(report.read_text("utf-8"))


def unit_of(name: str) -> str:
    return next(each.unit for each in HEADLINES if each.name == name)


def test_headlines_are_there_without_a_script(built: Path, shown: Tables) -> None:
    # The sample has its hundred contacts in half a year.
    first, last = date(2024, 12, 30), date(2025, 6, 29)
    assert set(shown.tiles) == {each.name for each in HEADLINES}
    for name in SQL:
        assert shown.tiles[name][:2] == compared(built, name, first, last), name
    assert shown.tiles["contacts_queued"][0] == "155"
    assert shown.tiles["sla_rate"][0] == "89%"


def test_open_at_the_end_and_occupancy_are_those_of_the_daily_facts(
    built: Path, shown: Tables
) -> None:
    ((opened,),) = query(
        built,
        """
        select sum(open_count) from marts.fct_inbox_daily
        where activity_date = date '2025-06-29'
        """,
    )
    assert shown.tiles["backlog"][:2] == [str(opened), "before: 0"]
    ((occupied, active),) = query(
        built,
        """
        select sum(handle_seconds + after_contact_seconds), sum(active_seconds)
        from marts.fct_agent_daily
        where activity_date between date '2024-12-30' and date '2025-06-29'
        and active_seconds is not null and handle_seconds is not null
        """,
    )
    assert shown.tiles["occupancy_rate"][0] == write(occupied / active, "share")
    # What agents were doing is reported from January on, so half a year before is not.
    assert shown.tiles["occupancy_rate"][1] == "before: not reported"


def test_a_number_that_no_extract_reports_is_not_0(built: Path, tmp_path: Path) -> None:
    database = tmp_path / "gladly.duckdb"
    shutil.copy(built, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            """
            update marts.dim_reporting
            set messages_from_date = null, contacts_from_date = date '2025-01-01'
            """
        )
    assert write_report_of(database, tmp_path).returncode == 0
    tiles = Tables((tmp_path / "report.html").read_text("utf-8")).tiles
    assert tiles["deflection_rate"][:2] == ["not reported", "before: not reported"]
    assert tiles["contacts_queued"][:2] == ["155", "before: not reported"]


def test_targets_stand_beside_the_numbers(built: Path, tmp_path: Path) -> None:
    database = tmp_path / "gladly.duckdb"
    shutil.copy(built, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            """
            insert into staging.seed_report_targets values
            ('sla_rate', 0.9, 'plan'), ('average_first_reply_seconds', 300, 'plan'),
            ('contacts_queued', 200, 'plan'), ('fcr_rate', null, 'plan')
            """
        )
    assert write_report_of(database, tmp_path).returncode == 0
    tiles = Tables((tmp_path / "report.html").read_text("utf-8")).tiles
    assert tiles["sla_rate"][2] == "target: 90%, missed"
    assert tiles["average_first_reply_seconds"][2] == "target: 5.0 min, met"
    # More contacts are neither better nor worse.
    assert tiles["contacts_queued"][2] == "target: 200"
    assert {tiles[name][2] for name in ("fcr_rate", "reopen_rate")} == {""}


def test_the_seed_takes_targets_of_just_the_headlines() -> None:
    seed = yaml.safe_load((ROOT / "seeds" / "seed_report_targets.yml").read_text())
    tests = seed["seeds"][0]["columns"][0]["data_tests"]
    values = tests[-1]["accepted_values"]["arguments"]["values"]
    assert values == sorted(each.name for each in HEADLINES)


@pytest.mark.parametrize(
    ("value", "before", "unit", "text"),
    [
        (0.9, 0.85, "share", "before: 85%, up 5 points"),
        (0.204, 0.196, "share", "before: 20%, about equal"),
        (0.21, 0.2, "share", "before: 20%, up 1 point"),
        (90.0, 120.0, "count", "before: 120, down 25%"),
        (155.0, 1.0, "count", "before: 1"),
        (3.0, 0.0, "count", "before: 0"),
        (None, 0.5, "share", "before: 50%"),
        (0.5, None, "share", "before: none"),
        (7200.0, 5400.0, "seconds", "before: 1.5 h, up 33%"),
    ],
)
def test_how_a_number_stands_to_the_one_before(
    value: float | None, before: float | None, unit: str, text: str
) -> None:
    assert compare(value, before, unit) == text


def test_nearly_all_is_not_all() -> None:
    assert [write(each, "share") for each in (0, 0.0001, 0.9999, 1)] == [
        *("0%", "1%", "99%", "100%")
    ]


def test_it_opens_with_the_weeks_that_are_over() -> None:
    # A Wednesday.
    today = date(2025, 7, 2)
    busy = [(date(2025, 6, 20), 100)]
    assert default_period(busy, today) == (4, date(2025, 6, 2), date(2025, 6, 29))
    quiet = [(date(2025, 6, 20), 99), (date(2025, 5, 20), 1)]
    assert default_period(quiet, today)[0] == 13
    assert default_period([], today)[0] == 52


def test_lists_hold_the_newest_of_each_week_and_inbox(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_OF_A_WEEK", 1)
    with duckdb.connect(str(built), read_only=True) as connection:
        lists, _ = figures.Figures(connection).listed()
        found = lists["queued"].rows
    weeks = [(row[0] - timedelta(days=row[0].weekday()), row[1]) for row in found]
    assert len(weeks) == len(set(weeks))
    assert sorted(row[0] for row in found) == [
        day
        for (day,) in query(
            built,
            """
            select max(queued_date) as day from marts.fct_contacts
            where queued_date >= '2024-07-01'
            group by date_trunc('week', queued_date), queued_inbox_id
            order by day
            """,
        )
    ]


def test_lists_have_a_limit_in_all(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST_LISTED", 50)
    with duckdb.connect(str(built), read_only=True) as connection:
        lists, conversations = figures.Figures(connection).listed()
    assert sum(len(each.rows) for each in lists.values()) == 50
    assert 0 < len(conversations) <= 50


def test_the_scripts_of_others_are_as_published() -> None:
    rows = re.findall(
        r"^\| `(\S+\.js)` \| .*`([0-9a-f]{64})` \|$",
        (VENDOR / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert {name for name, _ in rows} == {each.name for each in VENDOR.glob("*.js")}
    for name, expected_hash in rows:
        content = (VENDOR / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == expected_hash
        assert b"</script" not in content


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
    assert write_report_of(built, tmp_path).returncode == 0
    assert (tmp_path / "report.html").read_bytes() == report.read_bytes()


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
    ended = write_report_of(database, tmp_path)
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


def opened(
    browser: Browser, report: Path, width: int = 1440, scheme: Any = "light"
) -> Page:
    """Open the report; a request or complaint fails the test."""
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page.on("console", lambda each: pytest.fail(each.text))
    page.on("pageerror", lambda each: pytest.fail(str(each)))
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.goto(report.as_uri())
    page.wait_for_selector("html[data-drawn]")
    assert asked == [report.as_uri()]
    return page


def chosen(
    page: Page,
    first: date,
    last: date,
    inbox: str | None = None,
    channel: str | None = None,
    team: str | None = None,
) -> Tables:
    """Set the filters as a person does, and return what the page then shows."""
    page.evaluate("document.getElementById('reset').click()")
    # The later day first where the period moves on: from is never after to.
    for id_, day in sorted(
        (("from", first), ("to", last)),
        key=lambda each: each[0],
        reverse=page.input_value("#to") < first.isoformat(),
    ):
        page.fill(f"#{id_}", day.isoformat())
    for id_, label in (("inbox", inbox), ("channel", channel), ("team", team)):
        if label:
            page.select_option(f"#{id_}", label=label)
    assert page.input_value("#from") == first.isoformat()
    assert page.input_value("#to") == last.isoformat()
    return Tables(page.content())


@pytest.fixture(scope="module")
def page(browser: Browser, report: Path) -> Iterator[Page]:
    page = opened(browser, report)
    yield page
    page.close()


@needs_chromium
def test_the_script_shows_the_numbers_of_the_file(page: Page, shown: Tables) -> None:
    page.evaluate("document.getElementById('reset').click()")
    assert Tables(page.content()).tiles == shown.tiles


@needs_chromium
@pytest.mark.parametrize(
    ("first", "last", "inbox", "channel"),
    [
        (date(2025, 3, 1), date(2025, 3, 31), None, None),
        (date(2025, 3, 1), date(2025, 3, 31), "Support", None),
        (date(2025, 2, 1), date(2025, 2, 28), "Support", "Email"),
        (date(2025, 4, 1), date(2025, 4, 1), None, "Chat"),
        (date(2025, 1, 1), date(2025, 6, 29), None, "Chat"),
        (date(2025, 1, 1), date(2025, 6, 29), "Refunds", None),
    ],
)
def test_a_filter_gives_the_number_of_sql(
    first: date,
    last: date,
    inbox: str | None,
    channel: str | None,
    page: Page,
    built: Path,
) -> None:
    found = chosen(page, first, last, inbox, channel)
    named = (inbox, channel.lower() if channel else None)
    for name in SQL:
        assert found.tiles[name][:2] == compared(built, name, first, last, *named), name
    assert found.tiles["backlog"][3] == ("of every channel" if channel else "")
    left = [
        *(["inbox"] if inbox else []),
        *(["channel"] if channel else []),
    ]
    assert found.tiles["occupancy_rate"][3] == (
        f"of every {' and '.join(left)}" if left else ""
    )


@needs_chromium
@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        # As many days before, whatever the months are long.
        ("2025-03-01", "2025-03-31", "29 January 2025 to 28 February 2025"),
        ("2025-02-01", "2025-02-28", "4 January 2025 to 31 January 2025"),
        ("2025-04-01", "2025-04-30", "2 March 2025 to 31 March 2025"),
        ("2025-03-31", "2025-03-31", "30 March 2025 to 30 March 2025"),
    ],
)
def test_the_period_before_is_as_long(
    first: str, last: str, before: str, page: Page
) -> None:
    chosen(page, date.fromisoformat(first), date.fromisoformat(last))
    assert page.inner_text("#period").endswith(f"before: {before}.")


@needs_chromium
def test_earlier_and_later_move_by_the_period(page: Page) -> None:
    chosen(page, date(2025, 3, 1), date(2025, 3, 31))
    page.click("#earlier")
    assert page.input_value("#from") == "2025-01-29"
    assert page.input_value("#to") == "2025-02-28"
    page.click("#later")
    assert page.input_value("#from") == "2025-03-01"
    page.select_option("#preset", label="Last 13 weeks")
    assert page.input_value("#from") == "2025-03-31"
    assert page.is_disabled("#later")


@needs_chromium
def test_the_address_keeps_the_filters(
    browser: Browser, report: Path, page: Page
) -> None:
    wanted = chosen(page, date(2025, 3, 1), date(2025, 3, 31), "Support").tiles
    # A link within the page leaves them alone.
    page.click("#contents a >> text=Topics")
    other = browser.new_page()
    other.goto(page.url)
    other.wait_for_selector("html[data-drawn]")
    assert Tables(other.content()).tiles == wanted
    other.close()


@needs_chromium
def test_charts_of_days_inboxes_and_channels_show_what_sql_finds(
    page: Page, built: Path
) -> None:
    first, last = date(2025, 3, 1), date(2025, 3, 31)
    found = chosen(page, first, last).found
    assert found["contacts"] == [
        (f"{day:%-d %b}", *counts)
        for day, *counts in query(
            built,
            """
            select
                calendar_date,
                count(contact_id) filter (direction = 'inbound'),
                count(contact_id) filter (direction = 'outbound'),
                count(contact_id),
                (
                    select count(*) from marts.fct_contacts as earlier
                    where earlier.queued_date = calendar_date - 31
                )
            from marts.dim_dates
            left join marts.fct_contacts on queued_date = calendar_date
            where calendar_date between date '2025-03-01' and date '2025-03-31'
            group by all
            order by calendar_date
            """,
        )
    ]
    assert sorted(row[:3] for row in found["sla_rate-inbox"]) == query(
        built,
        """
        select inbox_name, count(is_within_sla), avg(cast(is_within_sla as integer))
        from marts.fct_contacts
        inner join marts.dim_inboxes
        on inbox_id = coalesce(ended_inbox_id, queued_inbox_id)
        where fulfilled_date between date '2025-03-01' and date '2025-03-31'
        and is_within_sla is not null
        group by all order by all
        """,
    )
    assert {row[1] for row in found["reply-bands"]} != {0}
    assert [
        sum(row[place] for row in found["reply-bands"]) for place in range(1, 5)
    ] == [
        *query(
            built,
            """
            select
                count(*) filter (first_reply_seconds <= 3600),
                count(*) filter (
                    first_reply_seconds > 3600 and first_reply_seconds <= 14400
                ),
                count(*) filter (
                    first_reply_seconds > 14400 and first_reply_seconds <= 86400
                ),
                count(*) filter (first_reply_seconds > 86400)
            from marts.fct_conversations
            where created_date between date '2025-03-01' and date '2025-03-31'
            """,
        )[0]
    ]


@needs_chromium
def test_hours_are_those_of_the_clock(page: Page, built: Path) -> None:
    found = chosen(page, date(2025, 1, 1), date(2025, 6, 29)).found["hours"]
    cells = {
        (day, int(row[0][:2])): int(count)
        for row in found
        for day, count in enumerate(row[1:], 1)
        if count
    }
    assert cells == {
        (day, hour): count
        for day, hour, count in query(
            built,
            """
            select isodow(queued_at), hour(queued_at), count(*)
            from marts.fct_contacts
            where queued_date between date '2025-01-01' and date '2025-06-29'
            group by all
            """,
        )
    }


@needs_chromium
def test_the_backlog_is_what_was_open_at_the_end_of_each_day(
    page: Page, built: Path
) -> None:
    found = chosen(page, date(2025, 3, 1), date(2025, 3, 31), "Support").found
    assert [row[1] for row in found["backlog"]] == [
        count
        for (count,) in query(
            built,
            """
            select sum(open_count) from marts.fct_inbox_daily
            inner join marts.dim_inboxes using (inbox_id)
            where inbox_name = 'Support'
            and activity_date between date '2025-03-01' and date '2025-03-31'
            group by activity_date order by activity_date
            """,
        )
    ]
    found = chosen(page, date(2025, 6, 1), date(2025, 6, 29)).found
    assert [tuple(row) for row in found["backlog-age"]] == query(
        built,
        """
        select
            inbox_name, open_count, round(open_age_median_seconds),
            round(open_age_p90_seconds), round(open_age_oldest_seconds)
        from marts.fct_inbox_daily inner join marts.dim_inboxes using (inbox_id)
        where activity_date = date '2025-06-29' and open_count > 0
        """,
    )
    assert (
        sum(row[1] for row in found["ages"])
        == query(built, "select count(*) from marts.fct_conversations where is_open")[
            0
        ][0]
    )


@needs_chromium
def test_topics_count_conversations_and_say_what_moved(page: Page, built: Path) -> None:
    found = chosen(page, date(2025, 3, 1), date(2025, 3, 31)).found
    sql = """
        select replace(topic_path, ' > ', ' / '), count(distinct conversation_id)
        from marts.fct_conversation_topics
        inner join marts.dim_topics using (topic_id)
        inner join marts.fct_conversations using (conversation_id)
        where is_current and created_date between date '{}' and date '{}'
        group by all order by all
        """
    now = query(built, sql.format("2025-03-01", "2025-03-31"))
    before = dict(query(built, sql.format("2025-01-29", "2025-02-28")))
    assert sorted(row[:2] for row in found["topics"]) == now
    for topic, count, earlier, change in found["movers"]:
        assert dict(now).get(topic, 0) == count
        assert before.get(topic, 0) == earlier
        assert change == count - earlier != 0


@needs_chromium
@pytest.mark.parametrize("team", [None, "Front Line", "Money Matters"])
def test_agents_are_those_of_the_team(
    team: str | None, page: Page, built: Path
) -> None:
    found = chosen(page, date(2025, 1, 1), date(2025, 6, 29), team=team)
    is_on_it = (
        f"""
        agent_id in (
            select agent_id from marts.bridge_team_agents
            inner join marts.dim_teams using (team_id) where team_name = '{team}'
        )
        """
        if team
        else "true"
    )
    rows = query(
        built,
        f"""
        select
            agent_name, coalesce(team_names, ''), sum(work_session_count),
            sum(handle_seconds) / sum(work_session_count), sum(message_sent_count),
            sum(closed_conversation_count), sum(round(logged_in_seconds)),
            sum(round(active_seconds))
        from marts.fct_agent_daily inner join marts.dim_agents using (agent_id)
        where activity_date between date '2025-01-01' and date '2025-06-29'
        and {is_on_it}
        group by all order by all
        """,
    )
    assert rows
    shown = sorted(row[:8] for row in found.found["agents"])
    for row, wanted in zip(shown, rows, strict=True):
        assert list(row) == pytest.approx(
            ["" if each is None else each for each in wanted], abs=0.5
        ), row
    ((handled,),) = query(
        built,
        f"""
        select sum(handle_seconds) / count(handle_seconds)
        from marts.fct_work_sessions
        where contact_ended_date between date '2025-01-01' and date '2025-06-29'
        and {is_on_it}
        """,
    )
    tile = found.tiles["handle_seconds_per_work_session"]
    assert tile[0] == write(handled, "seconds")


@needs_chromium
def test_a_bar_opens_the_conversations_behind_it(page: Page, built: Path) -> None:
    chosen(page, date(2025, 3, 1), date(2025, 3, 31), "Support")
    late = query(
        built,
        """
        select conversation_id from marts.fct_contacts
        inner join marts.dim_inboxes
        on inbox_id = coalesce(ended_inbox_id, queued_inbox_id)
        where inbox_name = 'Support' and not is_within_sla and channel = 'chat'
        and fulfilled_date between date '2025-03-01' and date '2025-03-31'
        order by all
        """,
    )
    places = page.locator(
        "#table-sla_rate-channel tr td:first-child"
    ).all_text_contents()
    page.locator("#chart-sla_rate-channel [data-opens]").nth(
        places.index("Chat")
    ).dispatch_event("click")
    assert page.inner_text("#behind-title") == "Service level: Chat"
    assert page.inner_text("#behind-text").startswith(
        f"{len(late)} contacts fulfilled late; {len(late)} "
    )
    links = page.locator("#table-behind a")
    assert sorted((each,) for each in links.all_text_contents()) == late
    assert len(late) > 1
    for link in links.all():
        address = link.get_attribute("href")
        assert (
            address == f"https://larkspur.example.com/conversations/{link.inner_text()}"
        )
        assert link.get_attribute("rel") == "noopener noreferrer"
    page.keyboard.press("Escape")
    assert not page.is_visible("#behind")


@needs_chromium
def test_a_row_opens_them_too_without_a_mouse(page: Page, built: Path) -> None:
    chosen(page, date(2025, 1, 1), date(2025, 6, 29))
    summary = page.locator("#chart-topics summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.is_visible("#behind")
    topic = page.inner_text("#behind-title")
    ((count,),) = query(
        built,
        f"""
        select count(distinct conversation_id) from marts.fct_conversation_topics
        inner join marts.dim_topics using (topic_id)
        inner join marts.fct_conversations using (conversation_id)
        where is_current and replace(topic_path, ' > ', ' / ') = '{topic}'
        and created_date between date '2025-01-01' and date '2025-06-29'
        """,
    )
    assert page.inner_text("#behind-text").startswith(f"{count} conversations; ")
    page.keyboard.press("Escape")


@needs_chromium
def test_names_are_text_whatever_they_hold(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
    database = tmp_path / "gladly.duckdb"
    shutil.copy(built, database)
    name = "</script><img src=x onerror=alert(1)><!--<script> $100 & \u6ce8\u6587\u2028"
    with duckdb.connect(str(database)) as connection:
        connection.execute("update marts.dim_inboxes set inbox_name = ?", [name])
        connection.execute("update marts.dim_topics set topic_path = ?", [name])
        connection.execute("update marts.dim_agents set agent_name = ?", [name])
        connection.execute("update marts.dim_teams set team_name = ?", [name])
        connection.execute(
            "update marts.dim_reporting set conversation_link_prefix = ?",
            ["javascript:alert(1)//"],
        )
    ended = write_report_of(database, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "<img" not in (tmp_path / "report.html").read_text("utf-8")
    page = opened(browser, tmp_path / "report.html")
    assert page.locator("img").count() == 0
    assert name in page.locator("#inbox option").all_text_contents()
    assert name in page.locator("#table-agents td").all_text_contents()
    page.locator("#chart-topics [data-opens]").first.dispatch_event("click")
    assert page.inner_text("#behind-title").startswith("</script><img src=x")
    assert page.locator("#table-behind tr").count() > 1
    assert page.locator("#table-behind a").count() == 0
    page.close()


@needs_chromium
def test_a_script_that_is_not_of_the_page_does_not_run(
    browser: Browser, report: Path
) -> None:
    page = browser.new_page()
    page.goto(report.as_uri())
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
        }"""
    )
    assert page.evaluate("window.ran ?? null") is None
    page.close()


@needs_chromium
def test_a_tenant_without_activity_has_a_report(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
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
    ended = write_report_of(database, tmp_path)
    assert ended.returncode == 0, ended.stderr
    page = opened(browser, tmp_path / "report.html")
    assert page.inner_text("#tile-contacts_queued b") == "0"
    assert page.inner_text("#tile-sla_rate b") == "none"
    assert page.inner_text("#tile-conversations_created b") == "not reported"
    page.close()


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_it_is_readable_at_any_width_by_day_and_night(
    scheme: str, width: int, browser: Browser, report: Path, tmp_path: Path
) -> None:
    page = opened(browser, report, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    charts = page.locator("svg")
    assert charts.count() > 20
    for chart in charts.all():
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 250
        assert box["x"] + box["width"] <= width
        assert chart.evaluate(
            """svg => [...svg.querySelectorAll('text')].every(text =>
                text.getBoundingClientRect().right <= innerWidth
                && text.getBoundingClientRect().left >= 0
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
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(scheme: str, browser: Browser, report: Path) -> None:
    page = opened(browser, report, 1440, scheme)
    # axe would run as a script of the page, which the page does not allow.
    loose = browser.new_page(color_scheme=scheme, bypass_csp=True)
    loose.goto(report.as_uri())
    loose.wait_for_selector("html[data-drawn]")
    loose.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    results = Axe().run(loose, options={"resultTypes": ["violations"]})
    assert results.violations_count == 0, results.generate_report()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))
    for figure in page.locator("figure:has(svg)").all():
        assert figure.locator("svg[role=img]").get_attribute("aria-label")
        assert figure.locator("details table tbody tr").count() > 0
    loose.close()
    page.close()


@needs_chromium
def test_it_prints(browser: Browser, report: Path) -> None:
    page = opened(browser, report, 800, "dark")
    page.emulate_media(media="print")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert not page.is_visible("#filters")
    assert page.is_visible("#period")
    # Long tables run over pages, and a grid would lay what follows over them.
    for part in ("#health", "#health .charts"):
        display = page.locator(part).evaluate("each => getComputedStyle(each).display")
        assert display == "block"
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
