"""What the docs show runs, or is at least what it looks like."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from gladly_extract import cli
from gladly_extract.settings import Settings
from gladly_sandbox.server import Served

HERE = Path(__file__).parents[1]
EXAMPLES = HERE / "examples"
#: Minute, hour, day of month, month and day of week, as the examples write them.
_FIELDS = (59, 23, 31, 12, 7)


def _cron_lines() -> list[tuple[list[str], str]]:
    found = []
    for line in (EXAMPLES / "crontab").read_text("utf-8").splitlines():
        if line and not line.startswith("#") and not re.match(r"^[A-Z_]+=", line):
            *times, command = line.split(maxsplit=5)
            found.append((times, command))
    return found


def test_the_crontab_pulls_events_four_times_a_day_and_builds_at_night() -> None:
    lines = _cron_lines()
    for times, _ in lines:
        for field, most in zip(times, _FIELDS, strict=True):
            assert field == "*" or all(int(n) <= most for n in field.split(","))
    assert len(lines[0][0][1].split(",")) == 4
    assert lines[1][1].endswith("make --silent build")


def test_the_commands_of_the_crontab_are_understood(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("HOST", served.url),
        ("USER", served.service.user),
        ("API_TOKEN", served.service.token),
        ("EXTRACTS_PATH", str(tmp_path)),
    ):
        monkeypatch.setenv(f"GLADLY_{name}", value)
    for _, command in _cron_lines():
        (options,) = re.findall(r"EXTRACT='([^']*)'", command)
        asked = ["gladly-extract", *shlex.split(options), "--dry-run"]
        monkeypatch.setattr("sys.argv", asked)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert not ended.value.code


def test_the_workflow_is_one_that_github_takes() -> None:
    checked = subprocess.run(
        [
            Path(sys.executable).parent / "check-jsonschema",
            *("--builtin-schema", "vendor.github-workflows"),
            EXAMPLES / "github-workflow.yml",
        ],
        capture_output=True,
        check=False,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_dagster_jobs_load() -> None:
    pytest.importorskip("dagster")
    code = compile((EXAMPLES / "dagster_jobs.py").read_text("utf-8"), "jobs", "exec")
    made: dict[str, object] = {}
    exec(code, made)
    assert made["defs"]


def test_the_airflow_dag_is_python() -> None:
    assert compile((EXAMPLES / "airflow_dag.py").read_text("utf-8"), "dag", "exec")


def test_the_settings_in_the_readme_are_those_there_are() -> None:
    text = (HERE / "README.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `GLADLY_([A-Z_]+)` \| ([^|]+) \|", text, re.M))
    there = {
        name.upper(): _printed(field.default)
        for name, field in Settings.model_fields.items()
        if not field.is_required()
    }
    assert listed == there


def _printed(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
