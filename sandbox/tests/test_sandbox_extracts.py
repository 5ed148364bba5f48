"""What the files look like: names, headers, times, windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from gladly_sandbox.extracts import (
    HEADERS,
    Capture,
    Pull,
    whole_history,
    write_extracts,
)
from landing_reader import Company, captured, json_lines, report


def test_headers_have_the_widths_gladly_uses() -> None:
    """Columns per report."""
    widths = {name: len(header) for name, header in HEADERS.items()}
    assert widths == {
        "WorkSessionEvents": 19,
        "ContactExportReportV3": 63,
        "ConversationExportReport": 55,
        "ConversationTimestampsReport": 21,
        "ContactTimestampsReport": 14,
        "AgentTimestampsReport": 10,
        "AnswerUsageReport": 5,
    }


def test_first_lines_are_the_headers_and_every_row_is_as_wide(tmp_path: Path) -> None:
    """The files say what the header constants say."""
    company = Company()
    company.end_contact()
    company.tenant.agent_availability("2025-02-01", company.agent, [])
    company.write(tmp_path, "2025-02-02")

    for name, header in HEADERS.items():
        (path,) = (tmp_path / "reports" / name).glob("*.csv")
        assert path.read_text("utf-8").split("\n")[0] == ",".join(header)
        for row in report(tmp_path, name, "20250202"):
            assert None not in row.values(), name
            assert list(row) == list(header)
    work = (tmp_path / "reports/WorkSessionEvents").glob("*.csv")
    assert (
        next(work)
        .read_text("utf-8")
        .startswith(
            "id,contact_session_id,contact_session_created_at,customer_id,"
            "conversation_id,inbox_id,channel,direction,agent_accepted_at,"
            "contact_session_routed_at,agent_id,sla_fulfilled_at,"
            "contact_session_ended_at,status,within_sla,work_session_handle_time_sec,"
            "work_session_after_contact_time_sec,work_session_unknown_time_sec,"
            "accepted_inbox_id\n"
        )
    )


def test_contact_export_derives_its_durations_from_the_moments(tmp_path: Path) -> None:
    """Queued 10:00:00, accepted :15, fulfilled :45 with 60 s, ended 10:05."""
    company = Company()
    company.end_contact()
    company.write(tmp_path, "2025-02-02")

    (row,) = report(tmp_path, "ContactExportReportV3", "20250202")
    assert row["Queued-to-Accepted (sec)"] == "15"
    assert row["Queued-to-Fulfilled (sec)"] == "45"
    assert row["Seconds within (-) or over (+) SLA"] == "-15"
    assert row["Fulfilled-to-Ended (sec)"] == "255"
    assert row["Contact Handle Time (sec)"] == "35.529"
    assert row["Messages Total"] == "2"
    assert row["Avg Agent Reply Time (sec)"] == "45"
    assert row["Agent when Ended"] == "Ada Specimen"


def test_an_open_contact_is_mostly_blank_in_contact_export(tmp_path: Path) -> None:
    """Values come at the start and at the end only."""
    Company().write(tmp_path, "2025-02-02")

    (row,) = report(tmp_path, "ContactExportReportV3", "20250202")
    assert row["Due At"] == "2025-02-01 10:01:00.000"
    assert row["SLA Target (sec)"] == "60"
    assert row["Accepted At"] == row["Status"] == row["Messages Total"] == ""


def test_report_times_are_naive_in_the_requested_zone_or_iso(tmp_path: Path) -> None:
    """Work Sessions name no zone and are always ISO."""
    company = Company()
    company.end_contact()
    t = company.tenant
    local = whole_history(t, "2025-02-02", timezone="America/New_York")
    write_extracts(t, [local, whole_history(t, "2025-02-03", iso=True)], tmp_path)

    (row,) = report(tmp_path, "ContactExportReportV3", "20250202")
    assert row["Timezone Filter"] == "America/New_York"
    assert row["Queued At"] == "2025-02-01 05:00:00.000"
    (row,) = report(tmp_path, "ContactExportReportV3", "20250203")
    assert row["Queued At"] == "2025-02-01T10:00:00.000Z"
    (row,) = report(tmp_path, "WorkSessionEvents", "20250202")
    assert row["contact_session_created_at"] == "2025-02-01T10:00:00.000Z"


def test_a_window_of_dates_means_local_days(tmp_path: Path) -> None:
    """02:00 UTC on the 2nd is still the 1st in New York."""
    t = Company().tenant
    who = t.add_customer("2025-02-02 01:00")
    late = t.open_conversation("2025-02-02 02:00", who)
    plan = [
        Capture(
            "2025-02-05",
            label=zone.replace("/", "-"),
            timezone=zone,
            reports={"ConversationExportReport": ("2025-02-01", "2025-02-01")},
        )
        for zone in ("America/New_York", "UTC")
    ]
    write_extracts(t, plan, tmp_path)

    folder = tmp_path / "reports/ConversationExportReport"
    texts = {path.name[18:]: path.read_text("utf-8") for path in folder.iterdir()}
    assert late in texts["America-New_York.csv"]
    assert late not in texts["UTC.csv"]


def test_job_times_have_up_to_nine_fractional_digits(tmp_path: Path) -> None:
    """The job's capture time is its updatedAt."""
    Company().write(tmp_path, "2025-02-02 03:04:05")

    (path,) = tmp_path.glob("exports/*/job.json")
    (job,) = json_lines(path)
    assert job["updatedAt"].startswith("2025-02-02T03:04:05.")
    fraction = job["updatedAt"].split(".")[1].rstrip("Z")
    assert 1 <= len(fraction) <= 9
    assert job["status"] == "COMPLETED"
    assert job["id"] == path.parent.name


