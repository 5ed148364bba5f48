"""Which capture times are slips of the pen, by what else the folder holds.

The macro is rendered and asked by itself; nothing is built.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest
from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[2]


class File(NamedTuple):
    """An extract file; its newest record, if it names any day."""

    path: str
    extract: str
    captured: str
    newest: str | None = None
    is_before_its_records: bool = False


def slips(*files: File) -> list[str]:
    """Return the files whose capture time is not believed."""
    environment = Environment()
    environment.globals["var"] = {"capture_gap_days": 61}.__getitem__
    environment.globals["sql_literal"] = lambda text: f"'{text}'"
    text = (ROOT / "macros" / "landing" / "misdated_files.sql").read_text()
    module: Any = environment.from_string(text).module
    with duckdb.connect() as connection:
        connection.execute(
            """
            create table seen_files (
                extract_file varchar,
                extract_name varchar,
                captured_at timestamp,
                newest_record_date date,
                is_before_its_records boolean
            )
            """
        )
        connection.executemany("insert into seen_files values (?, ?, ?, ?, ?)", files)
        found = connection.sql(module.misdated_files()).fetchall()
    return sorted(path for path, _ in found)


def pull(day: str, newest: str | None) -> list[File]:
    """Return the two required reports, captured at night."""
    return [
        File(f"{extract} {day}", extract, f"{day} 02:00:00", newest)
        for extract in ("conversation_export_report", "work_session_events")
    ]


MARCH = pull("2025-03-02", "2025-03-01")
REPORT = "conversation_export_report"

BELIEVED: dict[str, list[File]] = {
    "one pull": MARCH,
    "one pull without records": pull("2025-03-02", None),
    "one file": MARCH[:1],
    "an old window pulled today": pull("2026-02-01", "2023-02-03"),
    "an old window beside today's": [
        *MARCH,
        File("old", REPORT, "2025-03-03 02:00:00", "2020-01-01"),
    ],
    "a report two months after all else": [
        *MARCH,
        File("late", REPORT, "2025-05-01 02:00:00", "2025-03-01"),
    ],
    "pulls every quarter of a tenant that rests": [
        *pull("2025-01-02", "2025-01-01"),
        *pull("2025-04-02", "2025-01-01"),
        *pull("2025-07-02", "2025-01-01"),
    ],
    "a pull after years, with records of its time": [
        *MARCH,
        File("new", REPORT, "2027-03-03 02:00:00", "2027-03-01"),
    ],
    "a fetch between two pulls": [
        *pull("2024-11-04", "2024-11-03"),
        File("between", "conversations", "2025-01-10 02:00:00", "2024-11-03"),
        *pull("2025-04-02", "2025-04-01"),
    ],
    "a list of half a year ago": [*MARCH, File("l", "inboxes", "2024-10-02 02:00:00")],
}
SLIPS: dict[str, tuple[list[File], list[File]]] = {
    "a century": (
        MARCH,
        [File("x", REPORT, "2099-12-31 23:59:59", "2025-03-01")],
    ),
    "a century, in two extracts": (MARCH, pull("2099-12-31", "2025-03-01")),
    "a century, in a list": (MARCH, [File("x", "inboxes", "2099-12-31 23:59:59")]),
    "a year after 2100": (MARCH, [File("x", REPORT, "2205-03-02", "2025-03-01")]),
    "the last year there is": (MARCH, [File("x", REPORT, "9999-12-31", "2025-03-01")]),
    "a year": (MARCH, [File("x", REPORT, "2026-03-02 02:00:00", "2025-03-01")]),
    "a season": (MARCH, [File("x", REPORT, "2025-06-02 02:00:00", "2025-03-01")]),
    "a job, all of whose files it dates": (
        MARCH,
        [
            File("exports/x/conversation_items.jsonl", "i", "2052-03-02", "2025-03-01"),
            File("exports/x/customers.jsonl", "c", "2052-03-02"),
            File("exports/x/job.json", "j", "2052-03-02"),
        ],
    ),
    "a list of years ago": (MARCH, [File("x", "inboxes", "2005-03-02 02:00:00")]),
    "a list of another century": (MARCH, [File("x", "inboxes", "1925-03-02 02:00:00")]),
    "before its own records": (
        MARCH,
        [File("x", REPORT, "2025-02-02 02:00:00", None, True)],
    ),
    "beside an old window": (
        pull("2026-02-01", "2023-02-03"),
        [File("x", REPORT, "2029-02-01 02:00:00", "2023-02-03")],
    ),
    "everything": ([], pull("2099-03-03", "2025-03-01")),
}


@pytest.mark.parametrize("about", BELIEVED)
def test_nothing_is_wrong_with(about: str) -> None:
    assert slips(*BELIEVED[about]) == []


@pytest.mark.parametrize("about", SLIPS)
def test_a_slip_is(about: str) -> None:
    right, wrong = SLIPS[about]
    assert slips(*right, *wrong) == sorted(file.path for file in wrong)
    assert slips(*reversed([*right, *wrong])) == sorted(file.path for file in wrong)
