"""Measures how fast customer ids resolve when there are very many.

Tables that the models read are written straight into a database: customer ids, of
which about one in five was absorbed. Most merges form chains of 1 to 50, one chain is
5,000 merges long, and one customer absorbed 10,000 others. Every merge is in the
events, every second one in Conversation Timestamps too, and all ids were looked up.

The models then run as dbt compiled them, each size in a process of its own, with two
threads and two GB for DuckDB. For a million ids the limits are 15 seconds and 2 GiB.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
THREADS, MEMORY_LIMIT = 2, "2GB"
SECONDS_LIMIT, GIBIBYTES_LIMIT = 15.0, 2.0
#: Sizes measured, as shares of the largest, which the limits are for.
SHARES = (0.1, 0.3, 1.0)

#: Models in the order they are built.
MODELS = (
    "int_merges_unioned",
    "int_ids_alive_dated",
    "int_merges_deduplicated",
    "int_merges_resolved",
    "int_merge_conflicts_compared",
    "int_customer_deletions_dated",
    "int_customer_ids_resolved",
    "bridge_customer_ids",
)

LONG_CHAIN, STAR = 5_000, 10_000
#: Ids of a block, of which the first 1 to 50 are absorbed, each into the next.
BLOCK = 51

console = Console(highlight=False, soft_wrap=True)

#: Every id by number; absorbed ids have the number of their survivor.
_IDS = f"""
create table ids as
with
numbered as (
    select range as n from range($ids)
),
-- The long chain, the star, then blocks.
placed as (
    select
        n,
        n - {LONG_CHAIN + STAR + 2} as place,
        case
            when n < {LONG_CHAIN} then n + 1
            when n between {LONG_CHAIN + 1} and {LONG_CHAIN + STAR}
                then {LONG_CHAIN + STAR + 1}
        end as survivor
    from numbered
)
select
    left(md5(cast(n as varchar)), 22) as id,
    left(md5(cast(coalesce(survivor, n + 1) as varchar)), 22) as surviving_id,
    survivor is not null
    or (
        place >= 0
        and place % {BLOCK} < 1 + place // {BLOCK} % {BLOCK - 1}
        and place // {BLOCK} < $blocks
    ) as is_absorbed,
    timestamp '2025-01-01' + to_milliseconds(n * 1000) as merged_at,
    n
from placed
order by md5(cast(n as varchar))
"""

_INPUTS = """
create table staging.stg_gladly__events as
select
    'customer_merged' as event_type,
    id as source_customer_id,
    surviving_id as destination_customer_id,
    cast(null as varchar) as source_conversation_id,
    cast(null as varchar) as destination_conversation_id,
    cast(null as varchar) as reported_customer_id,
    cast(null as varchar) as reason,
    merged_at as occurred_at
from ids where is_absorbed;

create table staging.stg_gladly__conversation_timestamps_report as
select
    'customer_merged' as event_type,
    id as merged_customer_id,
    surviving_id as reported_customer_id,
    cast(null as varchar) as merged_conversation_id,
    cast(null as varchar) as reported_conversation_id,
    merged_at as occurred_at
from ids where is_absorbed and n % 2 = 0;

create table staging.stg_gladly__customer_lookups as
select
    id as requested_customer_id,
    case when is_absorbed then surviving_id end as resolved_customer_id,
    case when is_absorbed then 301 when n % 100 = 0 then 404 else 200 end
        as http_status,
    timestamp '2025-06-02' as looked_up_at
from ids;

create table staging.stg_gladly__customer_profiles as
select
    id as reported_customer_id,
    false as is_gone,
    timestamp '2025-06-01' as _captured_at
from ids where not is_absorbed;

create table staging.stg_gladly__customer_mentions as
with
extracts as (
    select * from (
        values
        ('work_session_events', false),
        ('contact_export_report', false),
        ('customer_profiles', true),
        ('conversation_export_report', true)
    ) as listed (extract_name, is_proof_of_life)
)
select
    ids.id as reported_customer_id,
    extracts.extract_name,
    extracts.is_proof_of_life,
    timestamp '2025-01-02' as first_captured_at,
    timestamp '2025-06-01' as last_captured_at
from ids cross join extracts
where not (ids.is_absorbed and extracts.is_proof_of_life);

create table staging.stg_gladly__conversation_mentions as
select
    cast(null as varchar) as reported_conversation_id,
    cast(null as varchar) as extract_name,
    true as is_proof_of_life,
    cast(null as timestamp) as last_captured_at
