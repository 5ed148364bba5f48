"""What `make build` prints: each cause once, in words, and no inside of a program."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

import summary
from build_warnings import OF_THE_SAMPLE, in_words, warned
from project import ROOT
from run_dbt import Console, plainly

UNMAPPED = [
    ("contact_export_report", "channel", "not in seed_channels", "carrier_pigeon", 1),
    ("events", "channel", "not in seed_channels", "carrier_pigeon", 3),
    ("events", "channel", "not in seed_channels", "smoke", 1),
    ("events", "contact_status", "not in seed_statuses", "deferred", 1),
    ("conversation_export_report", "billable", "unknown field", None, 19),
    ("events", "bucket", "bucket longer than a day", "2025-03", 2),
]
REJECTED = [("a.csv", "no id"), ("a.csv", "no id"), ("b.csv", "not valid UTF-8")]
SET_ASIDE = [("c.json.gz", "an archive that is cut off"), ("a.csv", None)]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a database with what the audit tables of a build may hold."""
    path = tmp_path / "gladly.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute("create schema audit; create schema staging")
        made.execute(
            "create table audit.audit_unmapped_values (extract_name varchar,"
            " field_name varchar, problem varchar, reported_value varchar,"
            " record_count bigint)"
        )
        made.executemany(
            "insert into audit.audit_unmapped_values values (?, ?, ?, ?, ?)", UNMAPPED
        )
        made.execute(
            "create table audit.audit_rejected_records"
            " (extract_file varchar, rejection_reason varchar)"
        )
        made.execute(
            "create table staging.base_gladly__extract_files"
            " (extract_file varchar, set_aside_reason varchar)"
        )
        made.executemany(
            "insert into audit.audit_rejected_records values (?, ?)",
            [*REJECTED, SET_ASIDE[0]],
        )
        made.executemany(
            "insert into staging.base_gladly__extract_files values (?, ?)", SET_ASIDE
        )
    return path


def results(*tests: tuple[str, int]) -> dict[str, Any]:
    """Return what dbt keeps of a build in which tests warned."""
    return {
        "elapsed_time": 41.6,
        "results": [
            {"unique_id": "model.gladly.x", "status": "success", "failures": None},
            {"unique_id": "test.gladly.fine", "status": "pass", "failures": 0},
            *(
                {
                    "unique_id": f"test.gladly.{name}.0a1",
                    "status": "warn",
                    "failures": n,
                }
                for name, n in tests
            ),
        ],
    }


def test_a_value_is_said_once_however_many_layers_warn(database: Path) -> None:
    tests = {
        "assert_no_value_is_unmapped": 6,
        "fct_contacts__channel_is_one_gladly_documents": 1,
        "stg_gladly__events__transfer_is_cold_or_warm": 1,
        "stg_gladly__tasks__status_is_one_we_know": 1,
    }
    assert in_words(database, tests) == [
        "1 value to look at, bucket longer than a day: 2025-03 (2 records); see"
        " audit.audit_unmapped_values.",
        "2 channels are unknown to this project: carrier_pigeon (4 records), smoke (1"
        " record); see audit.audit_unmapped_values.",
        "1 status is unknown to this project: deferred (1 record); see"
        " audit.audit_unmapped_values.",
        "1 field is unknown to this project: billable of conversation_export_report (19"
        " records); see audit.audit_unmapped_values.",
    ]


def test_records_and_files_that_were_set_aside_come_with_their_reasons(
    database: Path,
) -> None:
    tests = {"assert_no_record_was_rejected": 3, "assert_no_file_was_set_aside": 1}
    assert in_words(database, tests) == [
        "3 records could not be used: no id (2); not valid UTF-8 (1). See"
        " audit.audit_rejected_records.",
        "1 file could not be used: an archive that is cut off (1). See"
        " audit.audit_rejected_records.",
    ]


@pytest.mark.parametrize(
    ("name", "count", "sentence"),
    [
        (
            "assert_r02_email_addresses_are_unique",
            3,
            "Gladly's rule R02, email addresses are unique, does not hold 3 times; see"
            " audit.audit_rule_violations, rule_id 'R02'.",
        ),
        (
            "assert_every_difference_has_a_known_cause",
            1,
            "1 difference from what Gladly reports has no known cause; see"
            " audit.audit_reconciliation, verdict 'unexplained'.",
        ),
        (
            "assert_every_extract_file_is_recognised",
            2,
            "2 files belong to no extract and are not read; see"
            " staging.base_gladly__extract_files.",
        ),
        (
            "assert_every_work_session_has_a_day",
            1,
            "1 work session has neither a beginning nor an end, and so no day; see"
            " marts.fct_work_sessions.",
        ),
        (
            "stg_gladly__answer_contents__every_content_has_a_language",
            4,
            "every content has a language: not so in 4 rows of"
            " stg_gladly__answer_contents.",
        ),
    ],
)
def test_each_cause_names_the_table_to_look_into(
    name: str, count: int, sentence: str, database: Path
) -> None:
    assert in_words(database, {name: count}) == [sentence]


