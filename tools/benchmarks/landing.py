"""Measures how fast the largest extract, conversation items, lands.

A landing is compared with what DuckDB itself needs to read the same files into a
typed table, in one run on one machine, so that the limits hold on any machine:

- the first build may take 2.5 times as long;
- a build without new files may take 2 seconds, and lands nothing;
- a new daily file costs what the file costs: beside a history ten times as long it
  may take twice as long.

Seconds are those of the models, without the start of dbt.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import duckdb
import typer
import yaml
from rich.console import Console
from rich.table import Table

from gladly_sandbox.bulk import BulkJob, write_bulk, write_job

ROOT = Path(__file__).resolve().parents[2]
#: Threads of DuckDB, in the landing and in what it is compared with.
THREADS = 2
#: Daily export jobs of the long history, and how much shorter the short one is.
DAYS, SHORTER = 30, 10

RATIO_LIMIT = 2.5
IDLE_SECONDS_LIMIT = 2.0
GROWTH_LIMIT = 2.0

FILES_MODEL = "base_gladly__extract_files"
BASE_MODEL = "base_gladly__conversation_items"
STAGING_MODEL = "stg_gladly__conversation_items"

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Landing:
    """Seconds that each model took in a build, and the rows it added to base."""

    files: float
    base: float
    staging: float
    rows: int

    @property
    def seconds(self) -> float:
        """Seconds of all three models."""
        return self.files + self.base + self.staging


@dataclass(frozen=True)
class History:
    """Extracts of a bulk tenant, and the database they are landed in."""

    folder: Path
    items: int
    days: int

    @property
    def extracts(self) -> Path:
        """Where the extracts are."""
        return self.folder / "extracts"

    @property
    def database(self) -> Path:
        """Where they are landed."""
        return self.folder / "gladly.duckdb"

    def write(self) -> None:
        """Write the extracts, unless an earlier run did."""
        note, wanted = self.folder / "tenant.json", [self.items, self.days]
        if note.exists() and json.loads(note.read_bytes()) == wanted:
            return
        shutil.rmtree(self.extracts, ignore_errors=True)
        write_bulk(self.extracts, self.items, self.days, processes=THREADS)
        note.write_text(json.dumps(wanted))

    def read(self) -> float:
        """Return the seconds DuckDB needs to read the items into a typed table."""
        database = self.folder / "baseline.duckdb"
        database.unlink(missing_ok=True)
        files = self.extracts.glob("exports/*/conversation_items.jsonl")
        with duckdb.connect(str(database), config={"threads": THREADS}) as connection:
            start = time.perf_counter()
            connection.execute(
                """
                create table conversation_items as
                select * from read_json(
                    ?,
                    format = 'newline_delimited',
                    columns = {
                        id: 'varchar',
                        customerId: 'varchar',
                        conversationId: 'varchar',
                        timestamp: 'timestamp',
                        initiator: 'struct(id varchar, type varchar)',
                        responder: 'struct(id varchar, type varchar)',
                        content: 'json'
                    }
                )
                """,
                [sorted(str(path) for path in files)],
            )
            seconds = time.perf_counter() - start
        database.unlink()
        return seconds

    def land(self) -> Landing:
        """Build the landing of the items with dbt.

        Raises:
            RuntimeError: when dbt fails; the message is what it printed.
        """
        before = self.rows()
        target = self.folder / "target"
        ended = subprocess.run(
            [
                *(sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "run"),
                *("--select", f"+{STAGING_MODEL}"),
                *(f"--profiles-dir={self.folder.parent}", f"--target-path={target}"),
                f"--log-path={target}",
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "GLADLY_EXTRACTS_PATH": str(self.extracts),
                "GLADLY_DATABASE_PATH": str(self.database),
            },
            capture_output=True,
            check=False,
            text=True,
        )
        if ended.returncode:
            raise RuntimeError(ended.stdout + ended.stderr)
        results = json.loads((target / "run_results.json").read_bytes())["results"]
        seconds = {
            result["unique_id"].split(".")[-1]: float(result["execution_time"])
            for result in results
        }
        return Landing(
            seconds[FILES_MODEL],
            seconds[BASE_MODEL],
            seconds[STAGING_MODEL],
            self.rows() - before,
        )

    def rows(self) -> int:
        """Return how many records base holds; 0 before the first build."""
        if not self.database.exists():
            return 0
        with duckdb.connect(str(self.database), read_only=True) as connection:
            found = connection.execute(
                f"select count(*) from staging.{BASE_MODEL}"
            ).fetchone()
        return int(found[0]) if found else 0


@dataclass
class Report:
    """The figures, and the limits that were broken."""

    grid: Table
    broken: list[str] = field(default_factory=list)

    def add(self, what: str, landing: Landing | None, seconds: float) -> None:
        """Add a measurement."""
        parts = ("", "", "", "")
        if landing is not None:
            parts = (
                f"{landing.files:.2f}",
                f"{landing.base:.2f}",
                f"{landing.staging:.2f}",
                f"{landing.rows:,}",
            )
        self.grid.add_row(what, f"{seconds:.2f}", *parts)

    def check(self, what: str, figure: float, limit: float) -> None:
        """Print a figure beside its limit and note when it is over."""
        is_broken = figure > limit
        verdict = "OVER THE LIMIT" if is_broken else "ok"
        console.print(f"{what}: {figure:.2f} (limit {limit:g}) {verdict}")
        if is_broken:
            self.broken.append(what)


@contextlib.contextmanager
def workspace(folder: Path | None) -> Iterator[Path]:
    """Give a folder to work in: the one named, which stays, or a temporary one."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="benchmark-landing-") as made:
        yield Path(made)


