"""Gladly by Airflow 2.7 or newer: events every six hours, everything at night.

The settings are an environment of the workers, or a connection of your secrets
backend; the project is checked out at PROJECT. Not run in this project's tests.
"""

from __future__ import annotations

import logging
import os
import subprocess

import pendulum
from airflow.decorators import dag, task
from airflow.exceptions import AirflowFailException

PROJECT = "/opt/gladly-dbt"
#: Exit codes: something is lost for good, all else was pulled; a person is needed.
LOST, FINAL = 7, (2, 4)


def extract(*options: str) -> None:
    """Pull; a code that another try cannot mend fails the task at once.

    make would say 2 for every failure, so the command itself is called.
    """
    code = subprocess.run(
        [f"{PROJECT}/.venv/bin/python", "-m", "gladly_extract", "pull", *options],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": f"{PROJECT}/extractor/src"},
        check=False,
    ).returncode
    if code in FINAL:
        raise AirflowFailException(f"gladly-extract ended with {code}")
    if code == LOST:
        logging.getLogger(__name__).warning("something is lost; see above")
    elif code:
        raise RuntimeError(f"gladly-extract ended with {code}; it goes on from there")


@dag(
    schedule="15 5,11,17,23 * * *",
    start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
)
def gladly_events() -> None:
    """Pull events, which Gladly keeps for a day."""

    @task(retries=5, retry_delay=pendulum.duration(minutes=10))
    def events() -> None:
        extract("--only", "events")

    events()


@dag(
    schedule="15 2 * * *",
    start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
)
def gladly_tables() -> None:
    """Pull everything due, then build."""

    @task(retries=5, retry_delay=pendulum.duration(minutes=10))
    def pull() -> None:
        extract()

    @task
    def build() -> None:
        subprocess.run(["make", "build"], cwd=PROJECT, check=True)

    pull() >> build()


gladly_events()
gladly_tables()
