"""Check that every column built is documented, and every column documented is built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from artifacts.tables import list_tables


def main(
    database: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    manifest: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
) -> None:
    """Compare the columns of a built database with those of the properties files."""
    with duckdb.connect(str(database), read_only=True) as connection:
        built = {
            (table.schema, table.name): set(table.columns)
            for table in list_tables(connection)
        }
    findings: list[str] = []
    for node in json.loads(manifest.read_text("utf-8"))["nodes"].values():
        if node["resource_type"] not in ("model", "seed"):
            continue
        path = (node["patch_path"] or node["original_file_path"]).split("://")[-1]
        relation = (node["schema"], node["alias"])
        if node["config"]["materialized"] == "ephemeral":
            continue
        if relation not in built:
            findings.append(f"{path}: {node['name']} was not built")
            continue
        columns, documented = built.pop(relation), set(node["columns"])
        for column in columns - documented:
            findings.append(f"{path}: {node['name']}.{column} is not documented")
        for column in documented - columns:
            findings.append(f"{path}: {node['name']}.{column} is documented, not built")
    findings += [f"{schema}.{name}: no model builds it" for schema, name in built]
    for finding in sorted(findings):
        typer.echo(finding)
    if findings:
        typer.echo(f"Columns documented: {len(findings)} findings", err=True)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
