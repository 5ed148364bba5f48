"""Lets dbt do the same with less work, where it builds small tenants many times.

Most of such a build is dbt's own: it makes the same of the same for each node, or
makes what no test reads. Nothing here changes what is run or what comes out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from types import CodeType
from typing import Any

import dbt.compilation
import duckdb
import parsedatetime
from dbt.adapters.base import BaseRelation
from dbt.adapters.duckdb import DuckDBAdapter
from dbt.clients.jinja import MacroGenerator
from dbt.context.macros import MacroNamespace, MacroNamespaceBuilder
from dbt.contracts.graph.manifest import Manifest
from dbt.contracts.graph.nodes import InjectedCTE, ParsedNode
from dbt_common.clients.jinja import get_template, template_cache
from dbt_common.events.base_types import BaseEvent, DebugLevel, EventLevel
from dbt_common.events.event_manager import EventManager
from jinja2 import Environment


def translate_once(manifest: Manifest) -> None:
    """Keep the Python that Jinja makes of a text: dbt asks for it in each build.

    It depends on the kind of environment and the text alone. That of what is in the
    manifest is made now.
    """
    translate, kept = Environment.compile, dict[tuple[type, str], CodeType]()

    def compile(self: Environment, source: Any, *args: Any, **options: Any) -> Any:
        if args or options or not isinstance(source, str):
            return translate(self, source, *args, **options)
        key = type(self), source
        if key not in kept:
            kept[key] = translate(self, source)
        return kept[key]

    Environment.compile = compile  # type: ignore[method-assign]
    for macro in manifest.macros.values():
        template_cache.get_node_template(macro)
    for node in manifest.nodes.values():
        get_template(node.raw_code, {})


def say_less() -> None:
    """Pass over what dbt has to say below a warning, which no test reads.

    dbt makes a message of it, hides secrets in it and then drops it.
    """
    fire = EventManager.fire_event
    unread = (EventLevel.DEBUG, EventLevel.INFO, EventLevel.TEST)

    def fire_event(
        self: EventManager,
        e: BaseEvent,
        level: EventLevel | None = None,
        *args: Any,
        **options: Any,
    ) -> None:
        if (level or e.level_tag()) not in unread:
            fire(self, e, level, *args, **options)

    def is_not_made(self: DebugLevel, *args: Any, **fields: Any) -> None:
        """Leave the event without its fields: none of these is ever a warning."""

    EventManager.fire_event = fire_event  # type: ignore[method-assign]
    DebugLevel.__init__ = is_not_made  # type: ignore[method-assign]


def read_dates_alike() -> None:
    """Keep what dates are read with, which agate makes for each column of a result."""
    parsedatetime.Constants = functools.cache(parsedatetime.Constants)


def use_threads(number: int) -> None:
    """Let DuckDB begin so many threads: a second takes longer than to read few rows."""
    connect = duckdb.connect

    def connect_so(path: str, *, config: dict[str, Any], **options: Any) -> Any:
        return connect(path, config={**config, "threads": number}, **options)

    duckdb.connect = connect_so  # type: ignore[assignment]


def begin_with_ctes_at_once() -> None:
    """Put the rows that a unit test gives before SQL that begins with ``with``.

    dbt reads the whole of it with sqlparse to find that word.
    """
    inject = dbt.compilation.inject_ctes_into_sql

    def inject_ctes_into_sql(sql: str, ctes: list[InjectedCTE]) -> str:
        begins = re.match(r"\s*with\s+(recursive\s)?", sql)
        if not (begins and ctes):
            return str(inject(sql, ctes))
        given = ", ".join(cte.sql for cte in ctes)
        return f"{begins.group()}{given}, {sql[begins.end() :]}"

    dbt.compilation.inject_ctes_into_sql = inject_ctes_into_sql


def know_columns() -> None:
    """Ask once for the columns of a table that unit tests give rows of."""
    columns_in, known = DuckDBAdapter.get_columns_in_relation, dict[str, Any]()

    def get_columns_in_relation(self: DuckDBAdapter, relation: BaseRelation) -> Any:
        if relation.schema is None:
            return columns_in(self, relation)
        name = relation.render()
        if name not in known:
            known[name] = columns_in(self, relation)
        return known[name]

    DuckDBAdapter.get_columns_in_relation = (  # type: ignore[method-assign]
        get_columns_in_relation
    )


def keep_no_sql() -> None:
    """Write no file of compiled SQL, which no test reads after a build."""

    def write_node(self: ParsedNode, *args: Any, **options: Any) -> str:
        return ""

    ParsedNode.write_node = write_node  # type: ignore[method-assign]


class _Names(MacroNamespace):
    """The macros that a node sees, in one dictionary instead of five."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._flat: dict[str, Any] = {}
        for names in reversed([*self._search_order()]):
            self._flat.update(names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._flat)

    def __len__(self) -> int:
        return len(self._flat)

    def __getitem__(self, key: str) -> Any:
        return self._flat[key]


def name_macros_at_once() -> None:
    """Name the macros for a node package by package, not one by one."""

    def build_namespace(
        self: MacroNamespaceBuilder, macros_by_package: Any, ctx: dict[str, Any]
    ) -> MacroNamespace:
        node, stack = self.node, self.thread_ctx
        packages = {
            package: {
                name: MacroGenerator(macro, ctx, node, stack)
                for name, macro in macros.items()
            }
            for package, macros in macros_by_package.items()
        }
        internal = {}
        for package in reversed(self.internal_package_names_order):
            internal.update(packages.pop(package, {}))
        return _Names(
            global_namespace=packages.get(self.root_package, {}),
            local_namespace=packages.get(self.search_package, {}),
            global_project_namespace=internal,
            packages=packages,
        )

    MacroNamespaceBuilder.build_namespace = (  # type: ignore[method-assign]
        build_namespace
    )
