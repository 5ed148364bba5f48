"""Every query in the docs runs, and the site opens from disk and asks no server."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from docs_site.release_notes import Note, notes_of, read_notes
from project import ROOT, query, tables
from sample import Sample

DOCUMENTS = [
    path
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("models/**/*.md")])
    if path.is_file()
]
# In a fence of its own, or handed to DuckDB on a command line.
QUERY = re.compile(r"^```sql\n(.*?)^```|\.sql\('''(.*?)'''\)", re.DOTALL | re.MULTILINE)
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    None,
)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None,
    reason="no Chromium on this machine; on Debian: apt-get install chromium",
)


def examples() -> list[Any]:
    """Return every query in a document, named after its place."""
    return [
        pytest.param(
            found[1] or found[2], id=f"{path.relative_to(ROOT).as_posix()}-{number}"
        )
        for path in DOCUMENTS
        for number, found in enumerate(QUERY.finditer(path.read_text("utf-8")), 1)
    ]


@dataclass(frozen=True)
class Built:
    """The sample, built and documented."""

    database: Path
    site: Path
    manifest: dict[str, Any]

    def marts(self) -> list[str]:
        """Return the tables meant for readers, by name."""
        return [
            name.split(".")[1]
            for name in tables(self.database)
            if name.startswith(("marts.", "audit."))
        ]


@pytest.fixture(scope="module")
def built(sample: Sample) -> Built:
    manifest = json.loads((sample.target / "manifest.json").read_text("utf-8"))
    return Built(sample.database, sample.target / "site", manifest)


@pytest.mark.parametrize("sql", examples())
def test_an_example_in_a_document_returns_rows(sql: str, built: Built) -> None:
    assert query(built.database, sql)


def test_no_page_is_written_twice_or_forgotten(built: Built) -> None:
    assert {
        path.relative_to(built.site).as_posix()
        for path in built.site.rglob("*")
        if path.is_file()
    } == {
        *("index.html", "lineage.html", "dbt/index.html", "erd.svg"),
        *("metrics.html", "rules.html", "differences.html", "stories.html"),
        *("connecting.html", "scheduling.html", "absent.html", "trust.html"),
        "changes.html",
        *("site.css", "site.js", "search-index.js"),
        *(f"tables/{mart}.html" for mart in built.marts()),
    }


def test_dbts_own_page_is_as_dbt_wrote_it(built: Built) -> None:
    written = built.site.parent / "static_index.html"
    assert (built.site / "dbt" / "index.html").read_bytes() == written.read_bytes()


def test_the_page_of_a_table_says_what_the_build_holds(built: Built) -> None:
    page = (built.site / "tables" / "fct_contacts.html").read_text("utf-8")
    rows = dict(re.findall(r'<tr id="(\w+)">(.*?)</tr>', page, re.DOTALL))
    node = built.manifest["nodes"]["model.gladly.fct_contacts"]
    assert list(rows) == list(node["columns"])
    [(count, without)] = query(
        built.database,
        "select count(*), avg(cast(accepted_at is null as integer)) "
        "from marts.fct_contacts",
    )
    assert f"<dd>{count:,}</dd>" in page
    assert f">{without:.1%}</td>" in rows["accepted_at"]
    assert ">never</td>" in rows["contact_id"]
    shown = dict(
        re.findall(
            r'<code>(\w+)</code> <span class="soft">(\d+)</span>', rows["direction"]
        )
    )
    assert shown == {
        direction: str(found)
        for direction, found in query(
            built.database,
            "select direction, count(*) from marts.fct_contacts "
            "where direction is not null group by all",
        )
    }
    assert "Made of</summary>" in rows["accepted_at"]
    assert "contact_export_report" in rows["accepted_at"]
    assert 'href="dim_inboxes.html"' in rows["queued_inbox_id"]
    assert '<a href="../metrics.html#sla_rate">' in page


def test_the_page_of_a_table_says_what_releases_change(built: Built) -> None:
    page = (built.site / "tables" / "dim_reporting.html").read_text("utf-8")
    _, _, changes = page.partition('<h2 id="changes">What changed</h2>')
    assert "reporting time zone, now, and what the extracts cover" in changes
    assert 'href="../changes.html"' in changes


def test_release_notes_are_found_by_table() -> None:
    notes = read_notes(
        "# Changelog\n\nIntroduction of `fct_a`.\n\n## Unreleased\n\n### Added\n\n"
        "- A column,\n  `fct_a.is_open`.\n- `fct_ab` is new.\n\n## 1.0.0\n\n"
        "### Changed\n\n- `fct_a` counts `fct_b`.\n"
    )
    assert notes_of(notes, "fct_a") == [
        (
            "In the next release",
            [Note("Unreleased", "Added", "A column, `fct_a.is_open`.")],
        ),
        ("1.0.0", [Note("1.0.0", "Changed", "`fct_a` counts `fct_b`.")]),
    ]
    assert notes_of(notes, "fct_c") == []


def test_no_raw_record_is_quoted(built: Built) -> None:
    for mart in built.marts():
        if mart.startswith("audit_"):
            page = (built.site / "tables" / f"{mart}.html").read_text("utf-8")
            assert "A few rows" not in page


def test_every_link_leads_somewhere(built: Built) -> None:
    pages = [
        *built.site.glob("*.html"),
        *built.site.glob("tables/*.html"),
        built.site / "erd.svg",
    ]
    known = built.manifest["nodes"]
    checked = 0
    for page in pages:
        if page.name == "lineage.html":
            continue
        text = page.read_text("utf-8")
        for link in re.findall(r'href="([^"]+)"', text):
            parts = urlsplit(link.replace("&amp;", "&"))
            if parts.scheme in ("https", "http"):
                continue
            target = (page.parent / unquote(parts.path)) if parts.path else page
            assert target.is_file(), (page.name, link)
            if parts.fragment.startswith("!/model/"):
                assert parts.fragment.removeprefix("!/model/") in known, link
            elif parts.fragment:
                marks = target.read_text("utf-8")
                assert f'id="{parts.fragment}"' in marks, (page.name, link)
            checked += 1
    assert checked > 1000


def test_the_diagram_shows_every_mart_and_every_reference_to_a_key(
    built: Built,
) -> None:
    drawn = (built.site / "erd.svg").read_text("utf-8")
    marts = [
        node
        for node in built.manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == "marts"
    ]
    assert [
        mart["name"] for mart in marts if f">{mart['name']}</text>" not in drawn
    ] == []
    references = 0
    for node in built.manifest["nodes"].values():
        if (node.get("test_metadata") or {}).get("name") != "relationships":
            continue
        names = [each.split(".")[-1] for each in node["depends_on"]["nodes"]]
        source = node["attached_node"].split(".")[-1]
        if source.startswith("fct_") and len(names) == 2:
            references += 1
            assert f"{source}.{node['column_name']}" in drawn
    assert references > 10


def test_most_columns_say_what_they_are_made_of(built: Built) -> None:
    columns = query(
        built.database,
        "select 1 from duckdb_columns() where schema_name in ('marts', 'audit')",
    )
    shown = sum(
        page.read_text("utf-8").count("<summary>Made of</summary>")
        for page in built.site.glob("tables/*.html")
    )
    # Of lineage that stops at every union, it is one in four.
    assert shown > len(columns) * 2 / 3


def test_every_story_says_what_became_of_its_ids(built: Built) -> None:
    from gladly_sandbox.stories import STORIES, play_book

    shown = (built.site / "stories.html").read_text("utf-8")
    headings = re.findall(r"<h2>(\d+) · (.+?)</h2>", shown)
    assert headings == [
        (str(story.number), story.name.replace("_", " ")) for story in STORIES
    ]
    cast = play_book().casts["both_open"]
    goes, stays = (
        shown[shown.index(f">{cast[name]}<") :].split("</tr>")[0]
        for name in ("goes", "stays")
    )
    assert "stays, merged" in goes
    [(contacts, seconds)] = query(
        built.database,
        f"""
        select contact_count, handle_seconds from marts.fct_conversations
        where conversation_id = '{cast["stays"]}'
        """,
    )
    assert f"contacts: {contacts}, " in stays
    assert f"{seconds} s handled" in stays


def test_tables_and_columns_carry_their_descriptions_in_the_database(
    built: Built,
) -> None:
    without = query(
        built.database,
        """
        select schema_name || '.' || table_name || '.' || column_name
        from duckdb_columns()
        where schema_name in ('marts', 'audit') and comment is null
        union all
        select schema_name || '.' || table_name
        from duckdb_tables()
        where schema_name in ('marts', 'audit') and comment is null
        """,
    )
    assert without == []


@dataclass
class Visit:
    """A page, everything it asked for, and everything it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda each: self.requests.append(each.url))
        self.page.on("websocket", lambda each: self.requests.append(each.url))
        self.page.on("pageerror", lambda each: self.complaints.append(str(each)))
        self.page.on(
            "console",
            lambda each: (
                self.complaints.append(each.text) if each.type == "error" else None
            ),
        )

    @property
    def left_the_machine(self) -> list[str]:
        """Return the requests that were not for a file or for the page's own data."""
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in ("file", "data", "blob")
        ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM,
            # What a test looks up must not leave the machine either.
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
        )
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    made = Visit(page)
    yield made
    page.close()