def test_events_carry_the_ids_of_their_moment(tmp_path: Path) -> None:
    """A merge afterwards does not rewrite them."""
    company = Company()
    company.tenant.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    plan = [Capture("2025-02-02", events=("2025-02-01", "2025-02-01"))]
    write_extracts(company.tenant, plan, tmp_path)

    events = captured(tmp_path, "events", "20250202")
    assert [e["timestamp"] for e in events] == sorted(e["timestamp"] for e in events)
    (started,) = [e for e in events if e["type"] == "CONTACT/STARTED"]
    assert started["content"]["conversationId"] == company.goes
    assert started["content"]["dueAt"] == "2025-02-01T10:01:00.000Z"
    (merged,) = [e for e in events if e["type"] == "CUSTOMER/MERGED"]
    assert merged["content"] == {
        "destinationCustomerId": company.kept,
        "sourceCustomerId": company.lost,
        "destinationConversationId": company.stays,
        "sourceConversationId": company.goes,
    }


def test_hidden_ids_are_left_out_of_the_named_extract_only(tmp_path: Path) -> None:
    """Scenario 34: a contact in one of the two reports."""
    company = Company()
    company.end_contact()
    company.tenant.hide("contact_export", company.contact)
    company.write(tmp_path, "2025-02-02")

    assert report(tmp_path, "ContactExportReportV3", "20250202") == []
    assert len(report(tmp_path, "WorkSessionEvents", "20250202")) == 1


def test_an_extra_record_lands_in_one_capture(tmp_path: Path) -> None:
    """The first one at or after its time."""
    company = Company()
    company.tenant.add_record(
        "conversation_timestamps",
        "2025-02-02 12:00",
        {
            "Event Type": "CUSTOMER/MERGED",
            "Customer ID": "x",
            "Merged Customer ID": "x",
        },
    )
    company.write(tmp_path, "2025-02-02", "2025-02-03", "2025-02-04")

    counts = [
        sum(
            row["Customer ID"] == "x"
            for row in report(tmp_path, "ConversationTimestampsReport", stamp)
        )
        for stamp in ("20250202", "20250203", "20250204")
    ]
    assert counts == [0, 1, 0]


def test_captures_that_would_overwrite_each_other_are_refused(tmp_path: Path) -> None:
    """Two captures at one moment need different labels."""
    company = Company()
    again = Capture("2025-02-02", reports={"AnswerUsageReport": ("2025-02-01",) * 2})
    with pytest.raises(ValueError, match="two captures write"):
        write_extracts(company.tenant, [again, again], tmp_path)


def test_unknown_reports_are_refused() -> None:
    """The message names the ones there are."""
    with pytest.raises(ValueError, match="WorkSessionEvents"):
        Capture("2025-02-02", reports={"TaskExportReport": ("2025-02-01",) * 2})


def test_a_job_holds_the_files_asked_for(tmp_path: Path) -> None:
    """A file may be missing from a job."""
    company = Company()
    pull = Pull("2025-02-01", "2025-02-01", "job-1", ("conversation_items.jsonl",))
    write_extracts(company.tenant, [Capture("2025-02-02", exports=[pull])], tmp_path)

    names = sorted(path.name for path in (tmp_path / "exports/job-1").iterdir())
    assert names == ["conversation_items.jsonl", "job.json"]
