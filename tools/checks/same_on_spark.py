"""Compare the tables that Spark built with those of DuckDB, row by row.

Reads the Parquet files that Spark's tables are made of. A table is the same when its
columns, their types and the multiset of its rows are: times to the microsecond, doubles
to six decimals, the order of rows left aside. Says which tables differ, with the rows
that only one of both has, and exits with 1 when any does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import duckdb
import typer

from artifacts.tables import Table, list_tables

#: Schemas that are for readers; the steps between have columns of their engine.
FOR_READERS = ("marts", "audit")
#: Rows that are shown of those that only one engine has.
SHOWN = 3


def canonical(table: Table) -> str:
    """Return the select list that makes rows of both engines comparable."""
    return ", ".join(
        f'round("{column}", 6) + 0 as "{column}"'
        if data_type == "DOUBLE"
        else f'"{column}"'
        for column, data_type in zip(table.columns, table.types, strict=True)
    )


def difference(
    connection: duckdb.DuckDBPyConnection, table: Table, files: str
) -> str | None:
    """Return how a table differs from the Parquet files of Spark; nothing if it is not.

    Args:
        connection: to the database of DuckDB.
        table: of that database.
        files: pattern for the files of Spark's table.
    """
    other = f"read_parquet('{files}')"
    described = connection.execute(f"describe select * from {other}").fetchall()
    types = {str(row[0]): str(row[1]) for row in described}
    mine = dict(zip(table.columns, table.types, strict=True))
    if types != mine:
        unlike = sorted(
            f"{column} is {mine.get(column)} and on Spark {types.get(column)}"
            for column in mine.keys() | types.keys()
            if mine.get(column) != types.get(column)
        )
        return "; ".join(unlike) or "its columns are in another order"
    columns = canonical(table)
    here = f"select {columns} from {table.quoted}"
    there = f"select {columns} from {other}"
    only = {
        "DuckDB": connection.sql(f"{here} except all {there}").fetchall(),
        "Spark": connection.sql(f"{there} except all {here}").fetchall(),
    }
    if not any(only.values()):
        return None
    lines = [f"{len(rows)} rows are only in {name}" for name, rows in only.items()]
    for name, rows in only.items():
        for row in sorted(rows, key=str)[:SHOWN]:
            lines.append(f"  {name}: {row}")
    return "\n".join(lines)


def unlike_tables(
    database: Path, tables: Path, *, is_all: bool = False
) -> tuple[int, dict[str, str]]:
    """Return how many tables were compared, and how each differs that does.

    Args:
        database: of DuckDB.
        tables: the warehouse of Spark.
        is_all: staging and intermediate tables, too, as far as Spark has them.
    """
    compared, differing = 0, {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for table in list_tables(connection):
            if table.schema not in FOR_READERS and not is_all:
                continue
            folder = tables / f"{table.schema}.db" / table.name
            if not folder.exists():
                if not is_all:
                    differing[str(table)] = "missing on Spark"
                continue
            compared += 1
            files = f"{folder}/*.parquet".replace("'", "''")
            if found := difference(connection, table, files):
                differing[str(table)] = found
    return compared, differing


def main(
    database: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    tables: Annotated[
        Path, typer.Argument(help="The warehouse of Spark.", exists=True)
    ],
    is_all: Annotated[
        bool, typer.Option("--all", help="Staging and intermediate tables, too.")
    ] = False,
) -> None:
    """Compare every mart of a database with the table that Spark built."""
    compared, differing = unlike_tables(database, tables, is_all=is_all)
    for table, how in differing.items():
        typer.echo(f"{table}: {how}")
    if differing or not compared:
        typer.echo(f"{len(differing)} of {compared} tables differ", err=True)
        raise typer.Exit(1)
    typer.echo(f"All {compared} tables are the same on Spark")


if __name__ == "__main__":
    typer.run(main)
