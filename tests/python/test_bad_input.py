"""What becomes of extracts that are missing, damaged, misnamed or changed.

Either the build stops with a sentence that says what to do, or it goes on: each
record that can't be used is set aside with its file, number, reason and text, and
the rest of the file lands.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extracts_folder import (
    STAMP,
    contact_export,
    conversation_export,
    item,
    lines,
    report,
    work_session_events,
    write,
    write_job,
    write_required,
)
from folder_check import look_over
from project import MODELS_ONLY, BuildResult, build, query, tables

FILES_ONLY = ("run", "--select", "base_gladly__extract_files")
ITEMS = ("run", "--select", "+stg_gladly__conversation_items")
USAGE = ("run", "--select", "+stg_gladly__answer_usage_report")

HEADER = "Timezone Filter,Date,Answer Name,Answer ID,Number of Clicks\n"
STACK_TRACES = (
    "Traceback",
    "Binder Error",
    "Catalog Error",
    "Conversion Error",
    "Invalid Input Error",
    "IO Error",
    "Parser Error",
    "> in macro",
)


def usage(
    answer: str,
    *,
    name: str = "Returns",
    date: str = "2025-03-01",
    zone: str = "UTC",
    clicks: str = "3",
) -> str:
    """Return a row of Answer Usage."""
    return f"{zone},{date},{name},{answer},{clicks}\n"


def cells(answer: str, **changed: str | None) -> str:
    """Return how a row that could be read but not used is kept."""
    row = {
        "timezone_filter": "UTC",
        "date": "2025-03-01",
        "answer_name": "Returns",
        "answer_id": answer or None,
        "number_of_clicks": "3",
    }
    return json.dumps({**row, **changed}, ensure_ascii=False, separators=(",", ":"))


def event(an_id: Any, **changed: Any) -> str:
    """Return a line of the Events API, without its line end."""
    record = {
        "id": an_id,
        "type": "CONTACT/STARTED",
        "timestamp": "2025-03-01T10:00:00Z",
    }
    return json.dumps({**record, **changed})


def assert_no_stack_trace(result: BuildResult) -> None:
    """Fail when the build shows the inside of a program instead of a sentence."""
    shown = [trace for trace in STACK_TRACES if trace in result.log]
    assert not shown, result.log


def stopped(result: BuildResult) -> str:
    """Return what a build that stopped says, its line breaks as spaces."""
    assert result.exit_code != 0, result.log
    assert_no_stack_trace(result)
    return re.sub(r"\s+", " ", result.log)


def assert_said_before(root: Path, said: str) -> None:
    """Fail unless the look before dbt starts finds the same, in the same words."""
    stops = look_over(root).stops
    assert stops
    for sentence in stops:
        assert sentence in said


def built(result: BuildResult) -> None:
    """Fail unless the build went through."""
    assert result.exit_code == 0, result.log
    assert_no_stack_trace(result)


# The build stops and says what to do -------------------------------------------


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    result = build(tmp_path / "nowhere", tmp_path / "gladly.duckdb", *FILES_ONLY)
    assert (
        f'No extracts in "{tmp_path}/nowhere": the folder does not exist or holds no'
        " files. Set GLADLY_EXTRACTS_PATH to the folder that holds exports/, reports/,"
        " events/, entities/ and lookups/ (layout: README.md)."
    ) in stopped(result)
    assert_said_before(tmp_path / "nowhere", stopped(result))


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty" / "reports").mkdir(parents=True)
    result = build(tmp_path / "empty", tmp_path / "gladly.duckdb", *FILES_ONLY)
    assert f'No extracts in "{tmp_path}/empty"' in stopped(result)


def test_conversation_export_is_required(tmp_path: Path) -> None:
    root = tmp_path / "extracts"
    write(root, *work_session_events("contact-1"))
    said = stopped(build(root, tmp_path / "gladly.duckdb", *FILES_ONLY))
    assert (
        "Required extract missing: no file in"
        f' "{root}/reports/ConversationExportReport/". Export the report'
        " ConversationExportReport and save it there as"
        " <YYYYMMDDTHHMMSSZ>__<anything>.csv."
    ) in said
    assert said.count("Required extract missing") == said.count(
        "ConversationExportReport/"
    ), "nothing else is missing"
    assert_said_before(root, said)


def test_work_sessions_or_contact_export_is_required(tmp_path: Path) -> None:
    root = tmp_path / "extracts"
    write(root, *conversation_export("conversation-1"))
    said = stopped(build(root, tmp_path / "gladly.duckdb", *FILES_ONLY))
    assert (
        f'Required extract missing: no file in "{root}/reports/WorkSessionEvents/" nor'
        f' in "{root}/reports/ContactExportReportV3/". At least one of the two must be'
        " there, saved as <YYYYMMDDTHHMMSSZ>__<anything>.csv."
    ) in said


def test_contact_export_alone_is_enough_beside_conversation_export(
    tmp_path: Path,
) -> None:
    root = tmp_path / "extracts"
    write(root, *conversation_export("conversation-1"))
    write(root, *contact_export("contact-1", "contact-2"))
    database = tmp_path / "gladly.duckdb"
    built(build(root, database, *MODELS_ONLY, "--select", "+int_contacts_unioned"))
    found = query(
        database,
        "select contact_id from intermediate.int_contacts_unioned order by all",
    )
    assert found == [("contact-1",), ("contact-2",)]


def test_every_file_without_a_capture_time_is_named_with_the_name_it_should_have(
    tmp_path: Path,
) -> None:
    root = write_required(tmp_path / "extracts")
    write(root, "reports/AnswerUsageReport/Answer Usage-2025.csv", HEADER)
    write(root, "entities/agents/2025-03-01__agents.jsonl", "")
    write(root, "events/20251399T020000Z__no-such-day.jsonl", "")
    said = stopped(build(root, tmp_path / "gladly.duckdb", *FILES_ONLY))
    for folder, name, kept in (
        ("reports/AnswerUsageReport", "Answer Usage-2025.csv", "Answer Usage-2025.csv"),
        ("entities/agents", "2025-03-01__agents.jsonl", "agents.jsonl"),
        ("events", "20251399T020000Z__no-such-day.jsonl", "no-such-day.jsonl"),
    ):
        assert (
            f'"{root}/{folder}/{name}" has no capture time in its name: rename it to'
            f' "{root}/{folder}/<YYYYMMDDTHHMMSSZ>__{kept}", the UTC time at which the'
            " response was received."
        ) in said
    assert_said_before(root, said)


@pytest.mark.parametrize(
    "job",
    [
        pytest.param(None, id="that has no job.json"),
        pytest.param('{"id":"job-1","status":"COMPLETED"}', id="without updatedAt"),
        pytest.param('{"id":"job-1","updatedAt":"today"}', id="updated at no time"),
        pytest.param('{"id":"job-1","updatedAt":"2025-03', id="cut short"),
        pytest.param(
            '{"id":"job-1","updatedAt":"2025-03-01T12:00:00+15:00"}',
            id="updated on a clock of no place",
        ),
        pytest.param("", id="that is empty"),
    ],
)
def test_an_export_job_needs_its_capture_time(job: str | None, tmp_path: Path) -> None:
    root = write_required(tmp_path / "extracts")
    folder = "exports/job-1"
    write(root, f"{folder}/conversation_items.jsonl", lines(item("i1", "c1")))
    if job is not None:
        write(root, f"{folder}/job.json", job)
    said = stopped(build(root, tmp_path / "gladly.duckdb", *FILES_ONLY))
    assert (
        f'"{root}/{folder}/conversation_items.jsonl" has no capture time: save the job'
        ' as GET /export/jobs/{id} returns it, with "updatedAt", in'
        f' "{root}/{folder}/job.json".'
    ) in said
    if job is None:
        assert_said_before(root, said)


def test_a_job_updated_at_a_time_without_zone_is_of_utc_on_any_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    for job, moment in (
        ("job-1", "2025-03-01T12:00:00.5"),
        ("job-2", "2025-03-01T14:00+02:00"),
    ):
        write_job(root, job, moment, item("i1", "c1"))
    built(build(root, database, *FILES_ONLY))
    found = query(
        database,
        """
        select extract_file, cast(captured_at as varchar)
        from staging.base_gladly__extract_files
        where extract_name = 'conversation_items'
        order by extract_file
        """,
    )
    assert found == [
        ("exports/job-1/conversation_items.jsonl", "2025-03-01 12:00:00.5"),
        ("exports/job-2/conversation_items.jsonl", "2025-03-01 12:00:00"),
    ]


def test_all_problems_of_a_folder_are_listed_at_once(tmp_path: Path) -> None:
    root = tmp_path / "extracts"
    write(root, "reports/AnswerUsageReport/usage.csv", HEADER)
    said = stopped(build(root, tmp_path / "gladly.duckdb", *FILES_ONLY))
    assert 'AnswerUsageReport/usage.csv" has no capture time in its name' in said
    assert f'no file in "{root}/reports/ConversationExportReport/"' in said
    assert f'no file in "{root}/reports/WorkSessionEvents/"' in said
    assert_said_before(root, said)


def test_what_is_missing_and_lies_elsewhere_is_named_with_where_it_belongs(
    tmp_path: Path,
) -> None:
    root = write_required(tmp_path / "extracts")
    (found,) = (root / "reports" / "ConversationExportReport").iterdir()
    found.rename(root / "ConversationExportReport-20250301-20250302-Daily.csv")
    said = stopped(build(root, tmp_path / "gladly.duckdb", *FILES_ONLY))
    assert (
        "I see ConversationExportReport-20250301-20250302-Daily.csv here: move it to"
        " reports/ConversationExportReport/ as <YYYYMMDDTHHMMSSZ>__Conversation"
        "ExportReport-20250301-20250302-Daily.csv, with the UTC time"
    ) in said


def test_a_model_without_what_it_reads_asks_for_it(tmp_path: Path) -> None:
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    said = stopped(build(root, database, "build", "--select", "fct_conversations"))
    assert "which is not built yet" in said
    assert "dbt build --select +fct_conversations" in said


def test_a_landed_file_that_changed_stops_the_build_until_a_full_refresh(
    tmp_path: Path,
) -> None:
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    path = f"reports/AnswerUsageReport/{STAMP}__usage.csv"
    write(root, path, HEADER + usage("answer-1"))
    built(build(root, database, *USAGE))
    write(root, path, HEADER + usage("answer-1") + usage("answer-2"))

    said = stopped(build(root, database, *USAGE))
    assert (
        f'"{root}/{path}" has changed since it was landed. Extract files are never'
        " rewritten: save the new response under its own capture time, or rebuild from"
        " the folder with dbt build --full-refresh."
    ) in said
    landed = "select answer_id from staging.stg_gladly__answer_usage_report order by 1"
    assert query(database, landed) == [("answer-1",)], "the tables stay as they were"

    built(build(root, database, *USAGE, "--full-refresh"))
    assert query(database, landed) == [("answer-1",), ("answer-2",)]


def test_a_job_whose_capture_time_changed_stops_the_build(tmp_path: Path) -> None:
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    write_job(root, "job-1", "2025-03-01T12:00:00Z", item("i1", "c1"))
    built(build(root, database, *FILES_ONLY))
    write_job(root, "job-1", "2025-03-01T13:00:00Z", item("i1", "c1"))
    said = stopped(build(root, database, *FILES_ONLY))
    assert 'conversation_items.jsonl" has changed since it was landed' in said


# Paths and file names ------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        pytest.param("the company's raw extracts", "it's usage", id="quotes"),
        pytest.param("extracts [2024]", "usage [1]?", id="wildcards"),
        pytest.param("extracts/", "usage", id="a slash at its end"),
        pytest.param("answer_id=5/id=6", "usage", id="what looks like partitions"),
    ],
)
def test_a_path_stands_for_itself_with(folder: str, file: str, tmp_path: Path) -> None:
    root = write_required(tmp_path / folder)
    name = f"reports/AnswerUsageReport/{STAMP}__{file}.csv"
    write(root, name, HEADER + usage("answer-1") + "UTC,2025-03-01\n" + usage("a-2"))
    whole, broken = f"events/{STAMP}__{file}.jsonl", f"events/{STAMP}__{file}-2.jsonl"
    write(root, whole, lines({"id": "e1", "timestamp": "2025-03-01T10:00:00Z"}))
    write(root, broken, "no object")
    write(root, f"reports/AnswerUsageReport/{STAMP}__usage 1x.csv", HEADER)
    write_required(tmp_path / "extracts 2")
    database = tmp_path / "gladly.duckdb"
    built(build(f"{tmp_path}/{folder}", database, *USAGE, "+base_gladly__events"))
    found = query(
        database,
        """
        select _extract_file, _record_number, answer_id, _raw_record
        from staging.base_gladly__answer_usage_report order by all
        """,
    )
    assert found == [
        (name, 1, "answer-1", None),
        (name, 2, None, "UTC,2025-03-01"),
        (name, 3, "a-2", None),
    ]
    events = "select _extract_file, id from staging.base_gladly__events order by id"
    assert query(database, events) == [(whole, "e1"), (broken, None)]


def test_links_to_files_and_folders_are_followed(tmp_path: Path) -> None:
    root, kept = write_required(tmp_path / "extracts"), tmp_path / "kept"
    usage_folder = f"reports/AnswerUsageReport/{STAMP}"
    write(kept, "usage.csv", HEADER + usage("answer-1"))
    write(root, f"{usage_folder}__own.csv", HEADER + usage("answer-0"))
    (root / f"{usage_folder}__one.csv").symlink_to(kept / "usage.csv")
    write(kept, f"events/{STAMP}__events.jsonl", event("e1"))
    (root / "events").symlink_to(kept / "events")
    (root / f"{usage_folder}__nowhere.csv").symlink_to(kept / "not-there")
    database = tmp_path / "gladly.duckdb"
    built(build(root, database, *USAGE, "+base_gladly__events"))
    answers = "select answer_id from staging.base_gladly__answer_usage_report"
    assert sorted(query(database, answers)) == [("answer-0",), ("answer-1",)]
    assert query(database, "select id from staging.base_gladly__events") == [("e1",)]


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    root = write_required(tmp_path / "extracts")
    database = tmp_path / "not" / "there" / "gladly.duckdb"
    built(build(root, database, *FILES_ONLY))
    assert database.is_file()


# Files that leave the folder -------------------------------------------------------


def staged_items(database: Path) -> list[tuple[Any, ...]]:
    """Return item, conversation and file of every staged item."""
    return query(
        database,
        """
        select conversation_item_id, reported_conversation_id, _extract_file
        from staging.stg_gladly__conversation_items order by all
        """,
    )


def test_records_of_a_removed_file_leave_and_those_it_hid_come_back(
    tmp_path: Path,
) -> None:
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    old, new = (
        "exports/old/conversation_items.jsonl",
        "exports/new/conversation_items.jsonl",
    )
    write_job(root, "old", "2025-03-01T12:00:00Z", item("i1", "c1"), item("i2", "c1"))
    newer = write_job(
        root, "new", "2025-03-02T12:00:00Z", item("i1", "c9"), item("i3", "c9")
    )
    built(build(root, database, *ITEMS))
    assert staged_items(database) == [
        ("i1", "c9", new),
        ("i2", "c1", old),
        ("i3", "c9", new),
    ]

    shutil.rmtree(newer)
    built(build(root, database, *ITEMS))
    assert staged_items(database) == [("i1", "c1", old), ("i2", "c1", old)]
    landed = "select id from staging.base_gladly__conversation_items order by all"
    assert query(database, landed) == [("i1",), ("i2",)]


def test_an_older_job_that_lands_late_does_not_replace_a_newer_one(
    tmp_path: Path,
) -> None:
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    write_job(root, "new", "2025-03-02T12:00:00Z", item("i1", "c9"))
    built(build(root, database, *ITEMS))
    write_job(root, "old", "2025-03-01T12:00:00Z", item("i1", "c1"), item("i2", "c1"))
    built(build(root, database, *ITEMS))
    assert staged_items(database) == [
        ("i1", "c9", "exports/new/conversation_items.jsonl"),
        ("i2", "c1", "exports/old/conversation_items.jsonl"),
    ]


# Damaged files: one folder of them, built once ----------------------------------------


@dataclass(frozen=True)
class Case:
    """A file, and the records that must land from it and be set aside.

    Attributes:
        about: what is odd; names the file, too.
        body: the file.
        landed: record number and key of every usable record.
        rejected: record number, reason and kept text of every other.
    """

    about: str
    body: str | bytes
    landed: tuple[tuple[int, str], ...] = ()
    rejected: tuple[tuple[int, str, str], ...] = ()

    @property
    def label(self) -> str:
        return self.about.replace(" ", "-")


MORE, FEWER = "more fields than the header has", "fewer fields than the header has"
OPEN_QUOTE, NOT_TEXT = "quotation mark not closed", "not valid UTF-8"
NOT_CSV = "not a CSV file but an HTML or JSON body"
NOT_OBJECT = "not a JSON object"
NO_ID = "no single id, or one with blanks around it, in "
#: Events by what stands where an id should.
ODD_IDS = [
    event({"id": "e1"}),
    event("e2", content={"contactId": ["c1"], "customerId": "customer-1"}),
    event("e3", initiator={"id": {"a": 1}, "type": "AGENT"}),
    event("e4", content={"contactId": 7, "reason": '"contactId": {"a": 1}'}),
    event(" e5"),
    event("e6\u00a0"),
    event("\u0000"),
    event(True),
    event("e9", content={"contactId": "c 9", "customerId": "customer-1 "}),
    event("e10", content={"contactId": "\t"}),
    event("e11", content={"contactId": False}),
    event("e 12", content={"contactId": "c\u00e9 ", "reason": " x "}),
]
#: Events of no type: staging reads each of these as none.
NO_TYPE = [event("e1", type={"a": 1}), event("e2", type=[]), event("e3", type=" ")]
#: Objects by what they say twice: the first or the second, as readers like it.
TWICE = [
    event("e1")[:-1] + ', "id": "other"}',
    event("e2")[:-1] + ', "id": "e2", "content": {"x": 1, "x": 2}}',
    event("e3")[:-1] + ', "content": {"contactId": "c1"}, "content": null}',
    event("e4")[:-1] + ', "unknown": 1, "unknown": 2}',
]
#: Times that cannot be, in a record whose own time can.
ODD_TIMES = {
    "occurredAt": "9999-12-31T00:00:00Z",
    "awayAt": "0001-01-01T00:00:00Z",
    "dueAt": "2099-01-01T00:00:00Z",
}

MOMENTS = (
    "2025-03-01",
    "2025-03-01 07:30",
    "2025-03-01 07:30:15",
    "2025-03-01 07:30:15.250",
    "2025-03-01T07:30Z",
    "2025-03-01T07:30:15Z",
    "2025-03-01T07:30:15.07272933Z",
    "2025-03-01T07:30:15.250-05:00",
)

REPORTS = [
    Case(
        "a row with too many fields",
        HEADER + usage("a1") + "UTC,2025-03-01,Returns,a2,3,left,over\n" + usage("a3"),
        landed=((1, "a1"), (3, "a3")),
        rejected=((2, MORE, "UTC,2025-03-01,Returns,a2,3,left,over"),),
    ),
    Case(
        "a row with too few fields",
        HEADER + usage("a1") + "UTC,2025-03-01,Returns\n" + usage("a3"),
        landed=((1, "a1"), (3, "a3")),
        rejected=((2, FEWER, "UTC,2025-03-01,Returns"),),
    ),
    Case(
        "several bad rows with the first and the last among them",
        HEADER + "UTC\n" + usage("a2") + "UTC,1\n" + "UTC,2\n" + usage("a5") + "UTC,3",
        landed=((2, "a2"), (5, "a5")),
        rejected=(
            (1, FEWER, "UTC"),
            (3, FEWER, "UTC,1"),
            (4, FEWER, "UTC,2"),
            (6, FEWER, "UTC,3"),
        ),
    ),
    Case(
        "a bad row after blank lines",
        "\n\n" + HEADER + usage("a1") + "\n" + "UTC,1\n" + usage("a3"),
        landed=((1, "a1"), (3, "a3")),
        rejected=((2, FEWER, "UTC,1"),),
    ),
    Case(
        "a row longer than the reader takes and a bad row after it",
        HEADER + usage("a1", name="x" * 17_000_000) + usage("a2") + "UTC,1\n",
        landed=((2, "a2"),),
        rejected=(
            (1, "longer than 16 MB", ("UTC,2025-03-01," + "x" * 10_000)[:10_000]),
            (3, FEWER, "UTC,1"),
        ),
    ),
    Case(
        "a bad row between quoted line breaks",
        HEADER + usage("a1", name='"two\nlines"') + "UTC,1\n" + usage("a3"),
        landed=((1, "a1"), (3, "a3")),
        rejected=((2, FEWER, "UTC,1"),),
    ),
    Case(
        "a bad row in a file with Windows line ends",
        (HEADER + usage("a1") + "UTC,1\n" + usage("a3")).replace("\n", "\r\n"),
        landed=((1, "a1"), (3, "a3")),
        rejected=((2, FEWER, "UTC,1"),),
    ),
    Case(
        "a quote that is not closed in the last row",
        HEADER + usage("a1") + usage("a2") + 'UTC,2025-03-01,"Returns,a3,3\n',
        landed=((1, "a1"), (2, "a2")),
        rejected=((3, OPEN_QUOTE, 'UTC,2025-03-01,"Returns,a3,3'),),
    ),
    Case(
        "a quote that is not closed and swallows the rows after it",
        HEADER + usage("a1") + 'UTC,2025-03-01,"Returns,a2,3\n' + usage("a3"),
        landed=((1, "a1"),),
        rejected=(
            (2, OPEN_QUOTE, 'UTC,2025-03-01,"Returns,a2,3\n' + usage("a3").strip()),
        ),
    ),
    Case(
        "a quote that the next quoted cell closes",
        HEADER
        + usage("a1")
        + 'UTC,2025-03-01,"Returns,a2,3\n'
        + usage("a3", name='"Returns, late"')
        + usage("a4"),
        landed=((1, "a1"), (3, "a4")),
        rejected=(
            (
                2,
                OPEN_QUOTE,
                'UTC,2025-03-01,"Returns,a2,3\nUTC,2025-03-01,"Returns, late",a3,3',
            ),
        ),
    ),
    Case(
        "bytes that are not UTF-8",
        HEADER.encode()
        + usage("a1").encode()
        + b"UTC,2025-03-01,Ret\xff\xfeurns,a2,3\n"
        + usage("a3").encode(),
        landed=((1, "a1"), (3, "a3")),
        rejected=((2, NOT_TEXT, "UTC,2025-03-01,Ret??urns,a2,3"),),
    ),
    Case(
        "bytes that are not UTF-8 after a byte order mark and a blank line",
        b"\xef\xbb\xbf\n"
        + (HEADER + usage("a1", name="Größe")).encode()
        + b"UTC,2025-03-01,Ret\xffurns,a2,3\n"
        + usage("a3").encode(),
        landed=((1, "a1"), (3, "a3")),
        rejected=((2, NOT_TEXT, "UTC,2025-03-01,Ret?urns,a2,3"),),
    ),
    Case(
        "bytes that are not UTF-8 among line ends of two kinds",
        b"\xef\xbb\xbf"
        + HEADER.replace("\n", "\r\n").encode()
        + usage("a1", name=r'"Größe \ ""L"""').encode()
        + b"UTC,2025-03-01,Ret\xffurns,a2,3\r\n"
        + b'UTC,2025-03-01,"Ret\xffurns, two\nlines",a3,3\n'
        + usage("a4").encode(),
        landed=((1, "a1"), (4, "a4")),
        rejected=(
            (2, NOT_TEXT, r"UTC,2025-03-01,Ret\xFFurns,a2,3"),
            (3, NOT_TEXT, 'UTC,2025-03-01,"Ret\\xFFurns, two\nlines",a3,3'),
        ),
    ),
    Case(
        "JSON instead of CSV",
        '{"errors":[{"code":"too_many_requests"}]}\n',
        rejected=((1, NOT_CSV, '{"errors":[{"code":"too_many_requests"}]}'),),
    ),
    Case(
        "HTML instead of CSV",
        "\n<!DOCTYPE html>\n<html><body>Sign in</body></html>\n",
        rejected=((1, NOT_CSV, "<!DOCTYPE html>"),),
    ),
    Case(
        "another report",
        "Timezone Filter,Date,Answer Name\nUTC,2025-03-01,Returns\n",
        rejected=(
            (
                1,
                "no column Answer ID in the header",
                "Timezone Filter,Date,Answer Name",
            ),
        ),
    ),
    Case(
        "a time that cannot be read",
        HEADER
        + usage("a1")
        + usage("a2", date="yesterday")
        + usage("a3")
        + usage("a4", date="infinity")
        + usage("a5", date="1970-01-01")
        + usage("a6", date="2000-01-01")
        + usage("a7", date="2025-02-30"),
        landed=((1, "a1"), (3, "a3")),
        rejected=(
            (2, "unreadable timestamp in Date", cells("a2", date="yesterday")),
            (4, "unreadable timestamp in Date", cells("a4", date="infinity")),
            (5, "unreadable timestamp in Date", cells("a5", date="1970-01-01")),
            (6, "unreadable timestamp in Date", cells("a6", date="2000-01-01")),
            (7, "unreadable timestamp in Date", cells("a7", date="2025-02-30")),
        ),
    ),
    Case(
        "blanks around an id",
        HEADER + usage(" a1") + usage("a 2") + usage("a3\u00a0") + usage("  "),
        landed=((2, "a 2"),),
        rejected=(
            (1, NO_ID + "Answer ID", cells(" a1")),
            (3, NO_ID + "Answer ID", cells("a3\u00a0")),
            (4, NO_ID + "Answer ID", cells("  ")),
        ),
    ),
    Case(
        "an unknown time zone",
        HEADER + usage("a1") + usage("a2", zone="Mars/Olympus") + usage("a3"),
        landed=((1, "a1"), (3, "a3")),
        rejected=(
            (
                2,
                "unknown time zone in Timezone Filter",
                cells("a2", timezone_filter="Mars/Olympus"),
            ),
        ),
    ),
    Case(
        "a row without its key",
        HEADER + usage("a1") + usage("") + usage("a3"),
        landed=((1, "a1"), (3, "a3")),
        rejected=((2, "no Answer ID", cells("")),),
    ),
    Case("no bytes", ""),
    Case("a line end and nothing else", "\r\n"),
    Case("a byte order mark and nothing else", b"\xef\xbb\xbf"),
    Case("a header and nothing else", HEADER),
    Case("a header without a line end", HEADER.strip()),
    Case(
        "a byte order mark",
        b"\xef\xbb\xbf" + (HEADER + usage("a1")).encode(),
        ((1, "a1"),),
    ),
    Case(
        "a byte order mark and blank lines",
        b"\xef\xbb\xbf\n\n" + (HEADER + usage("a1")).encode(),
        landed=((1, "a1"),),
    ),
    Case(
        "blank lines before the header",
        "\n\n  \n" + HEADER + usage("a1"),
        landed=((1, "a1"),),
    ),
    Case(
        "blank Windows lines before the header",
        "\r\n\r\n" + HEADER + usage("a1"),
        landed=((1, "a1"),),
    ),
    Case(
        "moments in every form Gladly writes",
        HEADER
        + "".join(
            usage(f"a{number}", date=date)
            for number, date in enumerate(MOMENTS, start=1)
        ),
        landed=tuple((number, f"a{number}") for number in range(1, len(MOMENTS) + 1)),
    ),
    Case(
        "blank lines between rows",
        HEADER + usage("a1") + "\n\n" + usage("a2") + "\n",
        landed=((1, "a1"), (2, "a2")),
    ),
    Case(
        "no line end after the last row",
        HEADER + usage("a1") + usage("a2").strip(),
        landed=((1, "a1"), (2, "a2")),
    ),
    Case(
        "columns that are unknown",
        f"New One,{HEADER.strip()},Other\nnew,{usage('a1').strip()},other\n"
        f",{usage('a2').strip()},\n",
        landed=((1, "a1"), (2, "a2")),
    ),
    Case(
        "header names that repeat or are blank",
        f"{HEADER.strip()},Extra,Extra,,\n{usage('a1').strip()},one,two,three,four\n",
        landed=((1, "a1"),),
    ),
    Case(
        "quoted header names",
        '"Timezone Filter","Date","Answer Name","Answer ID","Number of Clicks"\n'
        + usage("a1"),
        landed=((1, "a1"),),
    ),
    Case(
        "headers in another case and order",
        "ANSWER ID,answer name,number_of_clicks,Timezone-Filter,DATE\n"
        "a1,Returns,3,UTC,2025-03-01\n",
        landed=((1, "a1"),),
    ),
    Case("a quote ' in the file name", HEADER + usage("a1"), landed=((1, "a1"),)),
    Case(
        "a count that is no number", HEADER + usage("a1", clicks="many"), ((1, "a1"),)
    ),
]

