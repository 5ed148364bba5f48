"""The command: sentences, exit codes, and objects for machines."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from gladly_extract import cli
from gladly_extract.check import COSTS
from gladly_extract.folder import LocalFolder
from gladly_extract.problems import Exit
from gladly_sandbox.server import Faults, Served

ROOT = Path(__file__).parents[2]


@pytest.fixture
def here(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set the environment as a user would; returns the folder."""
    for name, value in (
        ("HOST", served.url),
        ("USER", served.service.user),
        ("API_TOKEN", served.service.token),
        ("EXTRACTS_PATH", str(tmp_path / "gladly")),
        ("REPORTS_PER_MINUTE", "100000"),
        ("RETRY_WAIT", "0.01"),
    ):
        monkeypatch.setenv(f"GLADLY_{name}", value)
    return tmp_path / "gladly"


def _run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *options: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["gladly-extract", *options])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


Run = Any


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    return lambda *options: _run(capsys, monkeypatch, *options)


def test_a_pull_ends_with_a_line_for_each_extract(here: Path, run: Run) -> None:
    code, out, _ = run("pull", "--since", "2025-01-01")
    assert code == Exit.DONE
    lines = [line.split("  ")[0] for line in out.splitlines()]
    assert {"events", "exports", "reports/WorkSessionEvents"} <= set(lines)
    assert (here / "reports").is_dir()


def test_a_dry_run_prints_the_plan_and_writes_nothing(here: Path, run: Run) -> None:
    code, out, _ = run("pull", "--dry-run", "--since", "2024-11-20")
    assert code == 0
    assert "2024-11-20 to 2024-11-30, 2024-12-01 to 2024-12-31, 2025-01-01" in out
    assert "Nothing was pulled." in out
    assert not here.exists()


def test_a_plan_says_how_long_it_takes(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLADLY_REPORTS_PER_MINUTE", "10")
    code, out, _ = run("pull", "--dry-run", "--json", "--since", "2024-11-20")
    plan = json.loads(out)
    reports = [s for s in plan["steps"] if s["extract"].startswith("reports/")]
    assert sum(step["requests"] for step in reports) == 7 * 3
    assert plan["minutes"] == 2.1
    assert code == 0


def test_machines_get_one_object(here: Path, run: Run) -> None:
    code, out, _ = run("pull", "--json", "--only", "entities")
    made = json.loads(out)
    assert (code, made["exit_code"], made["problems"]) == (0, 0, [])
    assert made["extracts"][1] == {
        "extract": "entities/organization",
        "files": 1,
        "records": 1,
        "bytes": made["extracts"][1]["bytes"],
        "requests": 1,
        "retries": 0,
        "notes": [],
    }


def test_bars_and_colours_are_for_terminals(here: Path, run: Run) -> None:
    _, out, said = run("pull", "--only", "entities")
    assert "\x1b" not in out + said
    assert said == ""


def test_a_check_says_what_will_be_missing_and_what_that_costs(
    here: Path, run: Run, served: Served
) -> None:
    code, out, _ = run("check")
    assert (code, out.count("ok  ")) == (0, 19)
    served.service.faults = Faults(forbidden=["customer-profiles", "reports"])
    code, out, _ = run("check")
    assert code == Exit.PARTIAL
    assert "missing  reports/WorkSessionEvents: The user has no role" in out
    assert "without it: nothing can be built: it is required" in out
    assert out.count("missing  ") == 8


def test_what_is_missing_is_said_in_tables_that_there_are() -> None:
    models = {path.stem for path in (ROOT / "models").rglob("*.sql")}
    for extract, cost in COSTS.items():
        named = set(re.findall(r"\b(?:fct|dim|bridge|stg)_\w+", cost))
        assert named <= models
        assert named or extract in ("reports/ConversationExportReport",), (
            "what it costs is which tables stay empty"
        )


def test_a_missing_setting_is_a_sentence(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLADLY_API_TOKEN")
    code, _, said = run("pull")
    assert (code, said) == (Exit.SETTINGS, "GLADLY_API_TOKEN is not set.\n")


def test_a_wrong_token_is_a_sentence_that_does_not_hold_it(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLADLY_API_TOKEN", "s3cr3t")
    for command in ("check", "pull"):
        code, out, said = run(command)
        assert code == Exit.REFUSED
        assert "refuses GLADLY_USER with GLADLY_API_TOKEN (401)" in out + said
        assert "s3cr3t" not in out + said


def test_a_host_that_is_not_there_is_a_sentence(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLADLY_HOST", "http://127.0.0.1:9")
    monkeypatch.setenv("GLADLY_ATTEMPTS", "2")
    code, out, said = run("pull")
    assert code == Exit.UNREACHABLE
    assert "cannot be reached" in out + said


def test_a_second_pull_at_the_same_time_is_refused(here: Path, run: Run) -> None:
    with LocalFolder(here).lock():
        code, _, said = run("pull")
    assert code == Exit.BUSY
    assert said.startswith("Another pull is writing to")


def test_an_unknown_extract_is_a_sentence(here: Path, run: Run) -> None:
    code, _, said = run("pull", "--only", "everything")
    assert code == Exit.SETTINGS
    assert said.startswith("--only knows no everything; it knows events, exports")


def test_a_folder_that_cannot_be_made_is_a_sentence(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.parent.joinpath("file").write_text("")
    monkeypatch.setenv("GLADLY_EXTRACTS_PATH", str(here.parent / "file" / "below"))
    code, _, said = run("pull")
    assert code == Exit.SETTINGS
    assert "cannot be made" in said


def test_the_token_is_in_no_file(here: Path, run: Run, served: Served) -> None:
    run("pull", "--since", "2025-01-01")
    token, user = served.service.token.encode(), served.service.user.encode()
    for path in here.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            assert token not in body and user not in body
