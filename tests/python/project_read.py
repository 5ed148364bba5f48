"""The project as dbt has read it, imported by the process that builds are forked from.

What is imported and done there, no build has to do. Nothing there opens a database: a
fork keeps none of the threads of DuckDB.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
import tempfile
from pathlib import Path

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.artifacts.schemas.run import RunExecutionResult
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.node_types import NodeType

import lean_dbt
from project import BASE, PROJECT_READ, options

__all__ = ["RunExecutionResult", "dbtRunner", "end", "leave_out", "manifest"]

# A build ends soon: it costs less to keep garbage than to look for it.
gc.disable()

#: What dbt, DuckDB and the plugin of the project import when they first run a model.
for name in ("dbt.task.build", "pandas", "sqlparse.sql", "typer", "zoneinfo"):
    importlib.import_module(name)

manifest = Manifest.from_msgpack(Path(os.environ[PROJECT_READ]).read_bytes())
manifest.build_flat_graph()


def begin_once() -> None:
    """Let dbt begin a command, which makes what it checks its settings with."""
    with tempfile.TemporaryDirectory(prefix="gladly-dbt-") as name:
        command = ["parse", "--no-write-json", *options(Path(name))]
        assert dbtRunner(manifest=manifest).invoke(command).success


lean_dbt.translate_once(manifest)
lean_dbt.name_macros_at_once()
lean_dbt.read_dates_alike()
lean_dbt.begin_with_ctes_at_once()
lean_dbt.know_columns()
begin_once()


def end() -> None:
    """End as a process of its own would: with the database in one file."""
    DuckDBConnectionManager.close_all_connections()
    sys.stdout.flush()
    sys.stderr.flush()


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