EVENTS = [
    Case(
        "a line that is cut short",
        f"{event('e1')}\n{event('e2')[:30]}",
        landed=((1, "e1"),),
        rejected=((2, NOT_OBJECT, event("e2")[:30]),),
    ),
    Case(
        "a garbled line",
        f'{event("e1")}\n{{"id" = e2}}}}\n{event("e3")}\n',
        landed=((1, "e1"), (3, "e3")),
        rejected=((2, NOT_OBJECT, '{"id" = e2}}'),),
    ),
    Case(
        "lines that are no objects",
        f'{event("e1")}\n[1,2]\n"text"\n17\nnull\n{event("e6")}\n',
        landed=((1, "e1"), (6, "e6")),
        rejected=(
            (2, NOT_OBJECT, "[1,2]"),
            (3, NOT_OBJECT, '"text"'),
            (4, NOT_OBJECT, "17"),
            (5, NOT_OBJECT, "null"),
        ),
    ),
    Case(
        "lines without a key",
        f'{event("e1")}\n{event("e2", id=None)}\n{{"id":"e3"}}\n{{}}\n{event("")}\n',
        landed=((1, "e1"),),
        rejected=(
            (2, "no id", event("e2", id=None)),
            (3, "no type", '{"id":"e3"}'),
            (4, "no id", "{}"),
            (5, "no id", event("")),
        ),
    ),
    Case(
        "a moment that cannot be read",
        f"{event('e1', timestamp='soon')}\n{event('e2')}\n"
        f"{event('e3', timestamp='0001-01-01T00:00:00Z')}\n",
        landed=((2, "e2"),),
        rejected=(
            (
                1,
                "unreadable timestamp in timestamp",
                event("e1", timestamp="soon"),
            ),
            (
                3,
                "unreadable timestamp in timestamp",
                event("e3", timestamp="0001-01-01T00:00:00Z"),
            ),
        ),
    ),
    Case(
        "lines that are not UTF-8",
        f"{event('e1')}\n{event('e2')}\n".encode()
        + b'{"id":"\xff\xfe"}\n'
        + event("e4").encode()
        + b'\n\n{"id":"\xfe"}\n'
        + event("e7").encode(),
        landed=((1, "e1"), (2, "e2"), (4, "e4"), (6, "e7")),
        rejected=(
            (3, NOT_TEXT, r'{"id":"\xFF\xFE"}'),
            (5, NOT_TEXT, r'{"id":"\xFE"}'),
        ),
    ),
    Case(
        "HTML instead of JSON",
        "<html>\n</html>\n",
        rejected=((1, NOT_OBJECT, "<html>"), (2, NOT_OBJECT, "</html>")),
    ),
    Case("no bytes", ""),
    Case("a line end and nothing else", "\r\n"),
    Case(
        "blank lines", f"\n{event('e1')}\n\n  \n{event('e2')}\n", ((1, "e1"), (2, "e2"))
    ),
    Case(
        "Windows line ends",
        f"{event('e1')}\r\n{event('e2')}\r\n",
        landed=((1, "e1"), (2, "e2")),
    ),
    Case("a byte order mark", b"\xef\xbb\xbf" + event("e1").encode(), ((1, "e1"),)),
    Case("fields that are unknown", event("e1", novel={"a": [1]}), ((1, "e1"),)),
    Case(
        "lists, objects and blanks as ids",
        "\n".join(ODD_IDS),
        landed=((4, "e4"),),
        rejected=tuple(
            (number, NO_ID + field, ODD_IDS[number - 1])
            for number, field in {
                **{1: "id", 2: "content", 3: "initiator", 5: "id", 6: "id", 7: "id"},
                **{8: "id", 9: "content", 10: "content", 11: "content", 12: "content"},
            }.items()
        ),
    ),
    Case(
        "types that are none",
        "\n".join(NO_TYPE),
        rejected=tuple((n, "no type", text) for n, text in enumerate(NO_TYPE, 1)),
    ),
    Case(
        "fields that stand twice",
        "\n".join(TWICE),
        landed=((2, "e2"), (4, "e4")),
        rejected=(
            (1, "two values of id", TWICE[0]),
            (3, "two values of content", TWICE[2]),
        ),
    ),
    Case("times that cannot be", event("e1", content=ODD_TIMES), ((1, "e1"),)),
    Case(
        "values that are unknown",
        event(
            "e1",
            type="CONTACT/TELEPORTED",
            initiator={"id": "robot-1", "type": "ROBOT"},
            content={"contactId": "contact-1", "channel": "PIGEON_POST"},
        ),
        landed=((1, "e1"),),
    ),
]


