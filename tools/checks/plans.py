"""Check that no model joins at a cost that grows with the square of its rows.

Reads ``manifest.json`` of a build (dbt 1.11) for the compiled SQL of each model, and
asks DuckDB, on the built database, how it would run it. Joins without an equality are
named with their model, unless ``plans.yml`` beside this file allows them with a bound
on the rows of one side. Exits with 1 when there is any other, or when an allowed one is
gone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer
import yaml

ALLOWED = Path(__file__).with_name("plans.yml")
#: Operators of DuckDB that compare rows of two sides pair by pair, or nearly so.
PAIRWISE = {
    "BLOCKWISE_NL_JOIN",
    "CROSS_PRODUCT",
    "IE_JOIN",
    "NESTED_LOOP_JOIN",
    "PIECEWISE_MERGE_JOIN",
}


def operators(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and condition of every operator of a plan.

    Args:
        plan: a node as ``explain (format json)`` gives it: ``name``, ``children`` and
            ``extra_info``, whose ``Conditions`` is a text or a list of texts.
    """
    conditions = plan.get("extra_info", {}).get("Conditions", "")
    yield (
        plan["name"].strip(),
        conditions if isinstance(conditions, str) else " and ".join(conditions),
    )
    for child in plan["children"]:
        yield from operators(child)


def pairwise_joins(
    connection: duckdb.DuckDBPyConnection, statement: str
) -> list[tuple[str, str]]:
    """Return the operators of a statement's plan that compare pair by pair.

    Raises:
        duckdb.Error: if the statement does not fit the database.
    """
    row = connection.execute(f"explain (format json) {statement}").fetchone()
    assert row is not None
    return [
        (name, condition)
        for plan in json.loads(row[1])
        for name, condition in operators(plan)
        if name in PAIRWISE
    ]


def main(
    database: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    manifest: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
) -> None:
    """Say which models join without an equality, apart from those allowed."""
    allowed = yaml.safe_load(ALLOWED.read_text("utf-8"))
    models = [
        node
        for node in json.loads(manifest.read_text("utf-8"))["nodes"].values()
        if node["resource_type"] == "model"
        and node.get("compiled_code")
        # Landing reads files, by way of temporary tables that are gone.
        and "base" not in node["fqn"]
    ]
    found: dict[str, list[tuple[str, str]]] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        for model in models:
            if joins := pairwise_joins(connection, model["compiled_code"]):
                found[model["name"]] = joins
    messages = []
    for name, joins in sorted(found.items()):
        most = allowed.get(name, {}).get("joins", 0)
        if len(joins) > most:
            kinds = Counter(f"{kind} on {condition}" for kind, condition in joins)
            messages += [f"{name}: {each}" for each in kinds]
    messages += [
        f"{name} is allowed in plans.yml and needs it no more"
        for name in sorted(allowed.keys() - found.keys())
    ]
    if messages:
        typer.echo("\n".join(messages))
        typer.echo(
            "Join on an equality: move what one side alone decides into its key or a "
            "CTE before the join, and make an or two joins. What is bounded may stand "
            "in plans.yml with its reason."
        )
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
