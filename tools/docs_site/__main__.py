"""Writes the docs site: one folder that opens from disk and asks no server.

``index.html`` is dbt's own static page, with what follows from the manifest written
into its texts; beside it lie the column lineage, the diagram and the pages it links to.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import Annotated

import typer
from markdown_it import MarkdownIt

from artifacts.manifest import Node, Project
from docs_site.column_origins import Origins
from docs_site.erd import draw_erd
from docs_site.metrics_page import metrics_page
from docs_site.site_pages import (
    column_text,
    homepage,
    link_models,
    mart_page,
    read_by_name,
    rules_page,
)
from docs_site.stories_page import stories_page

SAMPLE = "extracts/sample"
PAGE = Path(__file__).with_name("page.html")
NO_STORIES = """# The stories of the sample

These docs are of other extracts; build the sample to read what each of its stories
plays and what became of it.
"""
STYLE = (
    "tr.column-row td[style*=ellipsis]{white-space:normal!important;"
    "max-width:none!important;min-width:340px}"
    "tr.column-row td{padding-left:6px!important;padding-right:6px!important}"
    ".table-responsive[style*=max-height]{max-height:none!important}"
    "a code{color:inherit}"
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


def mended(page: str) -> str:
    """Return dbt's page without what a reader would stumble over.

    It looks for icons it does not have: a link names no file at all, and others are
    loaded as ``{{ getIcon(…) }}`` before Angular has filled in their names. The browser
    would report each as an error. It also cuts descriptions of columns off at a few
    words and shows links in code as if they were none.
    """
    page = re.sub(r"<link[^>]*\$\{require\([^>]*>", "", page)
    page = page.replace('xlink:href="{{', 'ng-attr-xlink:href="{{')
    return page.replace("</head>", f"<style>{STYLE}</style></head>", 1)


def with_pages(manifest: Node, project: Project, origins: Origins) -> Node:
    """Return the manifest with the texts that the site shows."""
    shown = copy.deepcopy(manifest)
    overview = project.docs["__overview__"]["unique_id"]
    shown["docs"][overview]["block_contents"] = homepage(project)
    for mart in read_by_name(project):
        node = shown["nodes"][mart["unique_id"]]
        node["description"] = mart_page(project, mart)
        for name, column in mart["columns"].items():
            node["columns"][name]["description"] = column_text(origins, mart, column)
    return shown


def write_site(target: Path, database: Path, extracts: str, out: Path) -> None:
    """Write the site anew.

    Args:
        target: where dbt put its artifacts and dbt-colibri puts its own.
        database: what was built.
        extracts: folder it was built from; the stories are told of the sample only.
        out: folder of the site, replaced.
    """
    read = (target / "manifest.json").read_text("utf-8")
    page = mended((target / "static_index.html").read_text("utf-8"))
    if page.count(read) != 1:
        raise ValueError("static_index.html does not hold manifest.json")
    lineage = start_lineage(target)
    manifest = json.loads(read)
    project = Project(manifest)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)

    is_sample = extracts == SAMPLE
    stories = stories_page(Path(extracts), database) if is_sample else NO_STORIES
    _write_pages(project, stories, out)
    (out / "erd.svg").write_text(draw_erd(project), "utf-8")

    end_lineage(lineage)
    columns = (target / "colibri" / "colibri-manifest.json").read_text("utf-8")
    origins = Origins(json.loads(columns), project)
    shown = json.dumps(with_pages(manifest, project, origins))
    (out / "index.html").write_text(page.replace(read, shown), "utf-8")
    shutil.copy(target / "colibri" / "index.html", out / "lineage.html")


def _write_pages(project: Project, stories: str, out: Path) -> None:
    pages = {
        "metrics": metrics_page(project),
        "rules": rules_page(project),
        "differences": str(project.docs["differences"]["block_contents"]),
        "connecting": str(project.docs["connecting"]["block_contents"]),
        "stories": stories,
    }
    titles = {
        name: re.search(r"^# (.+)$", text, re.MULTILINE) for name, text in pages.items()
    }
    template = Template(PAGE.read_text("utf-8"))
    for name, text in pages.items():
        title = titles[name]
        body = (
            MarkdownIt("commonmark")
            .enable("table")
            .render(link_models(text, project, "index.html#!"))
        )
        # On a narrow screen a table scrolls by itself, not the page with it.
        body = body.replace("<table>", '<div class="table" tabindex="0"><table>')
        body = body.replace("</table>", "</table></div>")
        (out / f"{name}.html").write_text(
            template.substitute(
                title=title[1] if title else name,
                name=name,
                links=_links(titles, name),
                body=body,
            ),
            "utf-8",
        )


def _links(titles: Mapping[str, re.Match[str] | None], here: str) -> str:
    """Return a link to every page; that to this one says so."""
    return "".join(
        f'<a href="{name}.html"{" aria-current=page" if name == here else ""}>'
        f"{escape(title[1])}</a>"
        for name, title in titles.items()
        if title
    )


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
