"""Stories 47 to 54: what happens to files on the way.

Stories 47 to 51 are part of the book. Damaged records are in extra copies of files,
so nothing true is lost. Stories 52 to 54 change the whole folder, so they are
variants of it: see ``VARIANTS``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gladly_sandbox import oddities
from gladly_sandbox.extracts import Capture
from gladly_sandbox.stories.plan import NEW_YORK_MONDAY
from gladly_sandbox.stories.stage import Cast, Stage
from gladly_sandbox.things import by_agent

#: Export jobs of story 48: the first delivery and the second.
JOB, JOB_AGAIN = "job-2025-03-17", "job-2025-03-17-again"
#: Export job of story 49, holding only damaged and intact copies.
DAMAGED_JOB = "job-2025-02-03-damaged"


def _report(root: Path, name: str, stamp: str, label: str = "weekly") -> Path:
    return root / "reports" / name / f"{stamp}__{label}.csv"


def untidy_files(stage: Stage) -> Cast:
    """Send a byte order mark, blank first lines, empty bodies, CRLF, a quoted break.

    Each file reads as if it were tidy, and the empty ones hold no rows.
    """
    stage.spoils.append(_make_untidy)
    return {}


def _make_untidy(root: Path) -> None:
    marked = _report(root, "ConversationExportReport", "20250203T020000Z")
    oddities.add_bom(marked)
    padded = _report(root, "WorkSessionEvents", "20250210T020000Z")
    oddities.add_bom(padded)
    oddities.blank_lines_first(padded)
    oddities.crlf(_report(root, "ConversationTimestampsReport", "20250217T020000Z"))
    broken = _report(root, "ConversationExportReport", "20250224T020000Z")
    oddities.quoted_newline(broken, "Topics with Hierarchy")
    for name, is_crlf in (
        ("AnswerUsageReport", False),
        ("AgentTimestampsReport", True),
    ):
        empty = _report(root, name, "20250113T020000Z", "empty")
        oddities.empty_body(empty, crlf=is_crlf)


def delivered_again(stage: Stage) -> Cast:
    """Pull windows that overlap, deliver a job twice, and a capture twice.

    Every week shares its first day with the week before. No record counts twice,
    whatever the order in which the files arrive.
    """
    stage.spoils.append(_deliver_again)
    return {"job": JOB, "job_again": JOB_AGAIN}


def _deliver_again(root: Path) -> None:
    for job in sorted((root / "exports").glob("*/job.json")):
        if '"updatedAt":"2025-03-18T02:00:00' in job.read_text("utf-8"):
            oddities.same_job_twice(
                root, job.parent.name, JOB_AGAIN, "2025-03-18 04:30"
            )
    oddities.same_file_twice(
        _report(root, "WorkSessionEvents", "20250317T020000Z"), "weekly-again"
    )


def damaged_records(stage: Stage) -> Cast:
    """Break records: JSON cut or garbled, a CSV row too long, bytes not UTF-8.

    Each broken record is rejected with file, line and reason; its intact twin, and
    every other record of the file, still lands.
    """
    stage.spoils.append(_damage)
    return {"job": DAMAGED_JOB}


def _damage(root: Path) -> None:
    events = oddities.same_file_twice(
        root / "events" / "20250212T020000Z__daily.jsonl", "daily-damaged"
    )
    oddities.malformed_line(events)
    oddities.truncated_line(events, 1)
    for job in sorted((root / "exports").glob("*/job.json")):
        if '"updatedAt":"2025-02-04T02:00:00' in job.read_text("utf-8"):
            made = oddities.same_job_twice(
                root, job.parent.name, DAMAGED_JOB, "2025-02-04 04:30"
            )
            oddities.malformed_line(made / "conversation_items.jsonl")
            oddities.truncated_line(made / "customers.jsonl")
    sessions = oddities.same_file_twice(
        _report(root, "WorkSessionEvents", "20250324T020000Z"), "weekly-damaged"
    )
    oddities.row_with_too_many_fields(sessions)
    stamps = oddities.same_file_twice(
        _report(root, "ConversationTimestampsReport", "20250324T020000Z"),
        "weekly-damaged",
    )
    oddities.invalid_utf8_copy(stamps)


def drifting_headers(stage: Stage) -> Cast:
    """Rename a Work Sessions column as it was in 2021, and add an unknown one.

    Handle time is the same under both names; the unknown column is ignored.
    """
    stage.spoils.append(_drift)
    return {}


def _drift(root: Path) -> None:
    for stamp in ("20250217T020000Z", "20250224T020000Z"):
        oddities.rename_column(
            _report(root, "WorkSessionEvents", stamp),
            "work_session_handle_time_sec",
            "work_session_handle_time",
        )
    oddities.add_column(
        _report(root, "ConversationExportReport", "20250217T020000Z"),
        "Billable Resolution (Y/N)",
        "N",
    )


def two_clocks(stage: Stage) -> Cast:
    """Pull one week in New York time, and the same week in UTC an hour later.

    The same rows: one event each, at one moment, on the night clocks change too.
    """
    day = NEW_YORK_MONDAY
    reports = (
        "ConversationExportReport",
        "ConversationTimestampsReport",
        "ContactTimestampsReport",
        "ContactExportReportV3",
        "AgentTimestampsReport",
    )
    stage.captures.append(
        Capture(
            f"{day} 03:00",
            "weekly-utc",
            reports=dict.fromkeys(reports, ("2025-03-03", str(day))),
        )
    )
    return {}


def restated_report(stage: Stage) -> Cast:
    """Move a closed conversation to another inbox between two pulls.

    Conversation Export says Support first and Billing later about the same
    conversation: facts show the latest, and the restatement is listed.
    """
    company = stage.company
    owner = stage.person("2025-04-03 15:00", "Mova Restated")
    made = stage.settled("2025-04-03 15:30", owner, company.ben)
    stage.tenant.assign(
        "2025-04-08 15:00",
        made,
        inbox=company.billing,
        agent=company.dev,
        by=by_agent(company.dev),
    )
    return {"conversation": made, "before": company.support, "after": company.billing}


def without_optional_extracts(root: Path) -> None:
    """Leave required extracts only (story 52): the build is empty but typed there."""
    oddities.drop_optional_extracts(root)


def without_required_extract(root: Path) -> None:
    """Take Conversation Export away (story 53): the build stops and says where."""
    oddities.drop_extract(root, "reports/ConversationExportReport")


def without_capture_time(root: Path) -> None:
    """Name a file without its time (story 54): the build stops and names the file."""
    oddities.strip_capture_time(
        _report(root, "ConversationExportReport", "20250303T020000Z")
    )


#: Changes to a whole book, by what is missing afterwards.
VARIANTS: dict[str, Callable[[Path], None]] = {
    "without_optional_extracts": without_optional_extracts,
    "without_required_extract": without_required_extract,
    "without_capture_time": without_capture_time,
}
