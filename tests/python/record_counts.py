"""Counts the records of extract files with Python's own readers.

Neither DuckDB nor any SQL of the project has a part in it, so a record that the
project's reader passes over shows as a difference.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path

import duckdb

#: Why a file is no report at all: it stands for one record.
NO_REPORT = ("not a CSV file", "not a text in UTF-8", "no column ")
#: Where a mark is not closed Python and DuckDB may end the record elsewhere.
UNSURE = "quotation mark not closed"


def count_records(path: Path) -> int | None:
    """Return the records of an extract file: of a report, rows with a character.

    None for a list that is damaged or followed by something: Python reads none.
    """
    content = path.read_bytes()
    if content.startswith(b"\x1f\x8b"):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError):
            return 1
    name = path.name.removesuffix(".gz")
    if name == "job.json":
        return 1
    if name.endswith((".json", ".jsonl")):
        content = content.removeprefix(b"\xef\xbb\xbf")
        try:
            # As UTF-8 alone: json would guess other encodings.
            whole = json.loads(content.decode())
        except (ValueError, RecursionError):
            if content.lstrip().startswith((b"[", b'{"summary"', b'{"value"')):
                return None
        else:
            listed = whole["value"] if _is_wrapper(whole) else whole
            return len(listed) if isinstance(listed, list) else 1
        lines = [line for line in content.split(b"\n") if line.strip(b" \t\r\f")]
        if lines and lines[0].lstrip().startswith(b"{") and not _is_json(lines[0]):
            return _count_bodies(content)
        return len(lines)
    csv.field_size_limit(sys.maxsize)
    text = content.decode("utf-8-sig", "surrogateescape")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    while rows and not "".join(rows[0]).strip(" \t"):
        del rows[0]
    return sum(bool(row) for row in rows[1:])


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line.decode())
    except (ValueError, RecursionError):
        return False
    return True


def _count_bodies(content: bytes) -> int:
    """Return the objects that end with a line, however many each is on.

    A line that begins no such object counts as one.
    """
    count, text = 0, content.decode("utf-8", "surrogateescape").strip()
    while text:
        try:
            _, end = json.JSONDecoder().raw_decode(text)
        except (ValueError, RecursionError):
            end = 0
        rest, _, after = text[end:].partition("\n")
        if end == 0 or rest.strip():
            after = text.partition("\n")[2]
        count, text = count + 1, after.lstrip()
    return count


def _is_wrapper(body: object) -> bool:
    return isinstance(body, dict) and isinstance(body.get("value"), list)


def unlike_files(extracts: Path, database: Path) -> list[tuple[str, int, int, int]]:
    """Return the files of which a record is missing or there twice.

    Each as path, records in the file, records the project saw in it, and records in
    the base table, rejected ones included.
    """
    found = []
    with duckdb.connect(str(database), read_only=True) as connection:
        for name, file, seen, set_aside in connection.sql(
            """
            select extract_name, extract_file, record_count, set_aside_reason
            from staging.base_gladly__extract_files where extract_name is not null
            """
        ).fetchall():
            landed, reasons = connection.execute(
                f"""
                select count(*), list(distinct _rejection_reason)
                from staging.base_gladly__{name} where _extract_file = ?
                """,
                [file],
            ).fetchall()[0]
            reasons = [reason for reason in reasons or [] if reason]
            if landed == 1 and any(why.startswith(NO_REPORT) for why in reasons):
                continue
            counted = count_records(extracts / file)
            if UNSURE in reasons or counted is None:
                counted = seen
            if set_aside:
                landed = counted if landed == 0 else -1
            if not counted == seen == landed:
                found.append((file, counted, seen, landed))
    return found
