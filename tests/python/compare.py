"""Compares the tables a build made with the ground truth of a simulated tenant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from gladly_sandbox.truth import KEYS, Truth
from project import query

#: A moment as the truth prints it.
MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}"
Key = tuple[Any, ...]


class Difference(NamedTuple):
    """A cell that is not as it should be; ``column`` ``*`` stands for a whole row."""

    table: str
    key: Key
    column: str
    truth: Any
    built: Any


def differences(
    truth: Truth,
    database: Path,
    table: str,
    columns: Iterable[str],
    *,
    tolerance: float = 0.0,
    cuts_seconds: bool = False,
) -> list[Difference]:
    """Return how a mart differs from the truth.

    Rows are matched by key. A column that a truth row does not have is not compared
    there: nothing can be known about it.

    Args:
        truth: what a correct build finds.
        database: what was built.
        table: a mart the truth has.
        columns: columns to compare.
        tolerance: by how much seconds may differ.
        cuts_seconds: whether moments are those of reports that leave milliseconds out:
            then a moment is right within its second.
    """
    keys = KEYS[table]

    def identify(row: dict[str, Any]) -> Key:
        return tuple(_cut(row[name]) if cuts_seconds else row[name] for name in keys)

    expected = {identify(row): row for row in truth.tables[table]}
    built = {identify(row): row for row in rows(database, table, [*keys, *columns])}
    found = []
    for key in sorted({*expected, *built}, key=str):
        if key not in built or key not in expected:
            here = (key in expected, key in built)
            found.append(Difference(table, key, "*", *here))
            continue
        for column in columns:
            if column not in expected[key]:
                continue
            pair = plain(expected[key][column]), built[key][column]
            is_right = pair[0] == pair[1] or _are_near(*pair, tolerance)
            if not is_right and cuts_seconds:
                is_right = _cut(pair[0]) == _cut(pair[1])
            if not is_right:
                found.append(Difference(table, key, column, *pair))
    return found


def rows(database: Path, table: str, columns: Iterable[str]) -> list[dict[str, Any]]:
    """Return columns of a mart, values as the truth writes them."""
    names = list(columns)
    listed = ", ".join(names)
    found = query(database, f"select {listed} from marts.{table}")
    return [
        dict(zip(names, (plain(value) for value in row), strict=True)) for row in found
    ]


def _cut(value: Any) -> Any:
    """Leave the milliseconds of a printed moment out."""
    is_moment = isinstance(value, str) and re.fullmatch(MOMENT, value)
    return value[:-4] if is_moment else value


def _are_near(one: Any, other: Any, tolerance: float) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= tolerance
    return False


def plain(value: Any) -> Any:
    """Print days, and moments to the millisecond; round seconds to it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond // 1000:03d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 3)
    return value