@dataclass(frozen=True)
class Messy:
    """The folder of damaged files and what a build made of it."""

    root: Path
    database: Path
    result: BuildResult

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return query(self.database, sql)


def usage_file(case: Case) -> str:
    return f"reports/AnswerUsageReport/{STAMP}__{case.label}.csv"


def event_file(case: Case) -> str:
    return f"events/{STAMP}__{case.label}.jsonl"


UTF_16 = ("utf-16", "utf-16-le")


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Messy]:
    folder = tmp_path_factory.mktemp("messy")
    root = write_required(folder / "extracts")
    for case in REPORTS:
        write(root, usage_file(case), case.body)
    for case in EVENTS:
        write(root, event_file(case), case.body)
    write(
        root,
        f"reports/AgentTimestampsReport/{STAMP}__none.csv",
        report("AgentTimestampsReport"),
    )
    write(root, f"entities/inboxes/{STAMP}__none.jsonl", "")
    for encoding in UTF_16:
        path = f"reports/AnswerUsageReport/{STAMP}__{encoding}.csv"
        write(root, path, (HEADER + usage("a1")).encode(encoding))
    write(root, "reports/NoSuchReport/any name.csv", "a,b\n1,2\n")
    write(root, "entities/agents/agents.parquet", "PAR1")
    write(root, "entities/agents/.DS_Store", "hidden")
    alias = report(
        "WorkSessionEvents",
        {
            "contact_session_id": "contact-2",
            "agent_id": "agent-1",
            "contact_session_created_at": "2025-03-01T10:00:00.000Z",
            "work_session_handle_time_sec": "35.529",
        },
    )
    write(
        root,
        "reports/WorkSessionEvents/20250302T010000Z__before-the-renaming.csv",
        alias.replace("work_session_handle_time_sec", "work_session_handle_time"),
    )
    write_job(
        root,
        "job-1",
        "2025-03-01T12:00:00.07272933Z",
        item("i1", "conversation-1"),
        {**item("i2", "conversation-1"), "content": {"type": "TELEPATHY"}},
    )
    database = folder / "gladly.duckdb"
    yield Messy(root, database, build(root, database))


