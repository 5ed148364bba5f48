"""Fills an extracts folder as an organisation would, sixty days in a minute.

A simulated tenant is served on this machine, and pulled as Gladly would be: events
every twelve hours, everything every night. Its limits are waived; the extractor is
the same. After each night the clock moves to the next.
"""

from __future__ import annotations

import io
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import anyio
import typer
from rich.console import Console
from rich.progress import track

from gladly_extract.plan import Wanted
from gladly_extract.problems import Problem
from gladly_extract.results import Results
from gladly_extract.run import pull
from gladly_extract.settings import Settings
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.server import Limits, Served, World, serving
from gladly_sandbox.server.app import Service

#: More than a pull of this tenant could ask for.
NO_LIMIT = 100_000
HALF_A_DAY = timedelta(hours=12)


def settings_for(served: Served, extracts: Path) -> Settings:
    """Return the settings that the environment would give elsewhere."""
    service = served.service
    return Settings(
        host=served.url,
        user=service.user,
        api_token=service.token,  # type: ignore[arg-type]
        extracts_path=str(extracts),
        requests_per_second=NO_LIMIT,
        reports_per_minute=NO_LIMIT,
        retry_wait=0.01,
    )


def pull_nights(served: Served, extracts: Path, days: int, console: Console) -> Results:
    """Pull night after night and return what came of the last one.

    Raises:
        typer.Exit: when a pull ends with a problem.
    """
    settings = settings_for(served, extracts)
    world = served.service.world
    everything = Wanted(since=world.tenant.start.date(), probe_limit=NO_LIMIT)
    silent = Console(file=io.StringIO())
    results = None
    nights = range(days)
    for night in (
        track(nights, "Pulling night after night", console=console)
        if (console.is_terminal)
        else nights
    ):
        for wanted in (Wanted(groups=frozenset({"events"})), everything):
            if results is not None:
                world.move(world.now() + HALF_A_DAY)
            elif wanted is not everything:
                continue
            results = anyio.run(partial(pull, settings, wanted, silent))
            _stop_at(results.problems, console)
        if not console.is_terminal and night % 10 == 9:
            console.print(f"Night {night + 1} of {days}: {world.now():%Y-%m-%d}")
    assert results is not None
    return results


def _stop_at(problems: list[Problem], console: Console) -> None:
    if problems:
        for problem in problems:
            console.print(f"{problem.extract}: {problem.sentence}")
        raise typer.Exit(int(problems[0].exit))


def main(
    extracts: Annotated[Path, typer.Argument(help="Empty or missing folder.")],
    customers: Annotated[int, typer.Option(help="Customers of the tenant.")] = 1600,
    days: Annotated[int, typer.Option(help="Days of its history.")] = 60,
    seed: Annotated[int, typer.Option(help="Decides everything.")] = 7,
) -> None:
    """Serve a simulated tenant and pull it night after night."""
    console = Console(highlight=False, soft_wrap=True)
    tenant = random_tenant(customers, days, seed)
    service = Service(World(tenant), Limits(NO_LIMIT, 0, 0))
    conversations = len(tenant.state_at().conversations)
    console.print(
        f"A simulated company: {customers:,} customers, {conversations:,} "
        f"conversations, {days} days. Pulling it as Gladly would be pulled."
    )
    with serving(service) as served:
        results = pull_nights(served, extracts, days, console)
        asked = sum(service.requests.values())
    console.print("The last night brought:")
    for line in results.lines():
        if not line.startswith("note: clock"):
            console.print(f"  {line}")
    count = sum(path.is_file() for path in extracts.rglob("[!.]*"))
    console.print(f"{asked:,} requests in all, {count:,} files in {extracts}")


if __name__ == "__main__":
    typer.run(main)
