"""Writes the docs site: one folder that opens from disk and asks no server.

Marts come first: a page for each, made of the manifest, the columns' lineage and the
built tables. dbt's own page, untouched, and the column lineage of dbt-colibri lie
beside them for engineers.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markdown_it import MarkdownIt
from markupsafe import Markup

from artifacts.manifest import Node, Project, described, grain
from docs_site.column_origins import Origins
from docs_site.erd import draw_erd
from docs_site.metrics_page import metrics_page
from docs_site.profile import ColumnProfile, TableProfile, profile_table
from docs_site.release_notes import Note, notes_of, read_notes
from docs_site.scheduling_page import scheduling_page
from docs_site.search_index import search_index
from docs_site.site_pages import (
    accepted_values,
    link_models,
    made_of,
    opening,
    plain,
    read_by_name,
    references,
    rules_of,
    rules_page,
    tables_by_kind,
    uses,
)
from docs_site.stories_page import stories_page

HERE = Path(__file__).parent
SAMPLE = "extracts/sample"
SITE = "Gladly, as tables you can trust"
TABLES_PLACE = "<!-- tables -->"
NO_STORIES = """# The stories of the sample

These docs are of other extracts; build the sample to read what each of its stories
plays and what became of it.
"""
#: Pages in the bar on top, by file, in this order.
NAVIGATION = (
    ("index.html", "Tables"),
    ("metrics.html", "Metrics"),
    ("differences.html", "Why ours differs"),
    ("absent.html", "Not in the extracts"),
    ("rules.html", "Rules"),
    ("trust.html", "What was tried"),
    ("connecting.html", "BI tools"),
    ("scheduling.html", "Scheduling"),
    ("stories.html", "Stories"),
    ("changes.html", "Changes"),
    ("lineage.html", "Lineage"),
)


def start_lineage(target: Path) -> subprocess.Popen[str]:
    """Start dbt-colibri on the artifacts in the target.

    It says that it cannot follow base models to the files they read; the columns of
    base models are named after the fields, so nothing is missing.
    """
    return subprocess.Popen(
        [
            str(Path(sys.executable).with_name("colibri")),
            *("generate", "--disable-telemetry"),
            *("--manifest", str(target / "manifest.json")),
            *("--catalog", str(target / "catalog.json")),
            *("--output-dir", str(target / "colibri")),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def end_lineage(lineage: subprocess.Popen[str]) -> None:
    """Wait for dbt-colibri; shows what it said when it failed."""
    said, _ = lineage.communicate()
    if lineage.returncode:
        typer.echo(said, err=True)
        raise typer.Exit(1)


def to_html(markdown: str) -> Markup:
    """Return Markdown as HTML whose wide tables scroll by themselves."""
    body = str(MarkdownIt("commonmark").enable("table").render(markdown))
    body = body.replace("<table>", '<div class="table" tabindex="0"><table>')
    return Markup(body.replace("</table>", "</table></div>"))


class Site:
    """The pages of one build, written into a folder."""

    def __init__(self, project: Project, out: Path) -> None:
        """Take the project of a manifest and an empty folder."""
        self.project = project
        self.out = out
        self.titles: dict[str, str] = {}
        self.notes: list[Note] = []
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
        )

    def write(self, file: str, template: str, title: str, **values: Any) -> None:
        """Render a page; values are what its template names."""
        self.titles[file] = title
        path = self.out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        stem = path.stem
        text = self._templates.get_template(template).render(
            {
                "site": SITE,
                "title": title,
                "kind": stem,
                "root": "../" * file.count("/"),
                "here": stem if "/" in file else file,
                "navigation": NAVIGATION,
                "side": None,
                "body": "",
                **values,
            }
        )
        path.write_text(text, "utf-8")

    def write_texts(self, texts: dict[str, str]) -> None:
        """Write a page for each text, which opens with its title."""
        for name, text in texts.items():
            found = re.search(r"^# (.+)$", text, re.MULTILINE)
            title = found[1] if found else name
            body = to_html(link_models(text, self.project, ""))
            self.write(f"{name}.html", "base.html", title, body=body)

    def write_home(self) -> None:
        """Write the first page, with the tables where the overview wants them."""
        text = str(self.project.docs["home"]["block_contents"])
        before, found, after = text.partition(TABLES_PLACE)
        if not found:
            raise ValueError(f"models/docs/home.md has no line {TABLES_PLACE}")
        kinds = [
            (
                title,
                [
                    {
                        "name": mart["name"],
                        "grain": plain(grain(mart)),
                        "key": self.project.key(mart),
                    }
                    for mart in marts
                ],
            )
            for title, marts in tables_by_kind(self.project)
        ]
        self.write(
            "index.html",
            "index.html",
            SITE,
            body=to_html(link_models(before, self.project, "")),
            after=to_html(link_models(after, self.project, "")),
            kinds=kinds,
            side=tables_by_kind(self.project),
        )

    def write_table(
        self, mart: Node, origins: Origins, profile: TableProfile | None
    ) -> None:
        """Write the page of a mart."""
        first, rest = opening(mart)
        page = self.project.docs.get(f"{mart['name']}__page")
        text = str(page["block_contents"]).strip() if page else ""
        allowed = accepted_values(self.project, mart)
        readable = {each["name"] for each in read_by_name(self.project)}
        keys = {
            key.column: key.to_table
            for key in self.project.foreign_keys(mart)
            if key.to_table in readable
        }
        columns = []
        for name, column in mart["columns"].items():
            held = profile.columns.get(name) if profile else None
            columns.append(
                {
                    "name": name,
                    "type": column["data_type"],
                    "text": to_html_inline(described(column)),
                    "reference": keys.get(name),
                    "holds": _values(held, allowed.get(name, [])),
                    "lowest": held.lowest if held else None,
                    "highest": held.highest if held else None,
                    "made_of": made_of(origins, mart, name),
                    "nulls": _share(held),
                }
            )
        self.write(
            f"tables/{mart['name']}.html",
            "table.html",
            mart["name"],
            mart=mart,
            opening=to_html_inline(first),
            description=to_html(link_models(rest, self.project, "../")),
            key=self.project.key(mart),
            page=to_html(link_models(text, self.project, "../")),
            columns=columns,
            profile=profile,
            uses=uses(self.project, mart),
            rules=rules_of(self.project, mart),
            referred=references(self.project)[mart["name"]],
            changes=[
                (release, [(note.kind, to_html_inline(note.text)) for note in notes])
                for release, notes in notes_of(self.notes, mart["name"])
            ],
            side=tables_by_kind(self.project),
        )


def to_html_inline(markdown: str) -> Markup:
    """Return a Markdown sentence as HTML without a paragraph around it."""
    return Markup(MarkdownIt("commonmark").renderInline(markdown))


def _values(
    held: ColumnProfile | None, allowed: list[str]
) -> list[tuple[str, int | None]]:
    """Return values with their counts, and those allowed that this build lacks."""
    found: list[tuple[str, int | None]] = [*(held.values if held else ())]
    seen = {value for value, _ in found}
    return found + [(value, None) for value in allowed if value not in seen]


def _share(held: ColumnProfile | None) -> str:
    if held is None or held.null_share is None:
        return ""
    if held.null_share in (0, 1):
        return "never" if held.null_share == 0 else "always"
    return f"{max(held.null_share, 0.001):.1%}"


def write_site(target: Path, database: Path, extracts: str, out: Path) -> None:
    """Write the site anew.

    Args:
        target: where dbt put its artifacts and dbt-colibri puts its own.
        database: what was built.
        extracts: folder it was built from; the stories are those of the sample only.
        out: folder of the site, replaced.
    """
    project = Project(json.loads((target / "manifest.json").read_text("utf-8")))
    lineage = start_lineage(target)
    new = out.with_name(f"{out.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    site = Site(project, new)

    is_sample = extracts == SAMPLE
    changelog = Path("CHANGELOG.md").read_text("utf-8")
    site.notes = read_notes(changelog)
    site.write_texts(
        {
            "metrics": metrics_page(project),
            "rules": rules_page(project),
            "scheduling": scheduling_page(),
            **{
                name: str(project.docs[name]["block_contents"])
                for name in ("differences", "absent", "trust", "connecting")
            },
            "stories": stories_page(Path(extracts), database)
            if is_sample
            else NO_STORIES,
            "changes": changelog,
        }
    )
    site.write_home()
    (new / "erd.svg").write_text(draw_erd(project), "utf-8")
    for asset in (HERE / "assets").iterdir():
        shutil.copy(asset, new / asset.name)
    (new / "dbt").mkdir()
    shutil.copy(target / "static_index.html", new / "dbt" / "index.html")

    with duckdb.connect(str(database), read_only=True) as connection:
        profiles = {
            mart["name"]: profile_table(connection, mart, project.key(mart))
            for mart in read_by_name(project)
        }
    end_lineage(lineage)
    columns = (target / "colibri" / "colibri-manifest.json").read_text("utf-8")
    origins = Origins(json.loads(columns), project)
    for mart in read_by_name(project):
        site.write_table(mart, origins, profiles[mart["name"]])
    shutil.copy(target / "colibri" / "index.html", new / "lineage.html")
    pages = {
        file: title for file, title in site.titles.items() if not file.startswith("t")
    }
    index = json.dumps(search_index(project, pages), ensure_ascii=False)
    (new / "search-index.js").write_text(f"window.SEARCH_INDEX = {index};\n", "utf-8")
    # A reader finds the whole site or the one before.
    shutil.rmtree(out, ignore_errors=True)
    new.rename(out)


def main(
    database: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    target: Annotated[
        Path, typer.Option(envvar="DBT_TARGET_PATH", help="Where dbt put artifacts.")
    ] = Path("target"),
) -> None:
    """Write the docs site of a built database into the folder site of the target."""
    extracts = os.environ.get("GLADLY_EXTRACTS_PATH") or SAMPLE
    write_site(target, database, extracts.rstrip("/"), target / "site")


if __name__ == "__main__":
    typer.run(main)