def test_a_folder_of_damaged_files_builds(messy: Messy) -> None:
    built(messy.result)
    # There is nothing to do for an exposure.
    assert {*messy.result.statuses.values()} == {"success", "no-op"}


@pytest.mark.parametrize("case", REPORTS, ids=lambda case: str(case.about))
def test_a_report_with(case: Case, messy: Messy) -> None:
    landed = messy.query(
        f"""
        select _record_number, answer_id from staging.base_gladly__answer_usage_report
        where _extract_file = $${usage_file(case)}$$ and _rejection_reason is null
        order by all
        """
    )
    assert tuple(landed) == case.landed
    assert rejected(messy, usage_file(case)) == case.rejected


@pytest.mark.parametrize("case", EVENTS, ids=lambda case: str(case.about))
def test_a_json_lines_file_with(case: Case, messy: Messy) -> None:
    landed = messy.query(
        f"""
        select _record_number, id from staging.base_gladly__events
        where _extract_file = $${event_file(case)}$$ and _rejection_reason is null
        order by all
        """
    )
    assert tuple(landed) == case.landed
    assert rejected(messy, event_file(case)) == case.rejected


def rejected(messy: Messy, file: str) -> tuple[tuple[Any, ...], ...]:
    """Return number, reason and text of the records of a file that were set aside."""
    found = messy.query(
        f"""
        select record_number, rejection_reason, raw_record
        from audit.audit_rejected_records
        where extract_file = $${file}$$
        order by record_number, rejection_reason
        """
    )
    return tuple((number, why, (raw or "").strip()) for number, why, raw in found)


