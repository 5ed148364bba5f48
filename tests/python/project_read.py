"""The project as dbt has read it, imported by the process that builds are forked from.

What is imported there, no build has to.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path

import dbt.adapters.duckdb  # noqa: F401
from dbt.artifacts.schemas.run import RunExecutionResult
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.node_types import NodeType

from project import PROJECT_READ

__all__ = ["RunExecutionResult", "dbtRunner", "landing_alone", "manifest"]

# A build ends soon: it costs less to keep garbage than to look for it.
gc.disable()

manifest = Manifest.from_msgpack(Path(os.environ[PROJECT_READ]).read_bytes())
manifest.build_flat_graph()


def landing_alone(manifest: Manifest) -> None:
    """Leave only what lands the extracts; macros still see the whole project."""
    manifest.nodes = {
        key: node
        for key, node in manifest.nodes.items()
        if node.resource_type in (NodeType.Seed, NodeType.Operation)
        or (
            node.resource_type == NodeType.Model
            and node.name.startswith("base_gladly__")
        )
    }
    manifest.unit_tests = {}
    manifest.semantic_models = {}
    manifest.metrics = {}
    manifest.exposures = {}
    manifest.saved_queries = {}
