"""Compare what both engines make of random tenants, in several reporting time zones.

Two of three tenants live through a night when the clocks of New York change, and files
arrive in several parts in an order of chance. DuckDB lands each part as it comes, then
makes all tables in each time zone; Spark makes them of what has landed in the end, all
tenants in one session. Exits with 1 when a table differs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from checks.same_on_spark import unlike_tables
from gladly_sandbox.clock import moment
from gladly_sandbox.extracts import regular_plan, write_extracts
from gladly_sandbox.oddities import copy_units, landing_order
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.scenes import EVERY_SCENE
from write_landed import main as write_landed

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS, DAYS = 120, 12
#: First days of tenants by turns: clocks go back, go forward, and stay as they are.
STARTS = ("2024-10-28", "2025-03-03", "2025-01-01")
#: In how many parts files arrive.
BATCHES = 3


@dataclass(frozen=True)
class Case:
    """A tenant in a reporting time zone.

    Attributes:
        folder: what belongs to both; the database of DuckDB and the files of Spark.
        timezone: of reports.
    """

    folder: Path
    timezone: str

    @property
    def database(self) -> Path:
        """The database of DuckDB."""
        return self.folder / "gladly.duckdb"

    @property
    def spark(self) -> Path:
        """The folder of Spark."""
        return self.folder / "spark"


@dataclass(frozen=True)
class Workplace:
    """Where DuckDB builds every tenant, so that dbt reads the project once a zone."""

    folder: Path

    @property
    def extracts(self) -> Path:
        """The folder in which files arrive."""
        return self.folder / "extracts"

    @property
    def database(self) -> Path:
        """The database that is built into."""
        return self.folder / "gladly.duckdb"

    def clear(self) -> None:
        """Begin anew with another tenant."""
        shutil.rmtree(self.extracts, ignore_errors=True)
        self.database.unlink(missing_ok=True)

    def build(self, timezone: str, *flags: str) -> int:
        """Build without tests as `make build` does, and return the exit code."""
        target = self.folder / f"dbt-{timezone.replace('/', '-')}"
        return subprocess.run(
            [
                *(sys.executable, "scripts/run_dbt.py", "--no-docs"),
                *("--vars", variables(timezone), "--target", str(target)),
                *("--", "--exclude-resource-type", "test", *flags),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "GLADLY_EXTRACTS_PATH": str(self.extracts),
                "GLADLY_DATABASE_PATH": str(self.database),
                "DBT_PROFILES_DIR": str(ROOT),
                "DBT_LOG_PATH": str(self.folder / "logs"),
            },
            check=False,
        ).returncode


def variables(timezone: str) -> str:
    """Return the variables of the project, as dbt takes them."""
    return f"{{reporting_timezone: {timezone}, export_parquet: false}}"


def first_day(seed: int) -> datetime:
    """Return the midnight at which a tenant begins, UTC."""
    return moment(STARTS[seed % len(STARTS)])


def write_tenant(seed: int, extracts: Path) -> None:
    """Write the extracts of a tenant, every second one in the time of New York."""
    tenant = random_tenant(
        CUSTOMERS, DAYS, seed, start=first_day(seed), scenes=EVERY_SCENE
    )
    plan = regular_plan(tenant, DAYS, report_every=3)
    if seed % 2:
        plan = [replace(each, timezone="America/New_York") for each in plan]
    write_extracts(tenant, plan, extracts)


def land(seed: int, extracts: Path, work: Workplace, timezone: str) -> None:
    """Let the files of a tenant arrive in parts, and land each part.

    Raises:
        typer.Exit: when the last part does not land; dbt has said why.
    """
    work.clear()
    code = 0
    for part in landing_order(extracts, BATCHES, seed=seed):
        copy_units(extracts, part, work.extracts)
        # Until all required extracts are there, a build stops with a sentence.
        code = work.build(timezone, "--selector", "landed")
    if code:
        raise typer.Exit(code)


def build(case: Case, landed: Path, work: Workplace) -> None:
    """Make all tables of what has landed in DuckDB, and write what Spark reads.

    Raises:
        typer.Exit: when DuckDB does not; dbt has said why.
    """
    case.folder.mkdir(parents=True)
    shutil.copy(landed, work.database)
    write_landed(work.database, case.spark)
    if code := work.build(case.timezone):
        raise typer.Exit(code)
    shutil.move(work.database, case.database)


def main(
    seeds: Annotated[list[int], typer.Argument(help="Seeds of the tenants.")],
    folder: Annotated[Path, typer.Option(help="Emptied; where all is built.")],
    zones: Annotated[
        str, typer.Option(help="Reporting time zones, a space between two.")
    ] = "UTC America/New_York",
    python: Annotated[Path, typer.Option(help="The Python that has Spark.")] = ROOT
    / ".venv-spark/bin/python",
) -> None:
    """Compare random tenants in both engines."""
    shutil.rmtree(folder, ignore_errors=True)
    work, cases = Workplace(folder.resolve() / "duckdb"), []
    for seed in seeds:
        typer.echo(f"Tenant {seed}: landing in {BATCHES} parts")
        place = folder.resolve() / f"tenant-{seed}"
        write_tenant(seed, place / "extracts")
        land(seed, place / "extracts", work, zones.split()[0])
        landed = place / "landed.duckdb"
        shutil.move(work.database, landed)
        for zone in zones.split():
            case = Case(place / zone.replace("/", "-"), zone)
            build(case, landed, work)
            cases.append(case)
    arguments = [
        each for case in cases for each in (str(case.spark), variables(case.timezone))
    ]
    built = subprocess.run(
        [str(python), "-m", "checks.build_on_spark", *arguments], cwd=ROOT, check=False
    )
    if built.returncode:
        raise typer.Exit(built.returncode)
    unlike = 0
    for case in cases:
        compared, differing = unlike_tables(case.database, case.spark / "tables")
        for table, how in differing.items():
            typer.echo(f"{table}: {how}")
        typer.echo(
            f"{case.folder.parent.name}, {case.timezone}: {len(differing)} of"
            f" {compared} tables differ"
        )
        unlike += len(differing) + (not compared)
    if unlike:
        raise typer.Exit(1)
    typer.echo(f"All tables of {len(cases)} tenants and zones are the same on Spark")


if __name__ == "__main__":
    typer.run(main)