def test_every_rejected_record_names_its_extract_and_capture(messy: Messy) -> None:
    found = messy.query(
        """
        select distinct extract_name, captured_at::varchar
        from audit.audit_rejected_records order by all
        """
    )
    assert found == [
        ("answer_usage_report", "2025-03-02 02:00:00"),
        ("events", "2025-03-02 02:00:00"),
    ]


@pytest.mark.parametrize("encoding", UTF_16)
def test_a_report_in_utf_16_is_set_aside_whole(encoding: str, messy: Messy) -> None:
    path = f"reports/AnswerUsageReport/{STAMP}__{encoding}.csv"
    landed = messy.query(
        f"""
        select _record_number, _rejection_reason
        from staging.base_gladly__answer_usage_report where _extract_file = '{path}'
        """
    )
    assert landed == [(1, "not a text in UTF-8")]


def test_unknown_columns_are_kept_as_unknown_fields(messy: Messy) -> None:
    found = messy.query(
        f"""
        select answer_id, _unknown_fields from staging.base_gladly__answer_usage_report
        where _extract_file like '%/{STAMP}__columns-that-are-unknown.csv'
        order by all
        """
    )
    assert [(answer, json.loads(kept or "{}")) for answer, kept in found] == [
        ("a1", {"new_one": "new", "other": "other"}),
        ("a2", {}),
    ]


