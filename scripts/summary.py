"""Say what `make build` built: where it is, how many rows, and what to open next."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer
from rich.console import Console
from rich.table import Table as Grid

from artifacts.tables import list_tables
from build_warnings import OF_THE_SAMPLE, in_words, warned

SAMPLE = "extracts/sample"
READER_SCHEMAS = ("marts", "audit", "restricted")


def count_rows(database: Path) -> list[tuple[str, str, int]]:
    """Return schema, name and row count of every table meant for readers."""
    with duckdb.connect(str(database), read_only=True) as connection:
        counts: list[tuple[str, str, int]] = []
        for table in list_tables(connection):
            if table.schema in READER_SCHEMAS:
                found = connection.execute(
                    f"select count(*) from {table.quoted}"
                ).fetchone()
                counts.append((table.schema, table.name, found[0] if found else 0))
    return sorted(counts, key=lambda each: (READER_SCHEMAS.index(each[0]), each[1]))


def describe_run(results: dict[str, Any]) -> str:
    """Return how a build ended, in a sentence, from ``run_results.json``."""
    # Hooks end well or badly too, and build no table.
    statuses = Counter(
        "unchanged" if result.get("message") == "UNCHANGED" else result["status"]
        for result in results["results"]
        if not result["unique_id"].startswith("operation.")
    )
    left = f", {statuses['unchanged']} left unchanged" if statuses["unchanged"] else ""
    return (
        f"{statuses['success']} tables built{left} and {statuses['pass']} tests passed "
        f"in {results['elapsed_time']:.0f} s."
    )


def describe_warnings(database: Path, results: dict[str, Any]) -> list[str]:
    """Return what the build warned of, a sentence for each cause, and its heading."""
    tests = warned(results)
    if not tests:
        return []
    sentences = in_words(database, tests)
    heading = f"{len(sentences)} thing{'s' * (len(sentences) > 1)} to know:"
    if _is_sample():
        others = sorted(tests.keys() - OF_THE_SAMPLE)
        heading = "The sample is to show what warnings look like; all are on purpose"
        heading += f", but those of {', '.join(others)}:" if others else ":"
    return [heading, *(f"  · {sentence}" for sentence in sentences)]


def _is_sample() -> bool:
    extracts = os.environ.get("GLADLY_EXTRACTS_PATH") or SAMPLE
    return Path(extracts).resolve() == Path(SAMPLE).resolve()


def main(
    database: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    target: Annotated[
        Path,
        typer.Option(
            envvar="DBT_TARGET_PATH", exists=True, help="Where dbt put its artifacts."
        ),
    ] = Path("target"),
    warnings_only: Annotated[
        bool, typer.Option("--warnings", help="Only what the build warned of.")
    ] = False,
    strict: Annotated[
        bool,
        typer.Option(help="Fail unless the sample warns of just what it is to show."),
    ] = False,
) -> None:
    """Summarise the build whose artifacts are in a target folder."""
    console = Console(highlight=False, soft_wrap=True, markup=False)
    results = json.loads((target / "run_results.json").read_text("utf-8"))
    if strict:
        if odd := sorted(OF_THE_SAMPLE ^ warned(results).keys()):
            console.print(f"Warnings of the sample are not as meant: {', '.join(odd)}")
            raise typer.Exit(1)
        return
    if warnings_only:
        # After a build that failed: tables may be missing.
        with suppress(duckdb.Error):
            for line in describe_warnings(database, results):
                console.print(line)
        return
    grid = Grid(box=None, padding=(0, 2, 0, 0), show_edge=False)
    grid.add_column("table")
    grid.add_column("rows", justify="right")
    for schema, name, rows in count_rows(database):
        grid.add_row(f"{schema}.{name}", f"{rows:,}")
    console.print(grid)
    console.print()
    for line in describe_warnings(database, results):
        console.print(line)
    console.print(describe_run(results))
    console.print(f"Database  {database}  (DuckDB; read it with any client)")
    console.print(f"Docs      {target / 'site' / 'index.html'}  (open it in a browser)")


if __name__ == "__main__":
    typer.run(main)
