"""Whether a body is what it should be, and whole.

A cut that Content-Length gives away never gets here: httpx raises. What is checked is
what a proxy or a page that is no page of Gladly's leaves.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import BinaryIO

csv.field_size_limit(1 << 30)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Look:
    """What a look at a body found.

    Attributes:
        records: rows below the header, or objects.
        damage: why it cannot be used; None when it can.
        doubt: why it should be asked for again, although it may be right.
    """

    records: int = 0
    damage: str | None = None
    doubt: str | None = None


def look_at(kind: str, file: BinaryIO) -> Look:
    """Look at a body from its beginning.

    Args:
        kind: ``csv``, ``jsonl`` or ``json``.
        file: the body; its position is lost.
    """
    file.seek(0)
    start = file.read(4096).removeprefix(_BOM).lstrip()
    file.seek(0)
    if not start:
        return Look(doubt="it has no body")
    if start[:1] == b"<":
        return Look(damage="it is an HTML page")
    if kind == "csv":
        if start[:1] in (b"{", b"["):
            return Look(damage="it is JSON and no report")
        return _look_at_csv(file)
    return _look_at_lines(file) if kind == "jsonl" else _look_at_json(file)


def _look_at_csv(file: BinaryIO) -> Look:
    ends = _ends_line(file)
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    try:
        records, width, last = 0, 0, []
        for last in csv.reader(text, strict=True):
            if last:
                width = width or len(last)
                records += 1
    except csv.Error:
        return Look(damage="it ends in the middle of a cell")
    finally:
        text.detach()
    if not ends and len(last) < width:
        return Look(damage="it ends in the middle of a row")
    doubt = None if ends else "its last row has no end"
    return Look(records - 1, doubt=doubt)


def _look_at_lines(file: BinaryIO) -> Look:
    ends = _ends_line(file)
    records, last = 0, b""
    for line in file:
        if line.strip():
            records, last = records + 1, line
    try:
        json.loads(last)
    except ValueError:
        return Look(damage="it ends in the middle of a line")
    return Look(records, doubt=None if ends else "its last line has no end")


def _look_at_json(file: BinaryIO) -> Look:
    try:
        made = json.load(file)
    except ValueError:
        return Look(damage="it is no JSON")
    listed = made["value"] if is_wrapper(made) else made
    return Look(len(listed) if isinstance(listed, list) else 1)


def is_wrapper(made: object) -> bool:
    """Say whether a JSON value is ``{"summary": …, "value": […]}``: a list."""
    return (
        isinstance(made, dict)
        and isinstance(made.get("value"), list)
        and made.keys() <= {"summary", "value"}
    )


def _ends_line(file: BinaryIO) -> bool:
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 1))
    ends = file.read(1) in (b"\n", b"\r")
    file.seek(0)
    return ends