@needs_chromium
def test_a_request_that_leaves_the_machine_would_be_seen(visit: Visit) -> None:
    visit.page.set_content("<script>fetch('https://example.com/counted')</script>")
    visit.page.wait_for_timeout(200)
    assert visit.left_the_machine == ["https://example.com/counted"]
    assert visit.complaints


OWN_PAGES = [
    "index.html",
    "tables/fct_conversations.html",
    "tables/audit_row_balance.html",
    "metrics.html",
    "rules.html",
    "differences.html",
    "absent.html",
    "trust.html",
    "connecting.html",
    "scheduling.html",
    "stories.html",
    "changes.html",
]


@needs_chromium
@pytest.mark.parametrize("address", [*OWN_PAGES, "erd.svg"])
def test_a_page_opens_from_disk_asks_no_server_and_has_no_errors(
    address: str, visit: Visit, built: Built
) -> None:
    visit.page.goto(f"{built.site.as_uri()}/{address}")
    visit.page.wait_for_load_state("networkidle")
    assert visit.left_the_machine == []
    assert visit.complaints == []


@needs_chromium
@pytest.mark.parametrize(
    "address",
    [
        "lineage.html?model=model.gladly.fct_conversations",
        "dbt/index.html#!/model/model.gladly.fct_conversations",
    ],
)
def test_a_page_of_another_tool_asks_no_server(
    address: str, visit: Visit, built: Built
) -> None:
    visit.page.goto(f"{built.site.as_uri()}/{address}")
    # Trackers wait for a while before they send what they have counted.
    visit.page.wait_for_timeout(5000)
    assert visit.left_the_machine == []
    expect(visit.page.get_by_text("fct_conversations").first).to_be_visible()


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["index.html", "tables/fct_contacts.html", "metrics.html"]
)
def test_a_page_is_accessible(
    address: str, scheme: Literal["light", "dark"], browser: Browser, built: Built
) -> None:
    page = browser.new_page(
        viewport={"width": 1400, "height": 1000}, color_scheme=scheme
    )
    page.goto(f"{built.site.as_uri()}/{address}")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    page.close()
    assert found.violations_count == 0, found.generate_report()