def write_profile(folder: Path) -> None:
    """Write the project's dbt profile with the threads of the comparison."""
    profile = yaml.safe_load((ROOT / "profiles.yml").read_text())
    output = profile["gladly"]["outputs"]["local"]
    output["threads"] = THREADS
    # It is found beside the project's own profile only; the folder is there.
    output.pop("plugins", None)
    output.pop("module_paths", None)
    output.setdefault("settings", {})["threads"] = THREADS
    (folder / "profiles.yml").write_text(yaml.safe_dump(profile))


def land_one_more(history: History, job: Path) -> Landing:
    """Land a further job, and take it away again."""
    there = history.extracts / "exports" / job.name
    shutil.copytree(job, there, copy_function=os.link)
    try:
        return history.land()
    finally:
        shutil.rmtree(there)


def main(
    items: Annotated[
        int, typer.Option(min=1000, help="Items of the long history.")
    ] = 5_000_000,
    folder: Annotated[
        Path | None,
        typer.Option(help="Where extracts are written, and found by the next run."),
    ] = None,
) -> None:
    """Measure the landing of conversation items; fail when a limit is broken."""
    with workspace(folder) as root:
        write_profile(root)
        long = History(root / "long", items, DAYS)
        short = History(root / "short", items // SHORTER, DAYS // SHORTER)
        shutil.rmtree(root / "daily", ignore_errors=True)
        write_job(BulkJob(DAYS, items // DAYS, str(root / "daily"), seed=0))
        (job,) = (root / "daily" / "exports").iterdir()
        for history in (long, short):
            history.write()
            history.database.unlink(missing_ok=True)
            # An interrupted run may have left it.
            shutil.rmtree(history.extracts / "exports" / job.name, ignore_errors=True)

        grid = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
        for name in ("seconds of", "all", "files", "base", "staging", "rows landed"):
            grid.add_column(name, justify="left" if name == "seconds of" else "right")
        report = Report(grid)

        read = long.read()
        report.add(f"DuckDB reading {items:,} items", None, read)
        first = long.land()
        report.add("first build", first, first.seconds)
        idle = long.land()
        report.add("build without new files", idle, idle.seconds)
        added = land_one_more(long, job)
        report.add(f"one more day, {DAYS} before it", added, added.seconds)
        short.land()
        beside = land_one_more(short, job)
        report.add(f"one more day, {short.days} before it", beside, beside.seconds)

        console.print(grid)
        report.check(
            "base and staging of the first build / DuckDB",
            (first.base + first.staging) / read,
            RATIO_LIMIT,
        )
        report.check(
            "seconds of a build without new files", idle.seconds, IDLE_SECONDS_LIMIT
        )
        report.check("rows landed by it", idle.rows, 0)
        report.check(
            f"one more day, {DAYS} before it / {short.days} before it",
            added.seconds / beside.seconds,
            GROWTH_LIMIT,
        )
    if report.broken:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
