"""Runs the identity models on rows made up by a test, without dbt between them.

dbt compiles the models once. What it compiled then runs in a database in memory, on
staging tables that hold only what a test put there: hundreds of worlds a minute.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
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
        tables = {*INPUTS, *ITEM_MODELS}
        #: The tables that each model reads.
        self._reads = {
            model: sorted(
                tables.intersection(re.findall(r"\w+", self._sql[model])) - {model}
            )
            for model in ITEM_MODELS
        }
        #: What is in each input, and how often each table was made.
        self._held: dict[str, Sequence[Row]] = dict.fromkeys(INPUTS, ())
        self._made: Counter[str] = Counter()
        #: How often those that a model reads had been made when it was.
        self._made_of: dict[str, list[int]] = {}
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

        A model is not made again of what it was made of last.
        """
        # A report captured once is its own newest capture.
        reports = rows.get("stg_gladly__conversation_export_report", ())
        filled = {"stg_gladly__conversation_export_captures": reports, **rows}
        for name in INPUTS:
            self._put(name, filled.get(name, ()))
        for model in models:
            made_of = [self._made[name] for name in self._reads[model]]
            if self._made_of.get(model) == made_of:
                continue
            self._connection.execute(
                f"create or replace table {_schema(model)}.{model} as"
                f" {self._sql[model]}"
            )
            self._made[model] += 1
            self._made_of[model] = made_of
        last = models[-1]
        found = self._connection.execute(f"from {_schema(last)}.{last}")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def _put(self, name: str, rows: Sequence[Row]) -> None:
        """Let an input hold the rows and no others."""
        if rows == self._held[name]:
            return
        table = f"{INPUTS[name]}.{name}"
        self._connection.execute(f"delete from {table}")
        for columns, alike in groupby(rows, tuple):
            values = [[*row.values()] for row in alike]
            marks = ", ".join(["?"] * len(columns))
            self._connection.execute(
                f"insert into {table} ({', '.join(columns)}) values "
                + ", ".join([f"({marks})"] * len(values)),
                [value for row in values for value in row],
            )
        self._held[name] = rows
        self._made[name] += 1


def _schema(model: str) -> str:
    return "intermediate" if model.startswith("int_") else "marts"