def test_repeated_and_blank_header_names_are_distinguished(messy: Messy) -> None:
    ((kept,),) = messy.query(
        f"""
        select _unknown_fields from staging.base_gladly__answer_usage_report
        where _extract_file like '%/{STAMP}__header-names-that-repeat-or-are-blank.csv'
        """
    )
    assert list(json.loads(kept).values()) == ["one", "two", "three", "four"]


def test_unknown_fields_are_kept_as_unknown_fields(messy: Messy) -> None:
    ((kept,),) = messy.query(
        f"""
        select _unknown_fields from staging.base_gladly__events
        where _extract_file = 'events/{STAMP}__fields-that-are-unknown.jsonl'
        """
    )
    assert json.loads(kept) == {"novel": {"a": [1]}}


def test_a_quoted_line_break_stays_in_its_cell(messy: Messy) -> None:
    found = messy.query(
        """
        select answer_name from staging.base_gladly__answer_usage_report
        where answer_name like 'two%'
        """
    )
    assert found == [("two\nlines",)]


def test_text_beside_bytes_that_are_none_is_as_written(messy: Messy) -> None:
    found = messy.query(
        """
        select answer_name from staging.base_gladly__answer_usage_report
        where _extract_file like '%/%__bytes-that-are-not-UTF-8-a%' and answer_id = 'a1'
        order by all
        """
    )
    assert found == [("Größe",), (r'Größe \ "L"',)]


