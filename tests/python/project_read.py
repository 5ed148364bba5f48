"""The project as dbt has read it, imported by the process that builds are forked from.

What is imported and done there, no build has to do. Nothing there opens a database: a
fork keeps none of the threads of DuckDB.
"""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path
from types import CodeType
from typing import Any

import dbt.adapters.duckdb  # noqa: F401
from dbt.artifacts.schemas.run import RunExecutionResult
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.node_types import NodeType
from dbt_common.clients.jinja import get_template, template_cache
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from jinja2 import Environment

from project import BASE, PROJECT_READ, options

__all__ = ["RunExecutionResult", "dbtRunner", "leave_out", "manifest"]

# A build ends soon: it costs less to keep garbage than to look for it.
gc.disable()

manifest = Manifest.from_msgpack(Path(os.environ[PROJECT_READ]).read_bytes())
manifest.build_flat_graph()


def translate_once() -> None:
    """Keep the Python that Jinja makes of a text: dbt asks for it in each build.

    It depends on the kind of environment and the text alone.
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
    """Pass over what dbt has to say below a warning, which nobody reads here.

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

    EventManager.fire_event = fire_event  # type: ignore[method-assign]


def begin_once() -> None:
    """Let dbt begin a command, which makes what it checks its settings with."""
    with tempfile.TemporaryDirectory(prefix="gladly-dbt-") as name:
        command = ["parse", "--no-write-json", *options(Path(name))]
        assert dbtRunner(manifest=manifest).invoke(command).success


translate_once()
say_less()
begin_once()


def leave_out(manifest: Manifest, *, tests: bool, models: bool) -> None:
    """Take out what a command does not build, which dbt would look at all the same.

    Macros still see the whole project.

    Args:
        manifest: as dbt has read it.
        tests: leave out data tests and unit tests.
        models: leave out all but what lands the extracts.
    """
    manifest.nodes = {
        key: node
        for key, node in manifest.nodes.items()
        if not (tests and node.resource_type == NodeType.Test)
        and not (
            models
            and node.resource_type in (NodeType.Model, NodeType.Analysis)
            and not node.name.startswith(BASE)
        )
    }
    if tests:
        manifest.unit_tests = {}
    if models:
        manifest.semantic_models = {}
        manifest.metrics = {}
        manifest.exposures = {}
        manifest.saved_queries = {}
