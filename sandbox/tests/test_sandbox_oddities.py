"""Damage is added, never done to the only copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gladly_sandbox import oddities
from landing_reader import Company, csv_rows, json_lines


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    """Return a landing of one capture at 2025-02-02."""
    company = Company()
    company.end_contact()
    company.write(tmp_path, "2025-02-02")
    return tmp_path


def _work(landing: Path) -> Path:
    return next((landing / "reports/WorkSessionEvents").iterdir())


def _items(landing: Path) -> Path:
    return next(landing.glob("exports/*/conversation_items.jsonl"))


def test_a_mark_and_blank_lines_come_before_the_header(landing: Path) -> None:
    """Scenario 47."""
    path = _work(landing)
    oddities.add_bom(path)
    oddities.blank_lines_first(path)
    oddities.crlf(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf\r\n\r\nid,contact_session_id")


def test_an_empty_body_never_replaces_data(landing: Path) -> None:
    """Zero bytes or one CRLF, in a file of its own."""
    made = _work(landing).with_name("20250203T000000Z__empty.csv")
    oddities.empty_body(made, crlf=True)
    assert made.read_bytes() == b"\r\n"
    with pytest.raises(FileExistsError):
        oddities.empty_body(_work(landing))


def test_a_cell_can_hold_a_line_break(landing: Path) -> None:
    """It is quoted and reads back as one row."""
    path = next((landing / "reports/ContactExportReportV3").iterdir())
    oddities.quoted_newline(path, "Agent when Ended")
    (row,) = csv_rows(path)
    assert row["Agent when Ended"] == "Ada Sp\necimen"


def test_headers_drift_and_strangers_appear(landing: Path) -> None:
    """Scenario 35."""
    path = _work(landing)
    oddities.rename_column(
        path, "work_session_handle_time_sec", "work_session_handle_time"
    )
    oddities.add_column(path, "mystery", "42", place=0)
    (row,) = csv_rows(path)
    assert row["work_session_handle_time"] == "35.529"
    assert row["mystery"] == "42"
    with pytest.raises(ValueError, match="no column"):
        oddities.rename_column(path, "nothing", "something")


def test_broken_copies_leave_the_intact_records(landing: Path) -> None:
    """Scenario 49."""
    path = _items(landing)
    intact = path.read_bytes()
    oddities.malformed_line(path)
    oddities.truncated_line(path)
    assert path.read_bytes().startswith(intact)
    broken = path.read_bytes()[len(intact) :].split(b"\n")
    assert len(broken) == 2
    for line in broken:
        with pytest.raises(json.JSONDecodeError):
            json.loads(line)

    sheet = _work(landing)
    oddities.row_with_too_many_fields(sheet)
    oddities.invalid_utf8_copy(sheet)
    lines = sheet.read_bytes().splitlines()
    assert lines[2].endswith(b",surplus,surplus")
    with pytest.raises(UnicodeDecodeError):
        lines[3].decode()


def test_a_job_is_delivered_twice(landing: Path) -> None:
    """Scenario 48: another id and time, the same lines."""
    first = _items(landing).parent
    again = oddities.same_job_twice(landing, first.name, "again-1", "2025-02-05")
    (job,) = json_lines(again / "job.json")
    assert job["id"] == "again-1"
    assert job["updatedAt"] == "2025-02-05T00:00:00.07272933Z"
    name = "conversation_items.jsonl"
    assert (again / name).read_bytes() == (first / name).read_bytes()


def test_only_required_extracts_remain(landing: Path) -> None:
    """Scenario 52."""
    oddities.drop_optional_extracts(landing)
    left = sorted(path.name for path in landing.glob("*/*"))
    assert left == [
        "ContactExportReportV3",
        "ConversationExportReport",
        "WorkSessionEvents",
    ]


def test_a_capture_time_is_taken_off_the_name(landing: Path) -> None:
    """Scenario 54."""
    assert oddities.strip_capture_time(_work(landing)).name == "full.csv"


def test_a_landing_arrives_in_shuffled_batches_and_is_whole(landing: Path) -> None:
    """Scenario 48: whatever the order, every unit arrives once."""
    ordered = oddities.landing_order(landing, 3)
    shuffled = oddities.landing_order(landing, 3, seed=1)
    assert len(ordered) == 3
    assert ordered != shuffled
    flat = [path for batch in ordered for path in batch]
    assert sorted(flat) == sorted(path for batch in shuffled for path in batch)

    out = landing / "copy"
    for batch in shuffled:
        oddities.copy_units(landing, batch, out)
    assert _items(out).read_bytes() == _items(landing).read_bytes()