def test_a_column_of_an_older_api_fills_the_one_that_replaced_it(messy: Messy) -> None:
    found = messy.query(
        """
        select contact_id, handle_seconds from staging.stg_gladly__work_session_events
        order by all
        """
    )
    assert found == [("contact-1", 120.5), ("contact-2", 35.529)]


def test_unknown_fields_and_values_are_listed(messy: Messy) -> None:
    found = messy.query(
        """
        select extract_name, field_name, problem, reported_value, record_count
        from audit.audit_unmapped_values order by all
        """
    )
    assert found == [
        ("answer_usage_report", "Number of Clicks", "not a count", "many", 1),
        ("answer_usage_report", "column", "unknown field", None, 1),
        ("answer_usage_report", "column_9", "unknown field", None, 1),
        ("answer_usage_report", "extra", "unknown field", None, 1),
        ("answer_usage_report", "extra_7", "unknown field", None, 1),
        ("answer_usage_report", "new_one", "unknown field", None, 1),
        ("answer_usage_report", "other", "unknown field", None, 1),
        (
            "conversation_items",
            "content_type",
            "not in seed_content_types",
            "telepathy",
            1,
        ),
        ("events", "channel", "not in seed_channels", "pigeon_post", 1),
        *(
            ("events", f"content.{field}", "no possible time", time, 1)
            for field, time in sorted(ODD_TIMES.items())
        ),
        ("events", "event_type", "not in seed_event_types", "contact_teleported", 1),
        ("events", "initiator_type", "not in seed_actor_types", "robot", 1),
        ("events", "novel", "unknown field", None, 1),
        ("events", "unknown", "unknown field", None, 1),
    ]