def test_nothing_is_said_when_nothing_warned(database: Path) -> None:
    assert summary.describe_warnings(database, results()) == []
    assert (
        summary.describe_run(results()) == "1 tables built and 1 tests passed in 42 s."
    )


def test_tables_that_stayed_as_they_were_are_counted_apart() -> None:
    ended = results()
    ended["results"].append(
        {"unique_id": "model.gladly.y", "status": "success", "message": "UNCHANGED"}
    )
    assert summary.describe_run(ended) == (
        "1 tables built, 1 left unchanged and 1 tests passed in 42 s."
    )


def test_what_the_sample_warns_of_is_said_to_be_on_purpose(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("GLADLY_EXTRACTS_PATH", raising=False)
    meant = results(("assert_no_record_was_rejected", 3))
    heading, *_ = summary.describe_warnings(database, meant)
    assert (
        heading == "The sample is to show what warnings look like; all are on purpose:"
    )
    other = results(("assert_every_extract_file_is_recognised", 1))
    heading, *_ = summary.describe_warnings(database, other)
    assert heading.endswith("but those of assert_every_extract_file_is_recognised:")
    monkeypatch.setenv("GLADLY_EXTRACTS_PATH", "elsewhere")
    heading, *_ = summary.describe_warnings(database, meant)
    assert heading == "2 things to know:"


def test_the_tests_that_warn_on_the_sample_are_tests() -> None:
    written = "".join(
        path.read_text("utf-8")
        for folder in ("models", "tests")
        for path in (ROOT / folder).rglob("*.yml")
    )
    singular = {path.stem for path in (ROOT / "tests").glob("*.sql")}
    unknown = [
        name
        for name in OF_THE_SAMPLE
        if name not in singular and f"name: {name}\n" not in written
    ]
    assert unknown == []


def test_warned_tests_are_known_by_name() -> None:
    found = warned(results(("assert_no_value_is_unmapped", 14)))
    assert found == {"assert_no_value_is_unmapped": 14}


# While dbt runs --------------------------------------------------------------------


def event(level: str, name: str, msg: str, **data: int) -> Any:
    """Return what dbt hands to a callback."""
    info = SimpleNamespace(level=level, name=name, msg=msg)
    return SimpleNamespace(info=info, data=SimpleNamespace(**data))


def test_what_tests_warn_of_is_left_to_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console = Console("gladly.duckdb")
    console(event("warn", "LogTestResult", "WARN 6 assert_x", index=3, num_models=9))
    console(event("warn", "RunResultWarning", "Warning in test assert_x"))
    console(event("warn", "RunResultWarningMessage", "Got 6 results"))
    assert capsys.readouterr().out == ""


def test_another_warning_and_an_error_are_said_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console = Console("gladly.duckdb")
    for _ in range(2):
        console(event("warn", "PackageRedirectDeprecation", "This goes away."))
        console(event("error", "LogModelResult", "ERROR x", index=1, total=2))
        console(event("error", "RunResultError", "  Binder Error in model x"))
        console(event("error", "MainStackTrace", "Traceback"))
    assert capsys.readouterr().out == "This goes away.\n  Binder Error in model x\n"


def test_progress_is_a_line_now_and_then_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    console = Console("gladly.duckdb")
    with console.progress("Building"):
        for done in range(1, 41):
            now[0] = float(done)
            console(event("info", "LogModelResult", "OK", index=done, total=1200))
    assert capsys.readouterr().out == (
        "16 of 1,200 steps, 16 s\n32 of 1,200 steps, 32 s\n"
    )


def test_a_users_mistake_comes_without_the_names_of_macros() -> None:
    said = (
        "Encountered an error:\n"
        "Compilation Error in operation gladly-on-run-start-0 (./dbt_project.yml)\n"
        "  fct_x reads int_y, which is not built yet.\n"
        "  \n"
        "  > in macro find_database_problem (macros/database/x.sql)\n"
        "  > called by operation gladly-on-run-start-0 (./dbt_project.yml)"
    )
    assert plainly(said) == "fct_x reads int_y, which is not built yet."
    ours = "Compilation Error in model fct_contacts (models/x.sql)\n  'x' is undefined"
    assert plainly(ours) == ours


# Where it goes ---------------------------------------------------------------------


def written_to(**variables: str) -> str:
    """Return the folder that `make docs` names."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GLADLY_", "DBT_", "MAKE"))
    }
    printed = subprocess.run(
        ["make", "--no-print-directory", "-n", "docs"],
        cwd=ROOT,
        env={**kept, **variables},
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    (named,) = (line for line in printed.splitlines() if "in a browser" in line)
    return named.split()[2].removesuffix("/site/index.html")


def test_each_database_has_docs_of_its_own() -> None:
    assert written_to() == "target"
    assert written_to(GLADLY_DATABASE_PATH="warehouse/gladly.duckdb") == "target"
    one = written_to(GLADLY_DATABASE_PATH="/data/one/gladly.duckdb")
    other = written_to(GLADLY_DATABASE_PATH="/data/other/gladly.duckdb")
    assert one == "target/data+one+gladly.duckdb"
    assert len({one, other, "target"}) == 3
    assert written_to(DBT_TARGET_PATH="/elsewhere") == "/elsewhere"
