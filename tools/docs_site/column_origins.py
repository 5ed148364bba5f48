"""Follows the columns of a model back to the fields of the extracts."""

from __future__ import annotations

import re
from collections import defaultdict

from artifacts.manifest import Node, Project

Column = tuple[str, str]


class Origins:
    """The column lineage that dbt-colibri read from the compiled SQL."""

    def __init__(self, lineage: Node, project: Project) -> None:
        """Take the parsed content of ``colibri-manifest.json`` and the project."""
        self._parents: dict[Column, set[Column]] = defaultdict(set)
        for edge in lineage["lineage"]["edges"]:
            if edge["sourceColumn"] and edge["targetColumn"]:
                target = edge["target"].split(".")[-1], edge["targetColumn"]
                source = edge["source"].split(".")[-1], edge["sourceColumn"]
                if source != target:
                    self._parents[target].add(source)
        # Base columns are the fields in other letters; landing columns are none.
        self._fields = {
            (f"base_gladly__{source['name']}", _letters(field)): field
            for source in project.sources
            for field in source["columns"]
            if _letters(field) != "timezonefilter"
        }

    def of(self, model: str, column: str) -> dict[str, list[str]]:
        """Return the fields a column is made of, by extract.

        Ids only say which rows belong together, so they are left out, save of a column
        that is an id, or is made of nothing else, as a count of ids is. What reaches no
        field, because the lineage ends at a macro, is left out.
        """
        return (not _is_id(column) and self._follow(model, column, False)) or (
            self._follow(model, column, True)
        )

    def _follow(
        self, model: str, column: str, through_ids: bool
    ) -> dict[str, list[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        seen: set[Column] = set()
        waiting: list[Column] = [(model, column)]
        while waiting:
            each = waiting.pop()
            if each in seen:
                continue
            seen.add(each)
            waiting += [
                parent
                for parent in self._parents[each]
                if through_ids or not _is_id(parent[1])
            ]
            if field := self._fields.get((each[0], _letters(each[1]))):
                found[each[0].removeprefix("base_gladly__")].add(field)
        return {extract: sorted(fields) for extract, fields in sorted(found.items())}


def _is_id(column: str) -> bool:
    return column.endswith(("_id", "_key"))


def _letters(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())
