"""Hash every table of a built database, whatever the order of its rows.

Two builds of the same extracts must give the same hashes: ``--write`` keeps those of
one build, ``--compare`` names the tables of another that differ.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from artifacts.tables import Table, list_tables


def hash_table(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    """Return row count and hash of a table, such as ``12:9f86d081884c7d65``.

    The hash covers names and types of the columns and the multiset of rows: row hashes
    are added up, so that order does not count but a repeated row does.
    """
    found = connection.execute(
        f"""
        with row_hashes as (
            select md5(cast(to_json(hashed) as varchar)) as row_hash
            from {table.quoted} as hashed
        )

        select
            count(*),
            sum(cast(md5_number_upper(row_hash) as hugeint)),
            sum(cast(md5_number_lower(row_hash) as hugeint))
        from row_hashes
        """
    ).fetchone()
    assert found is not None
    content = json.dumps([table.columns, table.types, *map(str, found)])
    return f"{found[0]}:{hashlib.sha256(content.encode()).hexdigest()[:16]}"


def hash_tables(database: Path) -> dict[str, str]:
    """Return the hash of every table of a database, by schema and name."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        return {
            str(table): hash_table(connection, table)
            for table in list_tables(connection)
        }


def differences(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Return a line for every table that two sets of hashes disagree on."""
    return [
        f"{table}: {before.get(table, 'missing')}, then {after.get(table, 'missing')}"
        for table in sorted(before.keys() | after.keys())
        if before.get(table) != after.get(table)
    ]


def main(
    database: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    write: Annotated[
        Path | None, typer.Option(help="Keep the hashes in this file.")
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(exists=True, help="Fail when hashes differ from this file's."),
    ] = None,
) -> None:
    """Print, keep or compare the hashes of a database's tables (rows:hash)."""
    hashes = hash_tables(database)
    if write:
        write.write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
    if compare:
        differing = differences(json.loads(compare.read_text("utf-8")), hashes)
        for line in differing:
            typer.echo(line)
        if differing:
            typer.echo(f"{len(differing)} tables changed", err=True)
            raise typer.Exit(1)
        typer.echo(f"All {len(hashes)} tables are the same")
    if not write and not compare:
        for table, value in hashes.items():
            typer.echo(f"{table} {value}")


if __name__ == "__main__":
    typer.run(main)
