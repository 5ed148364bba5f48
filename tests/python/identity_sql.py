"""Runs the identity models on rows made up by a test, without dbt between them.

dbt compiles the models once. What it compiled then runs in a database in memory, on
staging tables that hold only what a test put there: hundreds of worlds a minute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from compiled import Compiled
from project import query

#: What decides about customer ids, in the order it is built.
CUSTOMER_MODELS = (
    "int_merges_unioned",
    "int_ids_alive_dated",
    "int_merges_deduplicated",
    "int_merges_resolved",
    "int_merge_conflicts_compared",
    "int_customer_deletions_dated",
    "int_customer_ids_resolved",
    "bridge_customer_ids",
)
#: The same for conversation ids, which depend on those of customers.
CONVERSATION_MODELS = (
    *CUSTOMER_MODELS,
    "int_conversation_customers_unioned",
    "int_conversation_customers_resolved",
    "int_conversation_deletions_dated",
    "int_conversation_merges_dated",
    "int_absorption_moments_matched",
    "int_conversation_item_changes_unioned",
    "int_conversation_closings_deduplicated",
    "int_conversation_snapshot_events_unioned",
    "int_conversation_events_unioned",
    "int_unrecorded_merges_dated",
    "int_conversation_survivors_scored",
    "int_conversation_survivors_inferred",
    "int_conversation_ids_resolved",
    "bridge_conversation_ids",
)
#: The same for item ids.
ITEM_MODELS = (
    *CONVERSATION_MODELS,
    "int_conversation_owners_resolved",
    "int_lookalike_items_matched",
    "int_item_series_inferred",
    "int_item_series_aggregated",
    "int_item_ids_resolved",
    "bridge_conversation_item_ids",
)
#: What the models read and a test fills.
INPUTS = {
    "stg_gladly__events": "staging",
    "stg_gladly__conversation_timestamps_report": "staging",
    "stg_gladly__customer_lookups": "staging",
    "stg_gladly__conversation_lookups": "staging",
    "stg_gladly__customer_mentions": "staging",
    "stg_gladly__conversation_mentions": "staging",
    "stg_gladly__customer_profiles": "staging",
    "stg_gladly__conversation_captures": "staging",
    "stg_gladly__conversations": "staging",
    "stg_gladly__conversation_export_captures": "staging",
    "stg_gladly__conversation_export_report": "staging",
    "stg_gladly__conversation_items": "staging",
    "stg_gladly__conversation_item_copies": "staging",
    "int_contacts_unioned": "intermediate",
}

Row = Mapping[str, Any]


class IdentityModels:
    """The compiled models, over tables in memory."""

    def __init__(self, compiled: Compiled, built: Path) -> None:
        """Make empty tables for what a test puts in.

        Args:
            compiled: the SQL of the models.
            built: any database built of it, whose columns the tables take.
        """
        self._sql = {
            name.partition(".")[2]: sql for name, sql in compiled.models.items()
        }
        self._connection = duckdb.connect(config={"threads": 1})
        for statement in (
            "attach ':memory:' as gladly",
            "use gladly",
            "create schema staging",
            "create schema intermediate",
            "create schema marts",
        ):
            self._connection.execute(statement)
        for name, schema in INPUTS.items():
            columns = ", ".join(
                f"{column} {kind}"
                for column, kind, *_ in query(built, f"describe {schema}.{name}")
            )
            self._connection.execute(f"create table {schema}.{name} ({columns})")

    def run(
        self, models: Sequence[str], rows: Mapping[str, Sequence[Row]]
    ) -> list[dict[str, Any]]:
        """Return the rows of the last of some models.

        Args:
            models: models in the order they are built.
            rows: the rows of inputs, by name; an input not named is empty, and a
                column that a row leaves out is null.
        """
        # A report captured once is its own newest capture.
        reports = rows.get("stg_gladly__conversation_export_report", ())
        filled = {"stg_gladly__conversation_export_captures": reports, **rows}
        for name, schema in INPUTS.items():
            self._connection.execute(f"truncate {schema}.{name}")
            for row in filled.get(name, ()):
                marks = ", ".join(["?"] * len(row))
                self._connection.execute(
                    f"insert into {schema}.{name} ({', '.join(row)}) values ({marks})",
                    list(row.values()),
                )
        for model in models:
            self._connection.execute(
                f"create or replace table {_schema(model)}.{model} as"
                f" {self._sql[model]}"
            )
        last = models[-1]
        found = self._connection.execute(f"from {_schema(last)}.{last}")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _schema(model: str) -> str:
    return "intermediate" if model.startswith("int_") else "marts"
