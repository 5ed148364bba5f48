"""What becomes of files that somebody, or some fault, made as hostile as can be.

A column of a report is data whatever its name; a capture time that cannot be is no
"now"; a landed file is known by its bytes; what was landed goes only on purpose; and
every record of every file is landed or set aside, counted by Python, too.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import packed_extracts
from extracts_folder import (
    STAMP,
    conversation_export,
    item,
    lines,
    work_session_events,
    write,
    write_job,
    write_required,
)
from project import BuildResult, build, kept_open, query
from record_counts import unlike_files
from test_bad_input import HEADER, built, stopped, usage
from unread_extracts import Folder, look

LANDED = (
    "build",
    "--select",
    "path:models/staging/gladly/base",
    "stg_gladly__extract_files",
    "int_reporting_moments_resolved",
    "+stg_gladly__answer_usage_report",
    "assert_every_record_of_a_file_is_landed",
    "audit_rejected_records",
    "--exclude-resource-type",
    "unit_test",
    "--indirect-selection",
    "cautious",
)
FILES_ONLY = ("run", "--select", "base_gladly__extract_files")
USAGE_ONLY = (
    "run",
    "--select",
    "base_gladly__extract_files",
    "base_gladly__answer_usage_report",
)
ACCEPTED = ("--vars", json.dumps({"accept_removed_files": True}))
KEYS = "Timezone Filter,Date,Answer Name,Answer ID,Number of Clicks"
MANY = ",".join(f"Column {number}" for number in range(3_000))


def named(*headers: str, rows: int = 2) -> str:
    """Return Answer Usage with more columns, a value in each."""
    more = ["v" for _ in headers]
    body = [[*usage(f"a{n}").strip().split(","), *more] for n in range(1, rows + 1)]
    return "\n".join([",".join([KEYS, *headers]), *map(",".join, body), ""])


#: Reports by what is odd in them, and the answers that must land, in their order.
REPORTS: dict[str, tuple[str | bytes, list[str | None]]] = {
    "columns of the reader": (
        named("File Index", "filename", "rowid", "file_row_number", "content", "size"),
        ["a1", "a2"],
    ),
    "columns of the reader again": (named("File Index", "filename"), ["a1", "a2"]),
    "columns of ours": (
        named(
            "_extract_file",
            "_captured_at",
            "_record_number",
            "_record_hash",
            "_rejection_reason",
            "_file_index",
            "_number",
            "_text",
            "_reason",
            "cell_1",
            "records",
        ),
        ["a1", "a2"],
    ),
    "reserved words": (named("select", "from", "null", "true", "1"), ["a1", "a2"]),
    "repeats": (named("x", "x", "x_7", "X", "x 7", "x_7_9"), ["a1", "a2"]),
    "a repeated key": (named("Answer ID", "answer id"), ["a1", "a2"]),
    "no names": (named("", " ", "", '""'), ["a1", "a2"]),
    "names beyond ASCII": (named("日本", "Größe", "🙂", "\u202e"), ["a1", "a2"]),
    "quotes in names": (named('"a""b, c"', "it's", "{{ 1 }}", "%s"), ["a1", "a2"]),
    "thousands of columns": (named(*MANY.split(",")), ["a1", "a2"]),
    "a header of two lines": (named('"two\nlines"'), ["a1", "a2"]),
    "a blank before a quotation mark": (
        f"{KEYS}\n" + usage("a1", name=' "Returns, late"') + usage("a2"),
        ["a2"],
    ),
    "a blank before a quotation mark and no comma": (
        f"{KEYS}\n" + usage("a1", name=' "Returns"') + usage("a2"),
        ["a1", "a2"],
    ),
    "lines of blanks": (
        f"  \n\t\n{KEYS}\n" + usage("a1") + "   \n\n\t\n" + usage("a2") + "UTC,1\n",
        ["a1", "a2"],
    ),
    "blanks for a time": (
        f"{KEYS}\n" + usage("a1") + usage("a2", date="  ") + usage("a3"),
        ["a1", "a3"],
    ),
    "old line ends": (
        (f"{KEYS}\n" + usage("a1") + usage("a2")).replace("\n", "\r"),
        ["a1", "a2"],
    ),
    "a line end inside a cell": (
        f"{KEYS}\n" + usage("a1") + usage("a2", name="Ret\rurns") + usage("a3"),
        ["a1", "a3"],
    ),
    "NUL bytes": (
        f"{KEYS}\n" + usage("a1", name="a\0b") + "\0\0\0\n" + usage("a2"),
        ["a1", "a2"],
    ),
    "a mark in the middle": (
        f"{KEYS}\n" + usage("a1", name='6" pipe') + usage("a2"),
        ["a1", "a2"],
    ),
    "a huge cell": (
        f"{KEYS}\n" + usage("a1", name="x" * 9_000_000) + usage("a2"),
        ["a1", "a2"],
    ),
    "commas only": (f"{KEYS}\n,,,,\n" + usage("a2"), ["a2"]),
    "zones and offsets": (
        f"{KEYS}\n"
        + usage("blank", zone="")
        + usage("own", zone="", date="2025-03-01T10:00:00Z")
        + usage("far", date="2025-03-01T10:00:00+15:00")
        + usage("farther", date="2025-03-01T10:00:00+99:00")
        + usage("sixty", date="2025-03-01T10:00:00+05:60")
        + usage("near", date="2025-03-01T10:00:00+14:00")
        + usage("mars", zone="Mars/Olympus")
        + usage("low", zone="america/new_york", date="2025-03-01 22:00")
        + usage("high", zone="UtC", date="2025-03-01 22:00")
        + usage("to-come", date="2025-03-12")
        + usage("century", date="2099-03-01"),
        ["own", "near", "low", "high"],
    ),
}
EVENT = '{"id":"%s","type":"CONTACT/STARTED","timestamp":"2025-03-01T10:00:00Z"%s}'
EVENTS: dict[str, tuple[str | bytes, list[str | None]]] = {
    "fields of the reader": (
        EVENT % ("e1", ',"filename":"x","file_index":9,"rowid":1,"json":{},"line":"l"')
        + "\n"
        + EVENT % ("e2", ""),
        ["e1", "e2"],
    ),
    "fields of ours": (
        EVENT % ("e1", ',"_extract_file":"x","_captured_at":"x","_record_number":7'),
        ["e1"],
    ),
    "numbers and nothing as names": (EVENT % ("e1", ',"1":1,"":2,"$.a":3'), ["e1"]),
    "a name twice": (EVENT % ("e1", ',"x":1,"x":2,"id":"e1"'), ["e1"]),
    "deep nesting": (
        EVENT % ("e1", ',"content":' + "[" * 5_000 + "]" * 5_000)
        + "\n"
        + EVENT % ("e2", ""),
        ["e1", "e2"],
    ),
    "a list before a line": (
        "[" + EVENT % ("e1", "") + "]\n" + EVENT % ("e2", ""),
        ["e1", "e2"],
    ),
    "two objects in a line": (
        EVENT % ("e1", "") + EVENT % ("e2", "") + "\n" + EVENT % ("e3", ""),
        ["e3"],
    ),
    "old line ends": (EVENT % ("e1", "") + "\r" + EVENT % ("e2", ""), []),
    "blank lines": ("\t\n \r\n" + EVENT % ("e1", "") + "\n\t \n\n", ["e1"]),
    "a huge line": (
        EVENT % ("e1", ',"content":{"x":"' + "x" * 34_000_000 + '"}')
        + "\n"
        + EVENT % ("e2", ""),
        ["e1", "e2"],
    ),
    "NUL bytes": (EVENT % ("e1", "") + "\n\0\0\n" + EVENT % ("e2", ""), ["e1", "e2"]),
    "half a surrogate": (EVENT % ("e1", ',"content":"\\ud800"') + "\n", []),
    "no finite number": (
        EVENT % ("e1", ',"content":{"x":NaN}') + "\n" + EVENT % ("e2", ""),
        ["e1", "e2"],
    ),
}


def inboxes(*ids: str) -> list[dict[str, str]]:
    """Return inboxes as ``GET /inboxes`` lists them."""
    return [{"id": an_id, "name": f"Inbox {an_id}"} for an_id in ids]


PRETTY = json.dumps(inboxes("i1", "i2", "i3"), indent=2)
USAGE = HEADER + usage("a1") + usage("a2")
#: Bodies as they came and archives, by the end of the file's name: ids that must land,
#: and reasons of what must not.
BODIES: dict[str, tuple[str | bytes, list[str], list[str]]] = {
    "list.json": (json.dumps(inboxes("i1", "i2")), ["i1", "i2"], []),
    "list.jsonl": (json.dumps(inboxes("i1", "i2")), ["i1", "i2"], []),
    "pretty.json": (PRETTY, ["i1", "i2", "i3"], []),
    "windows.json": ("\ufeff" + PRETTY.replace("\n", "\r\n"), ["i1", "i2", "i3"], []),
    "empty.json": ("[ ]\n", [], []),
    "one.json": (json.dumps(inboxes("i1")[0], indent=1), ["i1"], []),
    "lines.json": (lines(*inboxes("i1", "i2")), ["i1", "i2"], []),
    "wrapped.json": (
        json.dumps({"summary": "Inboxes", "value": inboxes("i1", "i2")}),
        ["i1", "i2"],
        [],
    ),
    "wrapped-pretty.json": (
        json.dumps({"value": inboxes("i1"), "summary": "]"}, indent=4),
        ["i1"],
        [],
    ),
    "several.json": (
        f"{PRETTY}\n[]\n{json.dumps(inboxes('i4'))}\n",
        ["i1", "i2", "i3", "i4"],
        [],
    ),
    "odd-elements.json": (
        '[{"id":"i1"},null,5,"x",[{"id":"i9"}],{"name":"x"},{"id":"i2"}]',
        ["i1", "i2"],
        [*["not a JSON object"] * 4, "no id"],
    ),
    "damaged.json": (
        '[{"id":"i1"},{"id":"i8",oops},{"id":"i2"}]',
        ["i1", "i2"],
        ["not a JSON object"],
    ),
    "damaged-pretty.json": (
        PRETTY.replace('"Inbox i2"', '"Inbox i2'),
        ["i1", "i3"],
        ["not a JSON object"],
    ),
    "cut.json": (PRETTY[:-20], ["i1", "i2"], ["not a JSON object"]),
    "cut-between.json": ('[{"id":"i1"},\n', ["i1"], ["not a JSON object"]),
    "not-utf-8.json": (
        b'[{"id":"i1"},{"id":"i8","name":"\xff"},{"id":"i2"}]',
        ["i1", "i2"],
        ["not valid UTF-8"],
    ),
    "packed-list.json.gz": (gzip.compress(PRETTY.encode()), ["i1", "i2", "i3"], []),
    "lines.jsonl.gz": (
        gzip.compress(lines(*inboxes("i1")).encode())
        + gzip.compress(lines(*inboxes("i2")).encode()),
        ["i1", "i2"],
        [],
    ),
    "no-archive.jsonl.gz": (lines(*inboxes("i1")), ["i1"], []),
    "archive.jsonl": (gzip.compress(lines(*inboxes("i1")).encode()), ["i1"], []),
    "cut-archive.json.gz": (
        gzip.compress(PRETTY.encode())[:-9],
        [],
        [packed_extracts.DAMAGED],
    ),
    "changed.json.gz": (
        gzip.compress(PRETTY.encode())[:-4] + b"\0\0\0\1",
        [],
        [packed_extracts.DAMAGED],
    ),
    "twice.jsonl.gz": (
        # A line end in the time within an archive would be another record to Python.
        gzip.compress(gzip.compress(lines(*inboxes("i1")).encode(), mtime=0)),
        [],
        [packed_extracts.NESTED],
    ),
    "bomb.jsonl.gz": (
        gzip.compress(b"\0" * (packed_extracts.MANY + 1)),
        [],
        [packed_extracts.TOO_DENSE],
    ),
    "report.csv.gz": (gzip.compress(USAGE.encode()), ["a1", "a2"], []),
    "damaged-row.csv.gz": (
        gzip.compress((USAGE + "UTC,2025-03-01,x\n" + usage("a3")).encode()),
        ["a1", "a2", "a3"],
        ["fewer fields than the header has"],
    ),
    "mixed-ends.csv.gz": (
        gzip.compress(
            (HEADER + usage("a1").replace("\n", "\r\n") + usage("a2")).encode()
        ),
        ["a1", "a2"],
        [],
    ),
    "no-report.csv.gz": (
        gzip.compress(b"<html>"),
        [],
        ["not a CSV file but an HTML or JSON body"],
    ),
    "both.csv": (USAGE, ["a1", "a2"], []),
    "both.csv.gz": (
        gzip.compress(USAGE.encode()),
        [],
        ["the same file is there without .gz"],
    ),
}
#: Files with a capture time that is a slip of the pen.
SLIPS = {
    "reports/ConversationExportReport/20991231T235959Z__x.csv": conversation_export(
        "conversation-2"
    )[1],
    "reports/ConversationExportReport/99991231T235959Z__x.csv": conversation_export(
        "conversation-2"
    )[1],
    "reports/ConversationExportReport/19250302T020000Z__x.csv": conversation_export(
        "conversation-2"
    )[1],
    "reports/ConversationExportReport/20050302T020000Z__x.csv": conversation_export(
        "conversation-2"
    )[1],
    "reports/ConversationExportReport/20250202T020000Z__a-month-early.csv": (
        conversation_export("conversation-2")[1]
    ),
    "reports/WorkSessionEvents/20991231T235959Z__x.csv": work_session_events(
        "contact-2"
    )[1],
    "reports/AnswerUsageReport/20250602T020000Z__a-season-late.csv": (
        HEADER + usage("a1")
    ),
    "entities/inboxes/22050302T020000Z__x.jsonl": lines({"id": "i1", "name": "One"}),
    "entities/inboxes/20050302T020000Z__x.jsonl": lines({"id": "i1", "name": "One"}),
    "exports/slip/conversation_items.jsonl": lines(item("i9", "c9")),
    "exports/slip/job.json": '{"id":"slip","updatedAt":"2052-03-02T02:00:00Z"}',
}
NAMES = ("it's", "[a-z]*?", "new\nline", "日本 🙂", "a%20b;--", "{{ x }}", 'q"q')


@dataclass(frozen=True)
class Hostile:
    """The folder of hostile files and what a build made of it."""

    root: Path
    database: Path
    result: BuildResult

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return query(self.database, sql)


def usage_file(about: str) -> str:
    return f"reports/AnswerUsageReport/{STAMP}__{about}.csv"


def event_file(about: str) -> str:
    return f"events/{STAMP}__{about}.jsonl"


def body_file(about: str) -> str:
    folder = "reports/AnswerUsageReport" if ".csv" in about else "entities/inboxes"
    return f"{folder}/{STAMP}__{about}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    folder = tmp_path_factory.mktemp("hostile")
    root = write_required(folder / "extracts")
    for about, (body, _) in REPORTS.items():
        write(root, usage_file(about), body)
    for about, (body, _) in EVENTS.items():
        write(root, event_file(about), body)
    for path, body in SLIPS.items():
        write(root, path, body)
    for about, (whole, _, _) in BODIES.items():
        write(root, body_file(about), whole)
    job = {"id": "packed", "updatedAt": "2025-03-02T02:00:00Z"}
    write(root, "exports/packed/job.json.gz", gzip.compress(json.dumps(job).encode()))
    packed = gzip.compress(lines(item("i1", "c1")).encode())
    write(root, "exports/packed/conversation_items.jsonl.gz", packed)
    for name in NAMES:
        write(root, usage_file(name), HEADER + usage("a1"))
        write(root, event_file(name), EVENT % ("e1", ""))
    os.mkfifo(root / usage_file("a pipe"))
    (root / usage_file("a folder")).mkdir()
    write(root, f"{usage_file('a folder')}/{STAMP}__inside.csv", HEADER + usage("a1"))
    (root / "entities" / "agents").symlink_to(root / "entities")
    (root / "reports" / "circle").symlink_to(root)
    database = folder / "gladly.duckdb"
    result = build(root, database, *LANDED)
    with kept_open(database):
        yield Hostile(root, database, result)


def test_a_folder_of_hostile_files_builds(hostile: Hostile) -> None:
    built(hostile.result)


def test_every_record_is_landed_or_set_aside(hostile: Hostile) -> None:
    assert unlike_files(hostile.root, hostile.database) == []


@pytest.mark.parametrize("about", REPORTS)
def test_a_report_is_read_for_what_it_says_with(about: str, hostile: Hostile) -> None:
    found = hostile.query(
        f"""
        select answer_id, date, _captured_at::varchar
        from staging.base_gladly__answer_usage_report
        where _extract_file = $${usage_file(about)}$$ and _rejection_reason is null
        order by _record_number
        """
    )
    assert [answer for answer, _, _ in found] == REPORTS[about][1]
    assert all(date.startswith("2025-03-01") for _, date, _ in found)
    assert {moment for _, _, moment in found} == {"2025-03-02 02:00:00"}


@pytest.mark.parametrize("about", EVENTS)
def test_json_lines_are_read_for_what_they_say_with(
    about: str, hostile: Hostile
) -> None:
    found = hostile.query(
        f"""
        select id from staging.base_gladly__events
        where _extract_file = $${event_file(about)}$$ and _rejection_reason is null
        order by _record_number
        """
    )
    assert [an_id for (an_id,) in found] == EVENTS[about][1]


@pytest.mark.parametrize("about", BODIES)
def test_a_body_or_archive_is_read_as_it_came(about: str, hostile: Hostile) -> None:
    _, ids, reasons = BODIES[about]
    table, key = ("inboxes", "id")
    if ".csv" in about:
        table, key = ("answer_usage_report", "answer_id")
    path = body_file(about)
    landed = hostile.query(
        f"""
        select {key} from staging.base_gladly__{table}
        where _extract_file = '{path}' and _rejection_reason is null
        order by _record_number
        """
    )
    assert [an_id for (an_id,) in landed] == ids
    rejected = hostile.query(
        f"""
        select rejection_reason from audit.audit_rejected_records
        where extract_file = '{path}' order by record_number
        """
    )
    assert [reason for (reason,) in rejected] == reasons


def test_an_export_job_may_be_packed(hostile: Hostile) -> None:
    found = hostile.query(
        """
        select id, _captured_at::varchar from staging.base_gladly__conversation_items
        where _extract_file like 'exports/packed/%'
        """
    )
    assert found == [("i1", "2025-03-02 02:00:00")]


def test_copies_are_gone_when_the_build_is_over(hostile: Hostile) -> None:
    assert not Path(f"{hostile.database}.unpacked").exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_may_be_called(name: str, hostile: Hostile) -> None:
    for path, table, key in (
        (usage_file(name), "answer_usage_report", "answer_id"),
        (event_file(name), "events", "id"),
    ):
        found = hostile.query(
            f"select {key} from staging.base_gladly__{table}"
            f" where _extract_file = $${path}$$"
        )
        assert len(found) == 1


def test_columns_keep_their_values_apart_from_their_neighbours(
    hostile: Hostile,
) -> None:
    (fields,) = hostile.query(
        f"""
        select _unknown_fields::varchar from staging.base_gladly__answer_usage_report
        where _extract_file = $${usage_file("repeats")}$$ and _record_number = 1
        """
    )[0]
    assert json.loads(fields) == {
        "x": "v",
        "x_7_7": "v",
        "x_7": "v",
        "x_9": "v",
        "x_7_10": "v",
        "x_7_9": "v",
    }


def test_a_capture_time_that_cannot_be_sets_the_file_aside(hostile: Hostile) -> None:
    found = hostile.query(
        """
        select extract_file, rejection_reason from audit.audit_rejected_records
        where rejection_reason like 'capture time %' order by all
        """
    )
    assert {file for file, _ in found} == SLIPS.keys()
    assert (
        "reports/ConversationExportReport/20991231T235959Z__x.csv",
        "capture time 2099-12-31 23:59:59 is far from every other capture and record",
    ) in found
    assert (
        "reports/ConversationExportReport/20250202T020000Z__a-month-early.csv",
        "capture time 2025-02-02 02:00:00 is before the times of its own records",
    ) in found


def test_time_stands_still_for_slips(hostile: Hostile) -> None:
    now = "select as_of::varchar from intermediate.int_reporting_moments_resolved"
    assert hostile.query(now) == [("2025-03-02 02:00:00",)]


def test_times_that_cannot_be_are_listed(hostile: Hostile) -> None:
    found = hostile.query(
        f"""
        select raw_record::json->>'answer_id', rejection_reason
        from audit.audit_rejected_records
        where extract_file = $${usage_file("zones and offsets")}$$ order by all
        """
    )
    assert found == [
        ("blank", "no time zone in Timezone Filter"),
        ("century", "time later than its capture in Date"),
        ("far", "unreadable timestamp in Date"),
        ("farther", "unreadable timestamp in Date"),
        ("mars", "unknown time zone in Timezone Filter"),
        ("sixty", "unreadable timestamp in Date"),
        ("to-come", "time later than its capture in Date"),
    ]


def test_capitals_make_no_other_time_zone(hostile: Hostile) -> None:
    found = hostile.query(
        """
        select answer_id, timezone_filter from staging.base_gladly__answer_usage_report
        where answer_id in ('low', 'high', 'mars') order by all
        """
    )
    assert found == [
        ("high", "UTC"),
        ("low", "America/New_York"),
        ("mars", "Mars/Olympus"),
    ]


# Files and folders that change or go ---------------------------------------------


def test_a_landed_file_is_known_by_its_bytes(tmp_path: Path) -> None:
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    path = write(root, usage_file("x"), HEADER + usage("answer-1"))
    write(root, "notes.txt", "of nobody")
    built(build(root, database, *FILES_ONLY))

    os.utime(path, (0, 0))
    write(root, "notes.txt", "of others")
    built(build(root, database, *FILES_ONLY))

    path.write_text(HEADER + usage("answer-2"))
    os.utime(path, (0, 0))
    said = stopped(build(root, database, *FILES_ONLY))
    assert f'"{path}" has changed since it was landed.' in said


def test_what_was_landed_goes_only_on_purpose(tmp_path: Path) -> None:
    root, database = write_required(tmp_path / "extracts"), tmp_path / "gladly.duckdb"
    kept = tmp_path / "kept"
    write(root, usage_file("x"), HEADER)
    write(kept, f"events/{STAMP}__one.jsonl", EVENT % ("e1", ""))
    (root / "events").symlink_to(kept / "events")
    write(root, "lookups/customers/20250302T020000Z__a.jsonl", "")
    write(kept, "b.jsonl", "")
    link = root / "lookups" / "customers" / "20250302T020000Z__b.jsonl"
    link.symlink_to(kept / "b.jsonl")
    for job in ("job-1", "job-2", "job-3"):
        write_job(root, job, "2025-03-02T12:00:00Z", item("i1", "c1"))
    built(build(root, database, *FILES_ONLY))

    (root / usage_file("x")).unlink()
    shutil.rmtree(kept)
    shutil.rmtree(root / "exports" / "job-1")
    for path in (root / "exports" / "job-2").iterdir():
        path.unlink()
    said = stopped(build(root, database, *FILES_ONLY))
    accept = "build once with --vars '{accept_removed_files: true}'."
    assert said.count(accept) == 4, "a job that is gone is removed, not unreadable"
    assert (
        f'"{root}/reports/AnswerUsageReport" cannot be read, but files were landed from'
        " it (1): make it readable again or, if they were removed on purpose, " + accept
    ) in said
    assert f'"{root}/events" cannot be read' in said
    assert f'"{link}" cannot be read' in said
    assert f'"{root}/exports/job-2" cannot be read' in said
    files = "select count(*) from staging.base_gladly__extract_files"
    assert query(database, files) == [(12,)], "the tables stay as they were"

    full = build(root, database, *FILES_ONLY, "--full-refresh")
    assert accept in stopped(full), "nor does a full refresh let them go"

    built(build(root, database, *FILES_ONLY, *ACCEPTED))
    assert query(database, files) == [(5,)]


def test_another_folder_of_extracts_may_be_built_into_the_database(
    tmp_path: Path,
) -> None:
    database = tmp_path / "gladly.duckdb"
    write(tmp_path / "one", f"events/{STAMP}__one.jsonl", EVENT % ("e1", ""))
    built(build(write_required(tmp_path / "one"), database, *FILES_ONLY))
    other = tmp_path / "other"
    stamp = "20250401T020000Z"
    write(other, *conversation_export("conversation-1", stamp=stamp))
    write(other, *work_session_events("contact-1", stamp=stamp))
    built(build(other, database, *FILES_ONLY))
    files = (
        "select distinct captured_at::varchar from staging.stg_gladly__extract_files"
    )
    assert query(database, files.replace("stg", "base")) == [("2025-04-01 02:00:00",)]


def test_a_name_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    root = write_required(tmp_path / "extracts")
    with open(os.fsencode(root / "events_") + b"\xff.jsonl", "wb"):
        pass
    said = stopped(build(root, tmp_path / "gladly.duckdb", *FILES_ONLY))
    assert (
        f'"{root}/events_\\xff.jsonl" has a name that is not UTF-8: rename it.' in said
    )


def test_a_folder_without_permission_counts_as_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, f"events/{STAMP}__one.jsonl", "")
    write(tmp_path, "entities/agents/hidden.jsonl", "")
    scandir = os.scandir

    def refuse(path: Path) -> Any:
        if Path(path).name == "agents":
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert look(tmp_path) == Folder(["entities/agents"], [])
