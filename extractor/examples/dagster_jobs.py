"""Gladly by Dagster: events every six hours, everything and the tables at night.

Load it with ``dagster dev -f dagster_jobs.py``. The settings are environment
variables; the project is checked out at GLADLY_PROJECT.
"""

import json
import os
import subprocess

from dagster import (
    AssetSelection,
    Definitions,
    Failure,
    MaterializeResult,
    RetryPolicy,
    ScheduleDefinition,
    asset,
    define_asset_job,
)

PROJECT = os.environ.get("GLADLY_PROJECT", ".")
COMMAND = (f"{PROJECT}/.venv/bin/python", "-m", "gladly_extract", "pull", "--json")
#: Exit codes: something is lost for good, all else was pulled; a person is needed.
LOST, FINAL = 7, (2, 4)
AGAIN = RetryPolicy(max_retries=5, delay=600)


def pull(*options: str) -> MaterializeResult:
    """Pull and return what came of it."""
    ended = subprocess.run(
        [
            f"{PROJECT}/.venv/bin/python",
            "-m",
            "gladly_extract",
            "pull",
            "--json",
            *options,
        ],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": f"{PROJECT}/extractor/src"},
        capture_output=True,
        check=False,
        text=True,
    )
    made = json.loads(ended.stdout) if ended.stdout else {"extracts": []}
    said = [each["sentence"] for each in made.get("problems", [])] or [ended.stderr]
    if ended.returncode not in (0, LOST):
        raise Failure(" ".join(said), allow_retries=ended.returncode not in FINAL)
    return MaterializeResult(
        metadata={
            "lost": " ".join(said) if ended.returncode == LOST else "nothing",
            "files": sum(each["files"] for each in made["extracts"]),
            "records": sum(each["records"] for each in made["extracts"]),
        }
    )


@asset(retry_policy=AGAIN)
def gladly_events() -> MaterializeResult:
    """Events, which Gladly keeps for a day."""
    return pull("--only", "events")


@asset(retry_policy=AGAIN)
def gladly_extracts() -> MaterializeResult:
    """Everything due since the last pull."""
    return pull()


@asset(deps=[gladly_extracts])
def gladly_tables() -> None:
    """The tables and the docs."""
    subprocess.run(["make", "build"], cwd=PROJECT, check=True)


defs = Definitions(
    assets=[gladly_events, gladly_extracts, gladly_tables],
    schedules=[
        ScheduleDefinition(
            job=define_asset_job("events", AssetSelection.assets(gladly_events)),
            cron_schedule="15 5,11,17,23 * * *",
        ),
        ScheduleDefinition(
            job=define_asset_job(
                "tables", AssetSelection.assets(gladly_extracts, gladly_tables)
            ),
            cron_schedule="15 2 * * *",
        ),
    ],
)
