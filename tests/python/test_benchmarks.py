"""What the benchmark reads and keeps; its builds are too long for a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.scale import NOTES, Measured, last_day, notes, read_floor, report
from gladly_sandbox.scale import write_scale


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the extracts of the smallest tenant there is for benchmarks."""
    out = tmp_path_factory.mktemp("scale") / "extracts"
    write_scale(out, 1_000, seed=3, days=60)
    return out


def test_the_floor_reads_every_kind_of_file(extracts: Path) -> None:
    assert read_floor(extracts) > 0
    assert [path.name for path in extracts.parent.iterdir()] == ["extracts"]


def test_the_last_day_is_what_was_pulled_in_the_last_night(extracts: Path) -> None:
    found = [path.relative_to(extracts) for path in last_day(extracts)]
    assert {path.parts[0] for path in found} >= {"events", "exports", "reports"}
    [events] = [path for path in found if path.parts[0] == "events"]
    assert events.name == max(path.name for path in (extracts / "events").iterdir())


def test_results_have_each_ratio_beside_its_target_and_keep_the_notes(
    tmp_path: Path,
) -> None:
    small = Measured(
        conversations=10_000, raw_bytes=100, database_bytes=150, floor=2, landing=3,
        models=5, tests=4, one_day=2, nothing_new=1, peak=2_000_000_000,
        nodes={"fct_a": 1.0, "fct_b": 2.0},
    )  # fmt: skip
    large = Measured(
        conversations=100_000, raw_bytes=1000, database_bytes=1500, floor=20,
        landing=30, models=50, tests=40, one_day=20, nothing_new=1, peak=3_000_000_000,
        nodes={"fct_a": 11.0, "fct_b": 16.0},
    )  # fmt: skip
    lines = report([small, large], "abc1234").splitlines()
    assert "| landing / floor | 1.50 | 1.50 | 1.5 |" in lines
    assert "| one more day / all | 0.25 | 0.25 | 0.05 |" in lines
    assert "| peak memory | 2.00 GB | 3.00 GB | |" in lines
    assert lines[-2:] == ["| `fct_b` | 16.0 | 8.0 |", "| `fct_a` | 11.0 | 11.0 |"]

    out = tmp_path / "RESULTS.md"
    assert notes(out) == ""
    out.write_text(f"# Results\n\n| old |\n\n{NOTES}\n\nDisk.\n", "utf-8")
    assert notes(out) == f"\n{NOTES}\n\nDisk.\n"
