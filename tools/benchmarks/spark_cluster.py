"""Measures a build on a small Spark cluster beside DuckDB's build of the same tenant.

Starts a cluster on this machine: a master, two workers with one core each, and a thrift
server, all on 127.0.0.1 and stopped in the end. The workers land, each a share of the
files, and dbt builds through the thrift server. What that did is read from its event
log: how much it shuffled, how long its tasks took, how unevenly they were loaded. The
tables of both engines are compared before anything is written.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from rich.console import Console

from benchmarks.scale import (
    BASE,
    ONLY_MODELS,
    RESULTS,
    ROOT,
    current_commit,
    run_dbt,
)
from checks.same_on_spark import unlike_tables
from gladly_sandbox.scale import write_scale

HEADING = "## On a small Spark cluster"
#: What people write below the figures begins with this heading.
NOTES = "### What follows"
HOST = "127.0.0.1"
WORKERS = 2
MEMORY_MB = 3072
THRIFT = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"
#: Seconds until a part of the cluster must answer.
PATIENCE = 120
#: Stages whose tasks take less than this in all are too short to be uneven.
STAGE_SECONDS = 1.0
console = Console(highlight=False, soft_wrap=True)


@dataclass
class Work:
    """What the event log of a build adds up to.

    Attributes:
        tasks: how many.
        by_executor: seconds of tasks by executor.
        shuffled: bytes written for another stage to read.
        fetched: bytes of these that another worker had to send.
        spilled: bytes that did not fit into memory.
        stages: seconds of each task, by stage.
    """

    tasks: int = 0
    by_executor: dict[str, float] = field(default_factory=dict)
    shuffled: int = 0
    fetched: int = 0
    spilled: int = 0
    stages: dict[tuple[int, int], list[float]] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Seconds of all tasks."""
        return sum(self.by_executor.values())

    def skew(self) -> tuple[float, float]:
        """Return how much longer the longest task takes than the middle one.

        Of stages with several tasks that take a second and more in all: the mean,
        weighted by these seconds, and the most.
        """
        uneven = [
            (sum(seconds), max(seconds) / max(median(seconds), 0.001))
            for seconds in self.stages.values()
            if len(seconds) > 1 and sum(seconds) >= STAGE_SECONDS
        ]
        total = sum(weight for weight, _ in uneven)
        if not total:
            return 1.0, 1.0
        mean = sum(weight * ratio for weight, ratio in uneven) / total
        return mean, max(ratio for _, ratio in uneven)


@dataclass
class Measured:
    """What a tenant of one size took; seconds.

    Attributes:
        conversations: of the tenant.
        landing: of DuckDB.
        duckdb: of DuckDB for all tables from staging up.
        peak: bytes of memory that DuckDB took at most.
        shares: of the workers, for landing the same.
        resolved: of Spark, for the ids that say whom to erase.
        spark: of Spark for all tables.
        tables: how many were compared and are equal.
        work: what Spark did.
    """

    conversations: int
    landing: float = 0
    duckdb: float = 0
    peak: int = 0
    shares: float = 0
    resolved: float = 0
    spark: float = 0
    tables: int = 0
    work: Work = field(default_factory=Work)


def read_work(lines: Iterator[str]) -> Work:
    """Add up an event log of Spark."""
    work = Work()
    for line in lines:
        if '"SparkListenerTaskEnd"' not in line[:60]:
            continue
        event: dict[str, Any] = json.loads(line)
        about, found = event["Task Info"], event.get("Task Metrics") or {}
        seconds = (about["Finish Time"] - about["Launch Time"]) / 1000
        executor = str(about["Executor ID"])
        stage = (event["Stage ID"], event["Stage Attempt ID"])
        work.tasks += 1
        work.by_executor[executor] = work.by_executor.get(executor, 0) + seconds
        work.stages.setdefault(stage, []).append(seconds)
        written = found.get("Shuffle Write Metrics", {})
        work.shuffled += written.get("Shuffle Bytes Written", 0)
        read = found.get("Shuffle Read Metrics", {})
        work.fetched += read.get("Remote Bytes Read", 0)
        work.spilled += found.get("Disk Bytes Spilled", 0)
    return work


