"""Writes what DuckDB has landed as Parquet files, for Spark to read.

One folder with one file a base table, after deleted customers were erased; a file takes
the place of the one before it when it is whole.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import duckdb
import typer

#: Spark has neither type: JSON is a text there, and a hash fits into a decimal.
READABLE = {"JSON": "varchar", "UBIGINT": "decimal(20, 0)"}


def landed_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what to select of each base table, by its name."""
    rows = connection.execute(
        """
        select schema_name, table_name, column_name, data_type
        from duckdb_columns()
        where
            database_name = current_database()
            and starts_with(table_name, 'base_gladly__')
        order by table_name, column_index
        """
    ).fetchall()
    columns: dict[tuple[str, str], list[str]] = {}
    for schema, table, column, data_type in rows:
        readable = READABLE.get(data_type, data_type)
        columns.setdefault((schema, table), []).append(
            f'cast("{column}" as {readable}) as "{column}"'
        )
    return {
        table: f'select {", ".join(selected)} from "{schema}"."{table}"'
        for (schema, table), selected in columns.items()
    }


def write_parquet(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    """Write the rows of a query as a file, in place of one before once it is whole."""
    quoted = str(path).replace("'", "''")
    connection.execute(
        f"copy ({sql}) to '{quoted}' (format parquet, use_tmp_file true)"
    )


def write_table(
    connection: duckdb.DuckDBPyConnection, sql: str, landed: Path, name: str
) -> None:
    """Write a table as one file in a folder of its own, in place of all before it."""
    folder = landed / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "all.parquet"
    write_parquet(connection, sql, path)
    for other in folder.iterdir():
        if other != path:
            other.unlink()


def main(
    database: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    spark: Annotated[Path, typer.Argument(help="Spark's folder, for its user only.")],
) -> None:
    """Write every base table, and the time zones that DuckDB knows."""
    folder = spark / "landed"
    folder.mkdir(parents=True, exist_ok=True)
    # Names and texts of customers are in it, as they are in the database.
    spark.chmod(0o700)
    with duckdb.connect(str(database), read_only=True) as connection:
        selected = landed_tables(connection)
        selected["time_zones"] = "select name from pg_timezone_names() order by name"
        # What was landed in shares before is in the database, too.
        (folder / "parts.json").unlink(missing_ok=True)
        for name, sql in selected.items():
            write_table(connection, sql, folder, name)
    typer.echo(f"Wrote {len(selected)} landed tables into {folder}")


if __name__ == "__main__":
    typer.run(main)
