"""Every query in the docs runs, and the site opens from disk and asks nobody."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

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
    assert {path.name for path in built.site.iterdir()} == {
        *("index.html", "lineage.html", "erd.svg"),
        *("metrics.html", "rules.html", "differences.html", "stories.html"),
        "connecting.html",
    }


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
    shown = (built.site / "index.html").read_text("utf-8")
    # Of lineage that stops at every union, it is one in four.
    assert shown.count(" Made of ") > len(columns) * 2 / 3


def test_every_story_is_told_with_what_became_of_its_ids(built: Built) -> None:
    from gladly_sandbox.stories import STORIES, play_book

    told = (built.site / "stories.html").read_text("utf-8")
    headings = re.findall(r"<h2>(\d+) · (.+?)</h2>", told)
    assert headings == [
        (str(story.number), story.name.replace("_", " ")) for story in STORIES
    ]
    cast = play_book().casts["both_open"]
    goes, stays = (
        told[told.index(f">{cast[name]}<") :].split("</tr>")[0]
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


@needs_chromium
@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "index.html#!/model/model.gladly.fct_conversations",
        "lineage.html?model=model.gladly.fct_conversations",
        "erd.svg",
        "metrics.html",
        "rules.html",
        "differences.html",
        "connecting.html",
        "stories.html",
    ],
)
def test_a_page_opens_from_disk_asks_nobody_and_has_no_errors(
    address: str, visit: Visit, built: Built
) -> None:
    visit.page.goto(f"{built.site.as_uri()}/{address}")
    # Trackers wait for a while before they send what they have counted.
    visit.page.wait_for_timeout(5000)
    assert visit.left_the_machine == []
    assert visit.complaints == []


@needs_chromium
@pytest.mark.parametrize(
    "name", ["metrics", "rules", "differences", "connecting", "stories"]
)
def test_a_page_fits_a_phone_and_a_desk_by_day_and_night(
    name: str, browser: Browser, built: Built
) -> None:
    grounds = []
    for width, scheme in ((390, "light"), (1400, "dark")):
        page = browser.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page.goto(f"{built.site.as_uri()}/{name}.html")
        # A table may be wider than the page: it scrolls by itself.
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        expect(page.locator("nav [aria-current=page]")).to_have_count(1)
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
def test_every_link_of_the_homepage_leads_somewhere(visit: Visit, built: Built) -> None:
    visit.page.goto(f"{built.site.as_uri()}/index.html")
    links = visit.page.locator(".markdown a, [marked] a").evaluate_all(
        "all => all.map(each => each.href)"
    )
    assert links
    known = built.manifest["nodes"]
    for link in links:
        parts = urlsplit(link)
        assert Path(unquote(parts.path)).is_file(), link
        if parts.fragment.startswith("!/model/"):
            assert parts.fragment.removeprefix("!/model/") in known, link


@needs_chromium
def test_search_finds_a_fact_whose_columns_and_lineage_show(
    visit: Visit, built: Built
) -> None:
    page = visit.page
    page.goto(f"{built.site.as_uri()}/index.html")
    page.get_by_placeholder("Search for models").fill("fct_conversations")
    page.locator(".search-result[href$='/model.gladly.fct_conversations']").click()
    expect(page.locator("h1:visible")).to_contain_text("fct_conversations")
    expect(page.locator("strong:visible", has_text="Time anchor")).to_be_visible()
    shown = page.locator("tr.column-row:visible td:first-child").all_inner_texts()
    node = built.manifest["nodes"]["model.gladly.fct_conversations"]
    assert [each.strip() for each in shown] == list(node["columns"])
    # dbt's page shows descriptions of columns as they are.
    assert "`" not in "".join(page.locator("tr.column-row:visible").all_inner_texts())
    origin = "Made of Is FCR Eligible of conversation_export_report."
    expect(page.locator("tr.column-row:visible", has_text=origin)).to_be_visible()
    page.locator(".launcher").first.click()
    expect(page.locator("canvas").first).to_be_visible()
    assert visit.complaints == []


@needs_chromium
def test_column_lineage_shows_where_a_fact_comes_from(
    visit: Visit, built: Built
) -> None:
    address = "lineage.html?model=model.gladly.fct_conversations&parents=1"
    visit.page.goto(f"{built.site.as_uri()}/{address}")
    tables = visit.page.locator(".react-flow__node")
    fact = tables.filter(has_text="fct_conversations")
    expect(fact.locator("[data-column-name=close_count]")).to_be_visible()
    expect(tables.filter(has_text="int_conversation_families_summed")).to_be_visible()
    expect(visit.page.locator(".lucide-triangle-alert")).to_have_count(0)
