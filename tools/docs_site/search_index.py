"""What the search field of the docs finds, from tables to rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from artifacts.manifest import Node, Project, described
from docs_site.site_pages import opening, plain, read_by_name

SYNONYMS = Path(__file__).with_name("synonyms.yml")
RULE = re.compile(r"^\| (R\d\d) \| ([^|]+) \|", re.MULTILINE)


def search_index(project: Project, titles: Mapping[str, str]) -> list[dict[str, str]]:
    """Return one entry for each thing that can be found.

    Args:
        project: whose tables, columns, metrics and rules are listed.
        titles: of the pages, by file name.

    Returns:
        entries with ``kind``, ``name``, ``text``, ``address`` and ``words``, other
        words that lead to the same entry.

    Raises:
        ValueError: if a synonym leads to something that is not there.
    """
    entries: list[dict[str, str]] = []

    def add(kind: str, name: str, text: str, address: str) -> None:
        entries.append(
            {
                "kind": kind,
                "name": name,
                "text": plain(text),
                "address": address,
                "words": "",
            }
        )

    for name, title in titles.items():
        add("page", title, "", name)
    for mart in read_by_name(project):
        add("table", mart["name"], opening(mart)[0], f"tables/{mart['name']}.html")
    for metric in project.metrics:
        text = re.split(r" (?:Anchor|Unit|Null|Owner): ", described(metric))[0]
        add("metric", metric["name"], text, f"metrics.html#{metric['name']}")
    for rule, text in RULE.findall(str(project.docs["rules"]["block_contents"])):
        add("rule", rule, text, "rules.html")
    for mart in read_by_name(project):
        key = project.key(mart)
        for column in mart["columns"].values():
            name = f"{mart['name']}.{column['name']}"
            address = f"tables/{mart['name']}.html#{column['name']}"
            kind = "key" if [column["name"]] == key else "column"
            add(kind, name, described(column), address)
    _add_synonyms(entries, project)
    return entries


def _add_synonyms(entries: list[dict[str, str]], project: Project) -> None:
    by_name = {entry["name"]: entry for entry in entries}
    by_name |= {
        entry["address"].removesuffix(".html"): entry
        for entry in entries
        if entry["kind"] == "page"
    }
    found: Node = yaml.safe_load(SYNONYMS.read_text("utf-8"))
    for word, targets in found.items():
        for target in targets:
            if target not in by_name:
                raise ValueError(
                    f"{SYNONYMS.name}: {word} leads to {target}, which is no table, "
                    "column, metric or page"
                )
            entry = by_name[target]
            entry["words"] = f"{entry['words']} {word}".strip()
