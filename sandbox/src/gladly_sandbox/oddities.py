"""Damage, drift and untidiness of real extracts, done to files already written.

Each function changes one file or folder (scenarios 47 to 49, 52 to 54). Damaged
records are always extra copies: the intact one stays, so the truth still holds.
Two oddities need no function: report times in another zone (scenario 50) are
``Capture(timezone=…)``, and a restatement (51) is a change between two captures.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random

from gladly_sandbox.clock import When, moment

BOM = b"\xef\xbb\xbf"


def add_bom(path: Path) -> None:
    """Put a UTF-8 byte order mark first."""
    path.write_bytes(BOM + path.read_bytes())


def blank_lines_first(path: Path, count: int = 2) -> None:
    """Put blank lines before the header (after a byte order mark)."""
    body = path.read_bytes()
    mark = BOM if body.startswith(BOM) else b""
    path.write_bytes(mark + b"\n" * count + body[len(mark) :])


def empty_body(path: Path, *, crlf: bool = False) -> None:
    """Write a file as received for a window without data: no bytes, or one CRLF.

    Raises:
        FileExistsError: when the file exists, since its rows would be lost.
    """
    if path.exists():
        raise FileExistsError(f"{path} holds data")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\r\n" if crlf else b"")


def crlf(path: Path) -> None:
    """End every line with CRLF."""
    body = path.read_bytes().replace(b"\r\n", b"\n")
    path.write_bytes(body.replace(b"\n", b"\r\n"))


def _edit(path: Path, change: Callable[[list[list[str]]], None]) -> None:
    """Read a CSV, let ``change`` alter its rows (header first), write it back."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    change(rows)
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    path.write_bytes(buffer.getvalue().encode())


def _column(rows: list[list[str]], name: str, path: Path) -> int:
    if not rows or name not in rows[0]:
        raise ValueError(f"{path} has no column {name!r}")
    return rows[0].index(name)


def quoted_newline(path: Path, column: str, row: int = 0) -> None:
    """Put a line break into a cell, which Gladly then quotes.

    Raises:
        ValueError: when there is no such column or row.
    """

    def change(rows: list[list[str]]) -> None:
        place = _column(rows, column, path)
        if row + 1 >= len(rows):
            raise ValueError(f"{path} has no row {row}")
        cell = rows[row + 1][place]
        rows[row + 1][place] = f"{cell[: len(cell) // 2]}\n{cell[len(cell) // 2 :]}"

    _edit(path, change)


def rename_column(path: Path, old: str, new: str) -> None:
    """Rename a header (scenario 35: ``work_session_handle_time``).

    Raises:
        ValueError: when there is no such column.
    """

    def change(rows: list[list[str]]) -> None:
        rows[0][_column(rows, old, path)] = new

    _edit(path, change)


def drop_column(path: Path, name: str) -> None:
    """Remove a column.

    Raises:
        ValueError: when there is no such column.
    """

    def change(rows: list[list[str]]) -> None:
        place = _column(rows, name, path)
        for cells in rows:
            del cells[place]

    _edit(path, change)


def add_column(path: Path, name: str, value: str, *, place: int | None = None) -> None:
    """Add an unknown column, at ``place`` or at the end."""

    def change(rows: list[list[str]]) -> None:
        for number, cells in enumerate(rows):
            where = len(cells) if place is None else place
            cells.insert(where, value if number else name)

    _edit(path, change)


def row_with_too_many_fields(path: Path, row: int = 0) -> None:
    """Append a copy of a row with two fields too many."""

    def change(rows: list[list[str]]) -> None:
        rows.append([*rows[row + 1], "surplus", "surplus"])

    _edit(path, change)


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def malformed_line(path: Path, line: int = 0) -> None:
    """Append a copy of a JSON line with its quotes and braces broken."""
    broken = _lines(path)[line].replace(b'":', b"=", 1).rstrip(b"}")
    path.write_bytes(path.read_bytes() + broken + b"}}\n")


