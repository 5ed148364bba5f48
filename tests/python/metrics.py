"""Asks the semantic layer: MetricFlow writes the SQL, DuckDB answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from metricflow.engine.metricflow_engine import (
    MetricFlowEngine,
    MetricFlowQueryRequest,
)
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup


class DuckDbDialect:
    """All that MetricFlow wants to know of a database when it only writes SQL."""

    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()


class SemanticLayer:
    """The metrics of a project that dbt has parsed.

    Attributes:
        metrics: their names.
    """

    def __init__(self, target: Path) -> None:
        """Take the folder in which dbt left its manifests."""
        manifest = parse_manifest_from_dbt_generated_manifest(
            (target / "semantic_manifest.json").read_text("utf-8")
        )
        self.metrics = [
            metric["name"]
            for metric in json.loads((target / "manifest.json").read_bytes())[
                "metrics"
            ].values()
        ]
        self._engine = MetricFlowEngine(
            SemanticManifestLookup(manifest),
            DuckDbDialect(),  # type: ignore[arg-type]
        )

        # MetricFlow takes longer to write the SQL than DuckDB to answer.
        self._written: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}

    def ask(
        self, database: Path, metrics: Sequence[str], group_by: Sequence[str] = ()
    ) -> list[tuple[Any, ...]]:
        """Return the rows of a query: what it is grouped by, then the metrics."""
        asked = tuple(metrics), tuple(group_by)
        if asked not in self._written:
            self._written[asked] = self._write(*asked)
        with duckdb.connect(str(database), read_only=True) as connection:
            return connection.execute(self._written[asked]).fetchall()

    def _write(self, metrics: Sequence[str], group_by: Sequence[str]) -> str:
        """Return the SQL of a question, which is the same for every database."""
        explained = self._engine.explain(
            MetricFlowQueryRequest.create(
                metric_names=metrics, group_by_names=group_by, order_by_names=group_by
            )
        )
        return explained.sql_statement.sql


def write_marts(
    database: Path, target: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Create every mart with the columns of its contract, and put rows into some."""
    manifest = json.loads((target / "manifest.json").read_bytes())
    with duckdb.connect(str(database)) as connection:
        for model in manifest["nodes"].values():
            if not model["original_file_path"].startswith("models/marts/"):
                continue
            if model["resource_type"] != "model" or model["schema"] == "restricted":
                continue
            table = f"{model['schema']}.{model['name']}"
            columns = ", ".join(
                f"{column['name']} {column['data_type']}"
                for column in model["columns"].values()
            )
            connection.sql(f"create schema if not exists {model['schema']}")
            connection.sql(f"create table {table} ({columns})")
            for row in rows.get(model["name"], ()):
                places = ", ".join("?" for _ in row)
                connection.execute(
                    f"insert into {table} ({', '.join(row)}) values ({places})",
                    list(row.values()),
                )
