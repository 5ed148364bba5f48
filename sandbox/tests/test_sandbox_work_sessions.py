"""Work Sessions: which window shows a contact, and with what."""

from __future__ import annotations

from pathlib import Path

from gladly_sandbox.extracts import Capture, write_extracts
from landing_reader import Company, report


def _pull(company: Company, out: Path, at: str, first: str, last: str) -> None:
    plan = [Capture(at, reports={"WorkSessionEvents": (first, last)})]
    write_extracts(company.tenant, plan, out)


def test_an_open_contact_is_a_placeholder_in_the_window_of_its_start(
    tmp_path: Path,
) -> None:
    """Blank id, agent and seconds."""
    company = Company()
    company.end_contact("2025-02-03 10:05")
    _pull(company, tmp_path, "2025-02-02", "2025-02-01", "2025-02-01")

    (row,) = report(tmp_path, "WorkSessionEvents", "20250202")
    assert row["contact_session_id"] == company.contact
    blank = ("id", "agent_id", "contact_session_ended_at", "status")
    assert [row[name] for name in blank] == ["", "", "", ""]
    assert row["work_session_handle_time_sec"] == ""


def test_an_ended_contact_moves_to_the_window_of_its_end(tmp_path: Path) -> None:
    """The start window no longer has it."""
    company = Company()
    company.end_contact("2025-02-03 10:05")
    _pull(company, tmp_path / "start", "2025-02-04", "2025-02-01", "2025-02-01")
    _pull(company, tmp_path / "end", "2025-02-04", "2025-02-03", "2025-02-03")

    assert report(tmp_path / "start", "WorkSessionEvents", "20250204") == []
    (row,) = report(tmp_path / "end", "WorkSessionEvents", "20250204")
    assert row["agent_id"] == company.agent
    assert row["work_session_handle_time_sec"] == "35.529"
    assert row["within_sla"] == "true"
    assert len(row["id"]) == 22


def test_the_end_minute_of_a_window_is_included(tmp_path: Path) -> None:
    """A contact ended 30 seconds after the requested end is still there."""
    company = Company()
    company.end_contact("2025-02-01 10:05:30")
    _pull(company, tmp_path, "2025-02-02", "2025-02-01 10:01", "2025-02-01 10:05")

    assert len(report(tmp_path, "WorkSessionEvents", "20250202")) == 1


def test_after_contact_seconds_grow_from_capture_to_capture(tmp_path: Path) -> None:
    """Scenario 33: three captures, three sums."""
    company = Company()
    t = company.tenant
    company.end_contact()
    for day in (2, 3):
        t.work(
            f"2025-02-0{day} 12:00",
            company.contact,
            company.agent,
            after_contact_seconds=20.25,
        )
    company.write(tmp_path, "2025-02-02", "2025-02-03", "2025-02-04")

    grown = [
        report(tmp_path, "WorkSessionEvents", stamp)[0][
            "work_session_after_contact_time_sec"
        ]
        for stamp in ("20250202", "20250203", "20250204")
    ]
    assert grown == ["0", "20.25", "40.5"]


def test_a_contact_no_agent_handled_is_one_row_without_agent(tmp_path: Path) -> None:
    """It has an id once it ended."""
    company = Company()
    company.tenant.end_contact("2025-02-01 10:05", company.contact, "ABANDONED")
    company.write(tmp_path, "2025-02-02")

    (row,) = report(tmp_path, "WorkSessionEvents", "20250202")
    assert row["agent_id"] == ""
    assert row["status"] == "ABANDONED"
    assert len(row["id"]) == 22


def test_each_agent_on_a_contact_has_a_row(tmp_path: Path) -> None:
    """Rule R31."""
    company = Company()
    second = company.tenant.add_agent("Bo Specimen")
    company.tenant.work("2025-02-01 10:04", company.contact, second, 12)
    company.end_contact()
    company.write(tmp_path, "2025-02-02")

    rows = report(tmp_path, "WorkSessionEvents", "20250202")
    seconds = {row["agent_id"]: row["work_session_handle_time_sec"] for row in rows}
    assert seconds == {company.agent: "35.529", second: "12"}