@needs_chromium
@pytest.mark.parametrize("address", OWN_PAGES)
def test_a_page_fits_a_phone_and_a_desk_by_day_and_night(
    address: str, browser: Browser, built: Built
) -> None:
    grounds = []
    schemes: list[tuple[int, Literal["light", "dark"]]] = [
        (390, "light"),
        (1400, "dark"),
    ]
    for width, scheme in schemes:
        page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page.goto(f"{built.site.as_uri()}/{address}")
        # A table may be wider than the page: it scrolls by itself.
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.close()
    assert grounds == ["rgb(255, 255, 255)", "rgb(20, 25, 27)"]


@needs_chromium
def test_the_homepage_shows_the_diagram_and_the_grain_of_every_mart(
    visit: Visit, built: Built
) -> None:
    visit.page.goto(f"{built.site.as_uri()}/index.html")
    diagram = visit.page.locator("img[src='erd.svg']")
    expect(diagram).to_be_visible()
    assert diagram.evaluate("each => each.naturalWidth") > 500
    rows = visit.page.locator("td:first-child code").all_inner_texts()
    assert set(built.marts()) <= set(rows)


@needs_chromium
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("fct_conversations", "fct_conversations"),
        ("AHT", "handle_seconds_per_contact"),
        ("FRT", "average_first_reply_seconds"),
        ("first response", "average_first_reply_seconds"),
        ("ASA", "average_speed_of_answer"),
        ("CSAT", "What no extract has"),
        ("backlog", "backlog"),
        ("resolution time", "average_close_seconds"),
        ("deflection", "self_served_share"),
        ("customer_id", "dim_customers.customer_id"),
        ("R11", "R11"),
    ],
)
def test_search_finds_what_people_type(
    words: str, found: str, visit: Visit, built: Built
) -> None:
    page = visit.page
    page.goto(f"{built.site.as_uri()}/tables/fct_contacts.html")
    page.keyboard.press("/")
    page.keyboard.type(words)
    names = page.locator("#found a").evaluate_all(
        "all => all.map(each => each.childNodes[1].textContent)"
    )
    assert found in names[:5]
    page.locator("#found a").nth(names.index(found)).click()
    assert Path(unquote(urlsplit(page.url).path)).is_file()
    assert visit.complaints == []


@needs_chromium
def test_column_lineage_shows_where_a_fact_comes_from(
    visit: Visit, built: Built
) -> None:
    visit.page.goto(f"{built.site.as_uri()}/tables/fct_conversations.html")
    visit.page.get_by_role("link", name="column lineage").click()
    tables = visit.page.locator(".react-flow__node")
    fact = tables.filter(has_text="fct_conversations")
    expect(fact.locator("[data-column-name=close_count]")).to_be_visible()
    expect(tables.filter(has_text="int_conversation_families_")).to_be_visible()
    expect(visit.page.locator(".lucide-triangle-alert")).to_have_count(0)
