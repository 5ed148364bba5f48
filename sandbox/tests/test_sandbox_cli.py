"""The command line says what is wrong and writes nothing then."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from gladly_sandbox.cli import app
from gladly_sandbox.truth import KEYS

runner = CliRunner()


def _run(*arguments: str) -> tuple[int, str]:
    result = runner.invoke(app, list(arguments), env={"COLUMNS": "300"})
    return result.exit_code, " ".join(result.output.split())


def test_a_random_tenant_is_written_with_its_truth(tmp_path: Path) -> None:
    """Extracts in one folder, a file for each table of truth in another."""
    out, truth = tmp_path / "out", tmp_path / "truth"
    code, text = _run(
        "write", "--customers", "10", "--days", "3", "--seed", "4",
        "--out", str(out), "--truth", str(truth),
    )  # fmt: skip
    assert code == 0, text
    assert "as of 2025-01-04 02:00:00." in text
    assert sorted(path.name for path in out.iterdir()) == [
        "entities",
        "events",
        "exports",
        "lookups",
        "reports",
    ]
    assert {path.stem for path in truth.glob("*.jsonl")} == set(KEYS)


def test_bulk_says_what_it_wrote(tmp_path: Path) -> None:
    """Items, size, jobs."""
    out = str(tmp_path / "out")
    code, text = _run("bulk", "--items", "60", "--files", "2", "--out", out)
    assert code == 0, text
    assert text.startswith("60 items, 0.0 MB, in 2 jobs")


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    """And left as it was."""
    (tmp_path / "file").write_text("mine")
    code, text = _run("write", "--customers", "10", "--out", str(tmp_path))
    assert code == 2
    assert "is not empty" in text
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["write"], "say what to write"),
        (["write", "--stories", "--customers", "5"], "say what to write"),
        (["write", "--customers", "1"], "must be at least 2"),
        (["write", "--customers", "5", "--days", "0"], "must be at least 2"),
        (["bulk", "--items", "5", "--files", "9"], "more files than items"),
        (["bulk", "--items", "0"], "must be at least 1"),
    ],
)
def test_bad_numbers_and_contradictions_are_refused(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    """Exit code 2 and a sentence."""
    code, text = _run(*arguments, "--out", str(tmp_path / "out"))
    assert code == 2
    assert message in text
    assert not (tmp_path / "out").exists()


def test_truth_inside_the_extracts_is_refused(tmp_path: Path) -> None:
    """The build would try to land it."""
    out = tmp_path / "out"
    code, text = _run(
        "write", "--customers", "5", "--out", str(out), "--truth", str(out / "t")
    )
    assert code == 2
    assert "must lie outside --out" in text
