"""Tenants for benchmarks: equal arguments give equal bytes, and ids stay in order."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from gladly_sandbox.scale import Totals, write_scale

DAYS = 60


def digest(folder: Path) -> str:
    """Return a hash of all file names and bytes of a folder."""
    made = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            made.update(path.relative_to(folder).as_posix().encode())
            made.update(path.read_bytes())
    return made.hexdigest()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Totals]:
    out = tmp_path_factory.mktemp("scale") / "extracts"
    return out, write_scale(out, 1_000, seed=3, days=DAYS)


def test_equal_arguments_give_equal_bytes(
    written: tuple[Path, Totals], tmp_path: Path
) -> None:
    again = tmp_path / "again"
    assert write_scale(again, 1_000, seed=3, days=DAYS, threads=1) == written[1]
    assert digest(again) == digest(written[0])


def test_the_totals_are_those_of_the_files(written: tuple[Path, Totals]) -> None:
    out, totals = written
    sessions: dict[str, float] = {}
    for path in out.glob("reports/WorkSessionEvents/*.csv"):
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                sessions[row["id"]] = float(row["work_session_handle_time_sec"])
    assert len(sessions) == totals.work_sessions
    assert sum(sessions.values()) == totals.handle_seconds
    closings = messages = 0
    for path in out.glob("reports/ConversationTimestampsReport/*.csv"):
        closings += path.read_text("utf-8").count(",CONVERSATION/CLOSED,")
    for path in out.glob("exports/*/conversation_items.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            content = json.loads(line)["content"]
            messages += "content" in content
    assert (closings, messages) == (totals.closings, totals.messages)


def test_contacts_are_captured_three_times_and_customers_merge(
    written: tuple[Path, Totals],
) -> None:
    out, totals = written
    rows = 0
    for path in out.glob("reports/ContactExportReportV3/*.csv"):
        rows += path.read_text("utf-8").count("\n") - 1
    assert 2.8 < rows / totals.contacts <= 3
    assert 0 < totals.absorbed_conversations < totals.absorbed_customers


@pytest.mark.parametrize(("conversations", "days"), [(999, 60), (1_000, 59)])
def test_too_small_a_tenant_is_refused(
    conversations: int, days: int, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="at least 1000 conversations and 60 days"):
        write_scale(tmp_path / "small", conversations, days=days)