def truncated_line(path: Path, line: int = 0) -> None:
    """Append the first half of a line without a line end, as a cut download has."""
    whole = _lines(path)[line]
    path.write_bytes(path.read_bytes() + whole[: len(whole) // 2])


def invalid_utf8_copy(path: Path, line: int = 1) -> None:
    """Append a copy of a line that holds bytes which are not UTF-8."""
    whole = _lines(path)[line]
    middle = len(whole) // 2
    spoilt = whole[:middle] + b"\xff\xfe\xc3" + whole[middle:]
    path.write_bytes(path.read_bytes() + spoilt + b"\n")


def same_job_twice(root: Path, job_id: str, new_id: str, updated_at: When) -> Path:
    """Deliver an export job again under another id and time; returns its folder.

    Raises:
        FileNotFoundError: when the job does not exist.
    """
    made = root / "exports" / new_id
    shutil.copytree(root / "exports" / job_id, made)
    job = json.loads((made / "job.json").read_text("utf-8"))
    job["id"] = new_id
    job["updatedAt"] = f"{moment(updated_at):%Y-%m-%dT%H:%M:%S}.07272933Z"
    text = json.dumps(job, ensure_ascii=False, separators=(",", ":"))
    (made / "job.json").write_bytes(f"{text}\n".encode())
    return made


def same_file_twice(path: Path, label: str = "again") -> Path:
    """Copy a capture under the same capture time and another label."""
    made = path.with_name(f"{path.name.split('__')[0]}__{label}{path.suffix}")
    made.write_bytes(path.read_bytes())
    return made


def drop_extract(root: Path, name: str) -> None:
    """Remove an extract: ``events``, ``exports``, ``reports/<name>``, ….

    Raises:
        FileNotFoundError: when it does not exist.
    """
    shutil.rmtree(root / name)


def drop_optional_extracts(root: Path) -> None:
    """Leave only Conversation Export, Work Sessions and Contact Export."""
    required = (
        "ConversationExportReport",
        "WorkSessionEvents",
        "ContactExportReportV3",
    )
    for folder in sorted(root.iterdir()):
        if folder.name != "reports":
            shutil.rmtree(folder)
    for folder in sorted((root / "reports").iterdir()):
        if folder.name not in required:
            shutil.rmtree(folder)


def strip_capture_time(path: Path) -> Path:
    """Take the capture time off a file name; returns the new path."""
    return path.rename(path.with_name(path.name.split("__", 1)[1]))


def units(root: Path) -> list[tuple[datetime, Path]]:
    """Return what lands in one piece, by capture time: files and job folders.

    Paths are relative to ``root``; a job's time is its ``updatedAt``.
    """
    found = []
    for job in sorted(root.glob("exports/*/job.json")):
        updated = json.loads(job.read_text("utf-8"))["updatedAt"]
        found.append((moment(updated), job.parent.relative_to(root)))
    for path in sorted(root.rglob("*__*")):
        stamp = path.name.split("__")[0]
        when = moment(
            f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[9:11]}:{stamp[11:13]}:"
            f"{stamp[13:15]}Z"
        )
        found.append((when, path.relative_to(root)))
    return sorted(found)


def landing_order(
    root: Path, batches: int, seed: int | None = None
) -> list[list[Path]]:
    """Split a landing into batches to build one after the other.

    Args:
        root: the landing.
        batches: how many, at least 1.
        seed: None keeps the order of capture; a number shuffles it (scenario 48).

    Raises:
        ValueError: for fewer than one batch.
    """
    if batches < 1:
        raise ValueError("a landing has at least one batch")
    paths = [path for _, path in units(root)]
    if seed is not None:
        Random(seed).shuffle(paths)
    size = -(-len(paths) // batches)
    return [paths[start : start + size] for start in range(0, len(paths), size)]


def copy_units(root: Path, paths: list[Path], out: Path) -> None:
    """Copy units of a landing to another folder, as if they had just arrived."""
    for path in paths:
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if (root / path).is_dir():
            shutil.copytree(root / path, target)
        else:
            target.write_bytes((root / path).read_bytes())
