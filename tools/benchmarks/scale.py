"""Measures a build of a large tenant, from landing to tests, and writes the results.

In one run on one machine, at each size: what DuckDB itself needs to read the same files
once into typed tables (the floor), landing, the models from landed base tables, their
tests, a build with one more day after a year, and a build without anything new; peak
memory, size on disk, and the slowest nodes. Ratios hold on any machine; seconds do not.
Seconds are those between the first node and the last, without the start of dbt.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console

from gladly_sandbox.scale import write_scale

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
THREADS = 2
BASE = "path:models/staging/gladly/base"
ONLY_MODELS = (
    "--exclude-resource-type",
    "unit_test",
    "--exclude-resource-type",
    "test",
)
SLOWEST = 10
#: What people write in the results begins with this heading.
NOTES = "## What remains"
#: What each ratio may be at most; see RESULTS.md for what is reached.
TARGETS = {
    "landing / floor": 1.5,
    "landing and models / floor": 3.0,
    "tests / models": 1.0,
    "one more day / all": 0.05,
    "nothing new / all": 0.02,
    "database / raw files": 1.2,
}

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Run:
    """One call of dbt.

    Attributes:
        seconds: from the first node to the last, two at a time.
        nodes: seconds of each node by name.
        peak: bytes of memory at most.
    """

    seconds: float
    nodes: dict[str, float]
    peak: int


@dataclass
class Measured:
    """What a tenant of one size took; seconds, and bytes where it says so."""

    conversations: int
    raw_bytes: int = 0
    database_bytes: int = 0
    floor: float = 0
    landing: float = 0
    models: float = 0
    tests: float = 0
    one_day: float = 0
    nothing_new: float = 0
    peak: int = 0
    nodes: dict[str, float] = field(default_factory=dict)

    def ratios(self) -> dict[str, float]:
        """Return each ratio that has a target."""
        everything = self.landing + self.models
        return {
            "landing / floor": self.landing / self.floor,
            "landing and models / floor": everything / self.floor,
            "tests / models": self.tests / self.models,
            "one more day / all": self.one_day / everything,
            "nothing new / all": self.nothing_new / everything,
            "database / raw files": self.database_bytes / self.raw_bytes,
        }


def run_dbt(folder: Path, *command: str) -> Run:
    """Run dbt over the extracts of a folder, on two threads.

    Raises:
        typer.Exit: when it fails; what it said is shown.
    """
    target = folder / "target"
    with open(folder / "dbt.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [
                str(Path(sys.executable).with_name("dbt")),
                *("--log-level", "warn", "--log-path", str(folder / "logs")),
                *command,
                *("--target-path", str(target), "--threads", str(THREADS)),
                *("--vars", '{"export_parquet": false}'),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "DBT_PROFILES_DIR": str(ROOT),
                "GLADLY_EXTRACTS_PATH": str(folder / "extracts"),
                "GLADLY_DATABASE_PATH": str(folder / "gladly.duckdb"),
            },
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
    if status:
        console.print((folder / "dbt.log").read_text("utf-8"))
        raise typer.Exit(1)
    results = json.loads((target / "run_results.json").read_text("utf-8"))
    return Run(
        results["elapsed_time"],
        {
            each["unique_id"].split(".")[2]: each["execution_time"]
            for each in results["results"]
        },
        used.ru_maxrss * 1024,
    )


def read_floor(extracts: Path) -> float:
    """Return the seconds DuckDB needs to read every file once into typed tables.

    Types are detected on the newest file of each kind and given for all others, for
    detecting them on each of a thousand small files takes longer than reading those.
    Nested objects stay JSON.
    """
    reports = sorted((extracts / "reports").iterdir())
    lists = sorted((extracts / "entities").iterdir())
    jobs = ("conversation_items", "customers", "agents", "topics")
    sources = [("read_csv", f"{folder}/*.csv") for folder in reports]
    sources += [("read_json", f"{extracts}/exports/*/{name}.jsonl") for name in jobs]
    sources += [("read_json", f"{folder}/*.jsonl") for folder in lists]
    sources += [("read_json", f"{extracts}/events/*.jsonl")]
    database = extracts.parent / "floor.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database), config={"threads": THREADS}) as connection:
        connection.execute("set enable_progress_bar = false")
        started = time.perf_counter()
        for number, (reader, files) in enumerate(sources):
            connection.execute(
                f"create table source_{number} as select * from "
                f"{reader}('{files}', {detected(connection, reader, files)})"
            )
        connection.execute("checkpoint")
        seconds = time.perf_counter() - started
    database.unlink()
    return seconds


def detected(connection: duckdb.DuckDBPyConnection, reader: str, files: str) -> str:
    """Return the options that give a reader the types found in the newest file."""
    nested = "maximum_depth = 2" if reader == "read_json" else "header = true"
    newest = connection.execute(f"select max(file) from glob('{files}')").fetchall()
    found = connection.execute(
        "select column_name, column_type from "
        f"(describe from {reader}('{newest[0][0]}', {nested}))"
    ).fetchall()
    types = {
        name: "JSON" if kind.startswith(("STRUCT", "MAP")) else kind
        for name, kind in found
    }
    options = f"columns = {types}"
    if reader == "read_csv":
        options += """, header = true, auto_detect = false, delim = ',', quote = '"',
            escape = '"'"""
    return options


def last_day(extracts: Path) -> list[Path]:
    """Return the files that were pulled in the night after the last day."""
    newest = max(path.name for path in (extracts / "events").iterdir())
    stamp = newest.split("__")[0]
    job = max(path.name for path in (extracts / "exports").iterdir())
    return sorted(
        path
        for path in extracts.rglob("*")
        if path.is_file() and (path.name.startswith(stamp) or path.parent.name == job)
    )


def move(files: Iterable[Path], source: Path, target: Path) -> None:
    """Move files from one folder to the same places below another."""
    for path in files:
        moved = target / path.relative_to(source)
        moved.parent.mkdir(parents=True, exist_ok=True)
        path.rename(moved)


def measure(folder: Path, conversations: int) -> Measured:
    """Write a tenant unless it is there, build it in steps, and return what it took."""
    extracts, kept = folder / "extracts", folder / "last-day"
    if not extracts.exists():
        console.print(f"Writing {conversations:,} conversations")
        write_scale(extracts, conversations, threads=THREADS)
    found = Measured(conversations)
    files = [path for path in extracts.rglob("*") if path.is_file()]
    found.raw_bytes = sum(path.stat().st_size for path in files)
    found.floor = read_floor(extracts)
    for path in folder.glob("gladly.duckdb*"):
        path.unlink()
    move(last_day(extracts), extracts, kept)
    try:
        landed = run_dbt(folder, "build", "--select", BASE, *ONLY_MODELS)
        built = run_dbt(folder, "build", "--exclude", BASE, *ONLY_MODELS)
        tested = run_dbt(folder, "test", "--exclude-resource-type", "unit_test")
        again = run_dbt(folder, "build", *ONLY_MODELS)
        found.database_bytes = (folder / "gladly.duckdb").stat().st_size
    finally:
        move([path for path in kept.rglob("*") if path.is_file()], kept, extracts)
        shutil.rmtree(kept)
    day = run_dbt(folder, "build", *ONLY_MODELS)
    found.landing, found.models = landed.seconds, built.seconds
    found.tests, found.nothing_new = tested.seconds, again.seconds
    found.one_day = day.seconds
    found.peak = max(run.peak for run in (landed, built, tested, again, day))
    found.nodes = {**landed.nodes, **built.nodes}
    return found


def report(measured: list[Measured], commit: str) -> str:
    """Return the results as Markdown."""
    parts = [
        "# Results of make benchmark",
        "",
        f"{platform.machine()}, {os.cpu_count()} processors, {THREADS} threads; Python "
        f"{platform.python_version()}, DuckDB {version('duckdb')}, dbt "
        f"{version('dbt-core')}; commit {commit}. Seconds are those between "
        "the first node and the last; dbt needs some more to start. What 3,000 files "
        "and 250 models cost by themselves is the same at any size.",
        "",
        "| | "
        + " | ".join(f"{each.conversations:,} conversations" for each in measured)
        + " | target |",
        "|---|" + "---|" * (len(measured) + 1),
    ]
    for title, name in (
        ("floor", "floor"),
        ("landing", "landing"),
        ("models from landed base", "models"),
        ("tests", "tests"),
        ("one more day", "one_day"),
        ("nothing new", "nothing_new"),
    ):
        cells = [f"{getattr(each, name):.1f} s" for each in measured]
        parts.append(f"| {title} | {' | '.join(cells)} | |")
    for title, name in (
        ("peak memory", "peak"),
        ("raw files", "raw_bytes"),
        ("database", "database_bytes"),
    ):
        cells = [f"{getattr(each, name) / 1e9:.2f} GB" for each in measured]
        parts.append(f"| {title} | {' | '.join(cells)} | |")
    for name, target in TARGETS.items():
        cells = [f"{each.ratios()[name]:.2f}" for each in measured]
        parts.append(f"| {name} | {' | '.join(cells)} | {target} |")
    largest = measured[-1]
    smaller = measured[-2] if len(measured) > 1 else None
    growth = f" and growth from {smaller.conversations:,}" if smaller else ""
    parts += [
        "",
        f"## The slowest nodes at {largest.conversations:,}{growth}",
        "",
        "| node | seconds | times as long |",
        "|---|---|---|",
    ]
    slowest = sorted(largest.nodes.items(), key=lambda each: -each[1])[:SLOWEST]
    for node, seconds in slowest:
        before = smaller.nodes.get(node) if smaller else None
        times = f"{seconds / before:.1f}" if before else ""
        parts.append(f"| `{node}` | {seconds:.1f} | {times} |")
    return "\n".join(parts) + "\n"


def current_commit() -> str:
    """Return the commit that is checked out, in short; empty where there is no Git."""
    return subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        text=True,
    ).stdout.strip()


def notes(out: Path) -> str:
    """Return what people wrote below the figures, which a new run does not know."""
    written = out.read_text("utf-8") if out.exists() else ""
    _, heading, text = written.partition(NOTES)
    return f"\n{heading}{text}" if heading else ""


def main(
    sizes: Annotated[
        list[int] | None, typer.Argument(help="Conversations of each tenant.")
    ] = None,
    folder: Annotated[
        Path, typer.Option(help="Where tenants and databases are kept.")
    ] = Path("target/benchmark"),
    out: Annotated[Path, typer.Option(help="Results, as Markdown.")] = RESULTS,
) -> None:
    """Measure builds of tenants of the given sizes: 10,000 and 100,000 by default."""
    measured = []
    for size in sizes or [10_000, 100_000]:
        place = folder.resolve() / str(size)
        place.mkdir(parents=True, exist_ok=True)
        measured.append(measure(place, size))
        console.print(measured[-1].ratios())
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(report(measured, current_commit()) + notes(out), "utf-8")
    console.print(f"Results in {out}")


if __name__ == "__main__":
    typer.run(main)
