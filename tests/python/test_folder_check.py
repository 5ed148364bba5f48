"""A file in the wrong place is named with where it belongs, in under a second."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from extract_kinds import Kind, kinds
from extracts_folder import STAMP, lines, write, write_required
from folder_check import look_over
from gladly_sandbox.extracts import HEADERS

SAMPLE = Path(__file__).parents[2] / "extracts" / "sample"
#: The same fields: only a name says which.
TWINS = {
    "entities/inboxes": "entities/inboxes/ or entities/topics/",
    "lookups/customers": "lookups/customers/ or lookups/conversations/",
    "lookups/conversations": "lookups/customers/ or lookups/conversations/",
}
OF_JOBS = (
    "agents.jsonl",
    "customers.jsonl",
    "topics.jsonl",
    "conversation_items.jsonl",
)


def of(kind: Kind) -> Path:
    """Return the largest file of a kind in the sample."""
    folder, _, name = kind.path.partition("/")
    pattern = f"exports/*/{name}" if folder == "exports" else f"{kind.path}/*"
    return max(SAMPLE.glob(pattern), key=lambda path: path.stat().st_size)


def hints(root: Path) -> list[str]:
    return look_over(root).hints


@pytest.mark.parametrize(
    "kind",
    [kind for kind in kinds() if "exports/" not in kind.path],
    ids=lambda k: k.path,
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_an_extract_is_known_by_what_is_in_it(
    kind: Kind, packed: bool, tmp_path: Path
) -> None:
    root = write_required(tmp_path)
    body = of(kind).read_bytes()
    name = "response.gz" if packed else "response"
    path = write(root, f"new/{name}", gzip.compress(body) if packed else body)
    os.utime(path, (1740880800, 1740880800))
    end = ".csv" if kind.is_report else ".json"
    where = TWINS.get(kind.path, f"{kind.path}/")
    name = f"<YYYYMMDDTHHMMSSZ>__response{end}{'.gz' if packed else ''}"
    assert hints(root) == [
        f"I see new/{path.name} here: move it to {where} as {name}, with the UTC time"
        " at which it was received; it was written at 20250302T020000Z."
    ]


@pytest.mark.parametrize(
    "kind",
    [kind for kind in kinds() if "exports/" not in kind.path],
    ids=lambda k: k.path,
)
def test_a_captured_file_keeps_its_name(kind: Kind, tmp_path: Path) -> None:
    root = write_required(tmp_path)
    end = "csv" if kind.is_report else "jsonl"
    name = f"{STAMP}__{kind.last}.{end}"
    write(root, f"wrong/{name}", of(kind).read_bytes())
    (said,) = hints(root)
    assert said == f"I see wrong/{name} here: move it to {kind.path}/ as {name}."


@pytest.mark.parametrize("name", OF_JOBS)
def test_a_file_of_an_export_job_is_known_by_its_name(
    name: str, tmp_path: Path
) -> None:
    root = write_required(tmp_path)
    (kind,) = (kind for kind in kinds() if kind.path == f"exports/{name}")
    write(root, f"exports/{name}", of(kind).read_bytes())
    assert hints(root) == [
        f"I see exports/{name} here: move it to exports/<job id>/{name}, with the job"
        " beside it as job.json."
    ]


@pytest.mark.parametrize("name", [n for n in HEADERS if "Timestamps" in n])
@pytest.mark.parametrize("other", [n for n in HEADERS if "Timestamps" in n])
def test_a_report_among_those_of_another_is_named(
    name: str, other: str, tmp_path: Path
) -> None:
    root = write_required(tmp_path)
    write(root, f"reports/{other}/{STAMP}__x.csv", ",".join(HEADERS[name]) + "\n")
    expected = [
        f"I see reports/{other}/{STAMP}__x.csv here, which looks like {name}: move it"
        f" to reports/{name}/ as {STAMP}__x.csv."
    ]
    assert hints(root) == ([] if name == other else expected)


def test_a_list_among_those_of_another_is_named(tmp_path: Path) -> None:
    root = write_required(tmp_path)
    topics = [{"id": "t", "name": "Returns", "disabled": False, "parentId": "u"}]
    write(root, f"entities/inboxes/{STAMP}__x.json", json.dumps(topics))
    write(root, f"entities/topics/{STAMP}__x.json", json.dumps(topics))
    (said,) = hints(root)
    assert "entities/inboxes" in said and "looks like topics" in said


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"reports/AnswerUsageReport/{STAMP}__x.CSV", f"as {STAMP}__x.csv."),
        (f"Reports/AnswerUsageReport/{STAMP}__x.csv", "move it to reports/Answer"),
        (
            f"reports/AnswerUsage/{STAMP}__x.csv",
            "move it to reports/AnswerUsageReport/",
        ),
        (f"reports/{STAMP}__AnswerUsageReport.csv", "move it to reports/AnswerUsageR"),
        (f"reports/AnswerUsageReport/2025/{STAMP}__x.csv", f"as {STAMP}__x.csv."),
    ],
)
def test_a_place_that_is_nearly_right_is_named(
    path: str, said: str, tmp_path: Path
) -> None:
    root = write_required(tmp_path)
    body = ",".join(HEADERS["AnswerUsageReport"]) + "\nUTC,2025-03-01,x,a1,3\n"
    write(root, path, body)
    (hint,) = hints(root)
    assert hint.startswith(f"I see {path} here: ")
    assert said in hint


def test_a_pipe_and_a_link_to_nothing_are_no_files(tmp_path: Path) -> None:
    root = write_required(tmp_path)
    os.mkfifo(root / "reports" / "ConversationExportReport" / f"{STAMP}__pipe.csv")
    (root / "gone.csv").symlink_to(root / "nothing")
    assert look_over(root) == ([], [])


def test_links_are_followed_to_where_extracts_may_be(tmp_path: Path) -> None:
    root = write_required(tmp_path / "extracts")
    kept = tmp_path / "kept"
    (root / "reports").rename(kept)
    (root / "reports").symlink_to(kept)
    (root / "circle").symlink_to(root)
    (kept / "circle").symlink_to(kept)
    assert look_over(root).stops == []


def test_a_name_that_is_no_text_is_named(tmp_path: Path) -> None:
    root = write_required(tmp_path)
    folder = os.fsencode(root / "events")
    os.mkdir(folder)
    with open(folder + b"/20250302T020000Z__\xff.jsonl", "w"):
        pass
    assert look_over(root).stops == [
        f'"{root}/events/20250302T020000Z__\\xff.jsonl" has a name that is not UTF-8:'
        " rename it."
    ]


def test_what_no_one_reads_is_said_once(tmp_path: Path) -> None:
    root = write_required(tmp_path)
    for number in range(3):
        write(
            root, f"reports/AgentSummary/2025030{number}T000000Z__x.csv", "a,b\n1,2\n"
        )
    write(root, f"reports/TaskSummaryReport/{STAMP}__x.csv", "")
    write(root, "all.zip", "PK")
    write(root, "report.xlsx", "PK")
    write(root, "notes.txt", "of nobody")
    write(root, ".hidden", "")
    assert hints(root) == [
        "I see all.zip here: unpack it. Only .gz of a single file is read as it is.",
        "I see report.xlsx here: save the response as Gladly sends it, as CSV.",
        "Passed over, being read by no table: AgentSummary, TaskSummaryReport.",
        "Passed over, being no extract: notes.txt (1 in all).",
    ]


def test_the_sample_is_all_in_its_place_and_looked_over_in_no_time(
    tmp_path: Path,
) -> None:
    started = time.process_time()
    assert look_over(SAMPLE) == ([], [])
    assert time.process_time() - started < 1


def test_ten_thousand_files_take_under_a_second(tmp_path: Path) -> None:
    root = write_required(tmp_path)
    event = lines({"id": "e", "type": "CONTACT/STARTED", "timestamp": "2025-03-01"})
    write(root, f"events/{STAMP}__first.jsonl", event)
    for number in range(10_000):
        shutil.copyfile(
            root / f"events/{STAMP}__first.jsonl",
            root / f"events/{STAMP}__{number}.jsonl",
        )
    started = time.process_time()
    assert look_over(root) == ([], [])
    assert time.process_time() - started < 1
