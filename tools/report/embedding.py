"""Writes rows so that they take little room in a page and cannot leave its script."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from datetime import date
from typing import Any

from report.figures import Table


def as_script(data: Any) -> str:
    """Return JSON as packed text that is inert inside a script element.

    It is gzip in base64: the rows of a year are a fifth of their size, and nothing in
    them can end the element.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return b64encode(gzip.compress(text.encode(), mtime=0)).decode("ascii")


def as_columns(table: Table, window_from: date) -> dict[str, str]:
    """Return each column of a table as one text.

    Values are separated by commas. A day is the number of days since the row above,
    the first since the window began. Nothing stands for 0, and where the table can
    have unknown values for these, with 0 written out.
    """
    texts: dict[str, str] = {}
    for place, name in enumerate(table.names):
        values = [row[place] for row in table.rows]
        if name == "day":
            days = [(each - window_from).days for each in values]
            values = [
                day - before for before, day in zip([0, *days], days, strict=False)
            ]
        # A day always moves by some number; only measures are ever unknown.
        known = table.has_unknowns and name != "day"
        texts[name] = ",".join(short(each, known) for each in values)
    return texts


def short(value: Any, can_be_unknown: bool) -> str:
    """Return a number in as few characters as it takes."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if not value:
        return "0" if can_be_unknown else ""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
