"""The tables of a built database."""

from __future__ import annotations

from typing import NamedTuple

import duckdb


class Table(NamedTuple):
    """A table or view, and its columns in order."""

    schema: str
    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]

    @property
    def quoted(self) -> str:
        """Schema and name, as SQL takes them."""
        return f'"{self.schema}"."{self.name}"'

    def __str__(self) -> str:
        """Schema and name, as people read them."""
        return f"{self.schema}.{self.name}"


def list_tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return all tables and views of the connected database, by schema and name."""
    rows = connection.execute(
        """
        select
            schema_name,
            table_name,
            list(column_name order by column_index),
            list(data_type order by column_index)
        from duckdb_columns()
        where
            database_name = current_database()
            and not internal
            -- What builds note for the next one is for no reader.
            and table_name not in (
                'blocks_to_overwrite', 'table_versions', 'touched_keys'
            )
        group by all
        order by all
        """
    ).fetchall()
    return [
        Table(schema, name, tuple(columns), tuple(types))
        for schema, name, columns, types in rows
    ]
