"""Breaks the models and counts who notices: `make mutants`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from mutants.breakages import BREAKAGES
from mutants.kills import (
    CHANGES_NOTHING,
    CHANGES_SAMPLE,
    NOTICED_BY_DATA_TEST,
    NOTICED_BY_UNIT_TEST,
    TAKES_TOO_LONG,
    outcomes,
)


def main(
    target: Annotated[
        Path, typer.Option(help="Where dbt ran the unit tests and compiled all else.")
    ] = Path("target/mutants"),
    database: Annotated[
        Path, typer.Option(help="The built sample.", envvar="GLADLY_DATABASE_PATH")
    ] = Path("warehouse/gladly.duckdb"),
    models: Annotated[
        list[str] | None, typer.Option("--model", help="Only this model; repeatable.")
    ] = None,
    most: Annotated[int, typer.Option(help="Places of each model; 0 for all.")] = 8,
    seed: Annotated[int, typer.Option(help="Which places.")] = 1,
    ways: Annotated[bool, typer.Option(help="Only list the ways to break.")] = False,
) -> None:
    """Break every model at some places, and list what no test notices."""
    if ways:
        for breakage in sorted(BREAKAGES, key=lambda each: (each.area, each.what)):
            typer.echo(f"{breakage.area}: {breakage.what}")
        return
    counted: dict[str, Counter[str]] = {}
    for mutant, noticed in outcomes(target, database, models or (), most, seed):
        counted.setdefault(mutant.area, Counter())[noticed] += 1
        if noticed in (CHANGES_SAMPLE, CHANGES_NOTHING):
            typer.echo(f"{mutant.model}: {noticed}: {mutant.site}")
    columns = (
        NOTICED_BY_UNIT_TEST,
        NOTICED_BY_DATA_TEST,
        CHANGES_SAMPLE,
        CHANGES_NOTHING,
        TAKES_TOO_LONG,
    )
    typer.echo(f"| area | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    total: Counter[str] = Counter()
    for area, found in sorted(counted.items()):
        total += found
        cells = " | ".join(str(found[column]) for column in columns)
        typer.echo(f"| {area} | {cells} |")
    typer.echo(f"| all | {' | '.join(str(total[column]) for column in columns)} |")


if __name__ == "__main__":
    typer.run(main)