limit 0;
"""


@dataclass(frozen=True)
class Measured:
    """What one size took: seconds of each model, and the peak of the process."""

    ids: int
    absorbed: int
    seconds: dict[str, float]
    gibibytes: float

    @property
    def total(self) -> float:
        """Seconds of all models."""
        return sum(self.seconds.values())


def compile_models(folder: Path) -> dict[str, str]:
    """Let dbt compile the models; returns their SQL by name.

    Raises:
        RuntimeError: when dbt fails; the message is what it printed.
    """
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "compile"),
            *("--no-introspect", "--select", *MODELS),
            *(f"--profiles-dir={ROOT}", f"--target-path={folder / 'target'}"),
            f"--log-path={folder}",
        ],
        cwd=ROOT,
        env={
            **os.environ,
            "GLADLY_EXTRACTS_PATH": str(folder),
            "GLADLY_DATABASE_PATH": str(folder / "gladly.duckdb"),
        },
        capture_output=True,
        check=False,
        text=True,
    )
    if ended.returncode:
        raise RuntimeError(ended.stdout + ended.stderr)
    compiled = (folder / "target" / "compiled").rglob("*.sql")
    return {path.stem: path.read_text("utf-8") for path in compiled}


def write_tables(database: Path, ids: int) -> None:
    """Write what the models read, for so many ids, of which a fifth is absorbed."""
    database.unlink(missing_ok=True)
    per_block = BLOCK / 2
    blocks = round((ids / 5 - LONG_CHAIN - STAR) / per_block)
    with duckdb.connect(str(database)) as connection:
        for schema in ("staging", "intermediate", "marts"):
            connection.execute(f"create schema {schema}")
        connection.execute(_IDS, {"ids": ids, "blocks": blocks})
        connection.execute(_INPUTS)


def run_models(database: Path, sql: dict[str, str]) -> Measured:
    """Build the models one after the other, and check what came out.

    Raises:
        ValueError: when an id is missing or a chain was not followed to its end.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "memory_limit": MEMORY_LIMIT,
    }
    seconds = {}
    with duckdb.connect(str(database), config=config) as connection:
        for name in MODELS:
            schema = "intermediate" if name.startswith("int_") else "marts"
            start = time.perf_counter()
            connection.execute(f"create table {schema}.{name} as {sql[name]}")
            seconds[name] = time.perf_counter() - start
        kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = connection.execute(
            """
            select
                count(*),
                count(*) filter (where resolution_status = 'merged'),
                max(hop_count),
                (
                    select max(members) from (
                        select count(*) as members
                        from marts.bridge_customer_ids group by customer_id
                    )
                ),
                (select count(*) from ids),
                (select count(*) from ids where is_absorbed)
            from marts.bridge_customer_ids
            """
        ).fetchone()
    assert found is not None
    ids, absorbed, longest, largest, *expected = found
    if [ids, absorbed, longest, largest] != [*expected, LONG_CHAIN, STAR + 1]:
        raise ValueError(
            f"{ids:,} ids, {absorbed:,} merged, {longest:,} hops and {largest:,} ids of"
            f" one customer at most; {expected} ids and merges were written"
        )
    return Measured(ids, absorbed, seconds, kibibytes / 1024**2)


def main(
    ids: Annotated[
        int, typer.Option(min=750_000, help="Customer ids of the largest measurement.")
    ] = 1_000_000,
) -> None:
    """Measure the resolution of customer ids; fail when a limit is broken."""
    measured = []
    # What a process peaked at can't be measured twice in it.
    processes = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="benchmark-identity-") as name:
        folder = Path(name)
        sql = compile_models(folder)
        database = folder / "gladly.duckdb"
        for share in SHARES:
            with processes.Pool(1) as writer:
                writer.apply(write_tables, (database, round(ids * share)))
            with processes.Pool(1) as runner:
                measured.append(runner.apply(run_models, (database, sql)))

    grid = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    grid.add_column("seconds of")
    for each in measured:
        grid.add_column(f"{each.ids:,} ids", justify="right")
    for model in MODELS:
        grid.add_row(model, *(f"{each.seconds[model]:.2f}" for each in measured))
    grid.add_row("all", *(f"{each.total:.2f}" for each in measured))
    grid.add_row("merges", *(f"{each.absorbed:,}" for each in measured))
    grid.add_row("peak GiB", *(f"{each.gibibytes:.2f}" for each in measured))
    console.print(grid)

    first, last = measured[0], measured[-1]
    console.print(
        f"{last.ids / first.ids:.0f} times the ids take"
        f" {last.total / first.total:.1f} times as long"
    )
    is_broken = False
    for what, figure, limit in (
        ("seconds", last.total, SECONDS_LIMIT),
        ("peak GiB", last.gibibytes, GIBIBYTES_LIMIT),
    ):
        verdict = "ok" if figure <= limit else "OVER THE LIMIT"
        console.print(f"{what}: {figure:.2f} (limit {limit:g}) {verdict}")
        is_broken |= figure > limit
    if is_broken:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