def free_port() -> int:
    """Return a port of this machine that nothing listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a process listens at a port.

    Raises:
        typer.Exit: when it ends or takes too long; the end of its log is shown.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.3)
    console.print(f"{log.stem} did not start:\n{log.read_text('utf-8')[-2000:]}")
    raise typer.Exit(1)


@contextmanager
def running(
    command: list[str], log: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a part of the cluster, and stop it with all that it has started."""
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def write_settings(folder: Path) -> None:
    """Write the settings of the job that lands: one core a worker.

    The job has little to do but to wait for DuckDB.
    """
    settings = folder / "conf"
    settings.mkdir()
    shutil.copy(ROOT / "scripts/spark/log4j2.properties", settings)
    (settings / "spark-defaults.conf").write_text(
        f"spark.driver.host {HOST}\nspark.cores.max {WORKERS}\n"
        "spark.executor.cores 1\nspark.executor.memory 512m\n",
        "utf-8",
    )


@contextmanager
def cluster(folder: Path, spark_home: Path) -> Iterator[tuple[str, int]]:
    """Start a cluster with a thrift server, and stop it all.

    Yields:
        The address of the master, and the port of the thrift server.
    """
    bound = {**os.environ, "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "512m"}
    bound["SPARK_CONF_DIR"] = str(ROOT / "scripts" / "spark")
    bound["SPARK_HOME"] = str(spark_home)
    events = folder / "events"
    events.mkdir(parents=True)
    start = str(spark_home / "bin" / "spark-class")
    master_port, thrift_port = free_port(), free_port()
    master = f"spark://{HOST}:{master_port}"
    settings = {
        "spark.driver.memory": "4g",
        "spark.driver.host": HOST,
        "spark.executor.memory": f"{MEMORY_MB * 3 // 4}m",
        "spark.executor.cores": "1",
        "spark.cores.max": str(WORKERS),
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "8",
        "spark.sql.warehouse.dir": f"{folder}/tables",
        "spark.hadoop.javax.jdo.option.ConnectionURL": (
            f"jdbc:derby:;databaseName={folder}/metastore;create=true"
        ),
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={folder}",
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": events.as_uri(),
        "spark.eventLog.rolling.enabled": "false",
        "spark.eventLog.compress": "false",
    }
    with ExitStack() as stack:
        log = folder / "master.log"
        process = stack.enter_context(
            running(
                [
                    *(start, "org.apache.spark.deploy.master.Master"),
                    *("--host", HOST, "--port", str(master_port)),
                    *("--webui-port", str(free_port())),
                ],
                log,
                bound,
            )
        )
        wait_for(master_port, process, log)
        for number in range(WORKERS):
            log = folder / f"worker-{number}.log"
            port = free_port()
            process = stack.enter_context(
                running(
                    [
                        *(start, "org.apache.spark.deploy.worker.Worker", master),
                        *("--host", HOST, "--port", str(port)),
                        # The second is for landing, beside the thrift server.
                        *("--cores", "2", "--memory", f"{MEMORY_MB + 512}m"),
                        *("--webui-port", str(free_port())),
                        *("--work-dir", str(folder / f"worker-{number}")),
                    ],
                    log,
                    bound,
                )
            )
            wait_for(port, process, log)
        log = folder / "thrift.log"
        options = (("--conf", f"{name}={each}") for name, each in settings.items())
        process = stack.enter_context(
            running(
                [
                    *(str(spark_home / "bin" / "spark-submit"), "--class", THRIFT),
                    *("--master", master),
                    *(word for option in options for word in option),
                    *("--hiveconf", f"hive.server2.thrift.port={thrift_port}"),
                    *("--hiveconf", f"hive.server2.thrift.bind.host={HOST}"),
                ],
                log,
                bound,
            )
        )
        wait_for(thrift_port, process, log)
        yield master, thrift_port


def on_workers(
    folder: Path, extracts: Path, python: Path, master: str, *command: str
) -> float:
    """Have the workers land or erase, and return the seconds.

    Raises:
        typer.Exit: when they fail; it was said why.
    """
    started = time.perf_counter()
    ended = subprocess.run(
        [
            *(sys.executable, "scripts/land_on_spark.py", *command, str(folder)),
            *("--tasks", str(WORKERS), "--extracts", str(extracts)),
            *("--python", str(python)),
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "DBT_PROFILES_DIR": str(ROOT),
            "DBT_LOG_PATH": str(folder / "logs"),
            "GLADLY_EXTRACTS_PATH": str(extracts),
            "GLADLY_SPARK_MASTER": master,
            "SPARK_CONF_DIR": str(folder / "conf"),
            "SPARK_LOCAL_IP": HOST,
        },
        check=False,
    )
    if ended.returncode:
        raise typer.Exit(1)
    return time.perf_counter() - started


def build_on_cluster(
    folder: Path, python: Path, port: int, threads: int, *selected: str
) -> float:
    """Build through the thrift server, and return the seconds from node to node.

    Raises:
        typer.Exit: when it fails; dbt has said why.
    """
    target = folder / "dbt"
    ended = subprocess.run(
        [
            *(str(python), "scripts/run_spark.py", "--log-level", "warn"),
            *("--log-level-file", "info", "--log-path", str(folder / "logs")),
            *("build", "--target", "thrift"),
            *("--target-path", str(target), "--threads", str(threads), *ONLY_MODELS),
            *selected,
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "DBT_PROFILES_DIR": str(ROOT),
            "GLADLY_SPARK_PATH": str(folder),
            "GLADLY_LANDING_TASKS": str(WORKERS),
            "GLADLY_THRIFT_HOST": HOST,
            "GLADLY_THRIFT_PORT": str(port),
        },
        check=False,
    )
    if ended.returncode:
        raise typer.Exit(1)
    results = json.loads((target / "run_results.json").read_text("utf-8"))
    seconds: float = results["elapsed_time"]
    return seconds


def measure(folder: Path, conversations: int, python: Path, threads: int) -> Measured:
    """Write a tenant unless it is there, build it in both engines, and compare.

    Raises:
        typer.Exit: when a build fails, or a table is not the same.
    """
    extracts, spark = folder / "extracts", folder / "spark"
    if not extracts.exists():
        console.print(f"Writing {conversations:,} conversations")
        write_scale(extracts, conversations)
    for path in folder.glob("gladly.duckdb*"):
        path.unlink()
    shutil.rmtree(spark, ignore_errors=True)
    found = Measured(conversations)
    landed = run_dbt(folder, "build", "--select", BASE, *ONLY_MODELS)
    built = run_dbt(folder, "build", "--exclude", BASE, *ONLY_MODELS)
    found.landing, found.duckdb = landed.seconds, built.seconds
    found.peak = max(landed.peak, built.peak)
    console.print(
        f"DuckDB: {found.landing:.0f} s to land, {found.duckdb:.0f} s for all"
    )
    spark_home = next(python.parents[1].glob("lib/python3*/site-packages/pyspark"))
    with cluster(spark, spark_home) as (master, port):
        write_settings(spark)
        found.shares = on_workers(spark, extracts, python, master, "land")
        console.print(f"The workers: {found.shares:.0f} s to land")
        found.resolved = build_on_cluster(
            spark, python, port, threads, "--selector", "landed"
        )
        on_workers(spark, extracts, python, master, "erase")
        found.spark = build_on_cluster(spark, python, port, threads)
    console.print(f"Spark: {found.spark:.0f} s")
    [log] = [path for path in (spark / "events").iterdir() if path.is_file()]
    with open(log, encoding="utf-8") as lines:
        found.work = read_work(lines)
    found.tables, unlike = unlike_tables(folder / "gladly.duckdb", spark / "tables")
    if unlike or not found.tables:
        for table, how in unlike.items():
            console.print(f"{table}: {how}")
        raise typer.Exit(1)
    return found


def report(measured: list[Measured], commit: str, threads: int) -> str:
    """Return the section of the results, as Markdown."""
    parts = [
        HEADING,
        "",
        f"`make benchmark-spark`, commit {commit}: a master, {WORKERS} workers of one"
        f" core and {MEMORY_MB / 1024:.0f} GB each and a thrift server, all on the"
        f" machine of above, {os.cpu_count()} processors; dbt with {threads} threads."
        " DuckDB builds the same tables of the same tenant just before. All tables of"
        " marts and audit are equal.",
        "",
        "| | "
        + " | ".join(f"{each.conversations:,} conversations" for each in measured)
        + " |",
        "|---|" + "---|" * len(measured),
    ]
    rows: dict[str, list[str]] = {}
    for each in measured:
        mean, most = each.work.skew()
        loads = each.work.by_executor.values()
        share = max(loads, default=0) / max(each.work.seconds, 0.001)
        busy = each.work.seconds / (WORKERS * (each.resolved + each.spark))
        for title, cell in (
            ("DuckDB lands", f"{each.landing:.0f} s"),
            ("the workers land the same, a share each", f"{each.shares:.0f} s"),
            ("Spark resolves ids, for erasure", f"{each.resolved:.0f} s"),
            ("DuckDB, all tables from staging up", f"{each.duckdb:.0f} s"),
            ("Spark, all tables from staging up", f"{each.spark:.0f} s"),
            ("tasks of the last two, on both workers", f"{each.work.seconds:.0f} s"),
            ("share of the time that workers are busy", f"{busy:.0%}"),
            ("tasks", f"{each.work.tasks:,}"),
            ("shuffled", f"{each.work.shuffled / 1e6:,.0f} MB"),
            ("of these from the other worker", f"{each.work.fetched / 1e6:,.0f} MB"),
            ("spilled to disk", f"{each.work.spilled / 1e6:,.0f} MB"),
            ("longest task of a stage / middle one", f"{mean:.1f}, at most {most:.1f}"),
            ("share of the busier worker", f"{share:.0%}"),
            ("DuckDB's peak memory", f"{each.peak / 1e9:.1f} GB"),
            ("tables compared, all equal", str(each.tables)),
        ):
            rows.setdefault(title, []).append(cell)
    parts += [f"| {title} | {' | '.join(cells)} |" for title, cells in rows.items()]
    return "\n".join(parts) + "\n"


def with_section(written: str, section: str) -> str:
    """Put the section at the end of the results, before what people wrote about it."""
    before, _, old = written.partition(HEADING)
    _, heading, notes = old.partition(NOTES)
    kept = f"\n{heading}{notes}" if heading else ""
    return before.rstrip("\n") + "\n\n" + section + kept


def main(
    sizes: Annotated[
        list[int] | None, typer.Argument(help="Conversations of each tenant.")
    ] = None,
    folder: Annotated[
        Path, typer.Option(help="Where tenants, databases and tables are kept.")
    ] = Path("target/benchmark-spark"),
    out: Annotated[Path, typer.Option(help="Results, as Markdown.")] = RESULTS,
    python: Annotated[Path, typer.Option(help="The Python that has Spark.")] = ROOT
    / ".venv-spark/bin/python",
    threads: Annotated[int, typer.Option(help="Statements at a time.")] = 8,
) -> None:
    """Measure builds on a small cluster: of 10,000 and 100,000 by default."""
    # Told to end, it still stops what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    measured = []
    for size in sizes or [10_000, 100_000]:
        place = folder.resolve() / str(size)
        place.mkdir(parents=True, exist_ok=True)
        measured.append(measure(place, size, python.absolute(), threads))
        # After each size, so that one that is stopped does not lose those before it.
        written = out.read_text("utf-8") if out.exists() else "# Results\n"
        section = report(measured, current_commit(), threads)
        out.write_text(with_section(written, section), "utf-8")
        console.print(f"Results in {out}")


if __name__ == "__main__":
    typer.run(main)
