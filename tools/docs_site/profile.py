"""What the columns of the built marts hold: nulls, values and a few rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb

from artifacts.manifest import Node

#: How many rows of a mart are shown. Only marts: audits may quote raw records.
SAMPLE_ROWS = 5
#: A text of a mart with at most so many values has them listed with their counts.
MOST_VALUES = 15
#: Longer values are cut in the rows shown.
LONGEST_VALUE = 60


@dataclass(frozen=True)
class ColumnProfile:
    """What a column holds in the build that the site is about.

    Attributes:
        null_share: of all rows, between 0 and 1; none for a table without rows.
        values: each value with its count, most frequent first; none when the column
            is no vocabulary.
        lowest: smallest date or number as text; none for other types.
        highest: largest one.
    """

    null_share: float | None
    values: list[tuple[str, int]] = field(default_factory=list)
    lowest: str | None = None
    highest: str | None = None


@dataclass(frozen=True)
class TableProfile:
    """What a table holds.

    Attributes:
        row_count: rows of the table.
        columns: by name.
        rows: the first few by key, values as text, null as none; none for audits.
    """

    row_count: int
    columns: dict[str, ColumnProfile]
    rows: list[list[str | None]]


def profile_table(
    connection: duckdb.DuckDBPyConnection, node: Node, key: list[str]
) -> TableProfile | None:
    """Return what a mart holds, or none when this build has not made it.

    Args:
        connection: to the built database.
        node: of the mart in the manifest.
        key: columns by which the rows shown are chosen.
    """
    relation = f'"{node["schema"]}"."{node["alias"]}"'
    described = connection.execute(
        "select column_name, data_type from duckdb_columns() "
        "where schema_name = ? and table_name = ? order by column_index",
        [node["schema"], node["alias"]],
    ).fetchall()
    if not described:
        return None
    types = dict(described)
    parts = ["count(*)"]
    for name, data_type in types.items():
        parts.append(f'count("{name}")')
        if _is_ordered(data_type):
            parts.append(f'cast(min("{name}") as varchar)')
            parts.append(f'cast(max("{name}") as varchar)')
        elif _is_vocabulary(name, data_type):
            parts.append(f'approx_count_distinct("{name}")')
    found = iter(_one(connection, f"select {', '.join(parts)} from {relation}"))
    row_count = int(next(found))
    columns = {}
    for name, data_type in types.items():
        filled = int(next(found))
        share = 1 - filled / row_count if row_count else None
        if _is_ordered(data_type):
            lowest, highest = next(found), next(found)
            columns[name] = ColumnProfile(share, [], lowest, highest)
        elif _is_vocabulary(name, data_type) and 0 < next(found) <= MOST_VALUES:
            columns[name] = ColumnProfile(share, _values(connection, relation, name))
        else:
            columns[name] = ColumnProfile(share)
    rows = []
    if node["schema"] == "marts":
        order = ", ".join(f'"{column}"' for column in key or [next(iter(types))])
        rows = [
            [None if value is None else _short(value) for value in row]
            for row in connection.execute(
                f"select columns(*)::varchar from {relation} "
                f"order by {order} limit {SAMPLE_ROWS}"
            ).fetchall()
        ]
    return TableProfile(row_count, columns, rows)


def _is_ordered(data_type: str) -> bool:
    return data_type.startswith(
        ("DATE", "TIMESTAMP", "BIGINT", "INTEGER", "DOUBLE", "DECIMAL", "HUGEINT")
    )


def _is_vocabulary(name: str, data_type: str) -> bool:
    return data_type == "BOOLEAN" or (
        data_type == "VARCHAR"
        and not name.endswith(
            ("_id", "_key", "_name", "_value", "_hash", "detail", "_text", "_path")
        )
    )


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row


def _values(
    connection: duckdb.DuckDBPyConnection, relation: str, name: str
) -> list[tuple[str, int]]:
    return [
        (str(value), count)
        for value, count in connection.execute(
            f'select cast("{name}" as varchar), count(*) as found from {relation} '
            f'where "{name}" is not null group by all '
            f"order by found desc, 1 limit {MOST_VALUES}"
        ).fetchall()
    ]


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