def test_unknown_values_pass_through_as_reported(messy: Messy) -> None:
    found = messy.query(
        "select event_type, channel, initiator_type from staging.stg_gladly__events"
        " where channel is not null"
    )
    assert found == [("contact_teleported", "pigeon_post", "robot")]


def test_files_of_no_extract_are_listed_and_not_read(messy: Messy) -> None:
    found = messy.query(
        """
        select extract_file from staging.base_gladly__extract_files
        where extract_name is null order by all
        """
    )
    assert found == [
        ("entities/agents/agents.parquet",),
        ("reports/NoSuchReport/any name.csv",),
    ]


def test_damage_is_warned_about_and_every_record_is_accounted_for(
    messy: Messy,
) -> None:
    result = build(messy.root, messy.database, "test", "--select", "test_type:singular")
    built(result)
    warned = {name for name, status in result.statuses.items() if status == "warn"}
    assert warned >= {
        "assert_every_extract_file_is_recognised",
        "assert_no_record_was_rejected",
        "assert_no_value_is_unmapped",
    }
    assert result.statuses["assert_every_landed_record_is_accounted_for"] == "pass", (
        result.log
    )


def test_line_ends_of_two_kinds_in_one_file_do_no_harm(tmp_path: Path) -> None:
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    write(
        root,
        f"reports/AnswerUsageReport/{STAMP}__mixed.csv",
        HEADER + usage("a1").replace("\n", "\r\n") + usage("a2") + usage("a3"),
    )
    write(
        root,
        f"events/{STAMP}__mixed.jsonl",
        f"{event('e1')}\r\n{event('e2')}\n{event('e3')}\r\n{event('e4')}\n",
    )
    built(build(root, database, *USAGE, "+base_gladly__events"))
    landed = "select _record_number, {} from staging.{} order by all"
    assert query(
        database, landed.format("answer_id", "base_gladly__answer_usage_report")
    ) == [(1, "a1"), (2, "a2"), (3, "a3")]
    assert query(database, landed.format("id", "base_gladly__events")) == [
        (1, "e1"),
        (2, "e2"),
        (3, "e3"),
        (4, "e4"),
    ]


def test_without_optional_extracts_every_table_is_there_with_the_same_columns(
    messy: Messy, tmp_path: Path
) -> None:
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    built(build(root, database))
    columns = """
        select table_schema, table_name, column_name, data_type
        from information_schema.columns order by all
    """
    assert query(database, columns) == messy.query(columns)
    counts = query(
        database,
        " union all ".join(
            f"select '{name}', count(*) from {name}" for name in tables(database)
        ),
    )
    empty = [name for name, count in counts if count == 0]
    assert {"marts.fct_conversations", "marts.fct_contacts"}.isdisjoint(empty)
    assert "staging.stg_gladly__events" in empty
    found = query(
        database,
        "select conversation_id, conversation_status from marts.fct_conversations",
    )
    assert found == [("conversation-1", "closed")]
