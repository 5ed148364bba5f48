"""Fills an extracts folder as an organisation would, half a year in two minutes.

A simulated company is served on this machine, and pulled as Gladly would be: events
before they are gone, which is after a day, all else every ten days, and in the last
week everything every night. Its limits are waived; the extractor is the same. Between
two pulls the clock moves.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
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
from gladly_sandbox.half_year import END, START, half_year
from gladly_sandbox.server import Limits, Served, World, serving
from gladly_sandbox.server.app import Service

#: More than a pull of this company could ask for.
NO_LIMIT = 100_000
#: Ids that a pull looks up besides those that something happened to. Each is a request.
LOOK_UPS = 60
#: Between two pulls of events, and of all else until the last nights.
NEARLY_A_DAY, TEN_DAYS = timedelta(hours=23), timedelta(days=10)
#: So many nights at the end are pulled one by one.
LAST_NIGHTS = 7


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


def pulls(begin: datetime, nights: int) -> Iterator[tuple[datetime, bool]]:
    """Yield the moments of all pulls after the first, and which are of everything."""
    nightly = begin + timedelta(days=nights - LAST_NIGHTS)
    at = last_of_all = begin
    while at < nightly:
        at = min(at + NEARLY_A_DAY, nightly)
        is_of_all = at == nightly or at - last_of_all > TEN_DAYS - NEARLY_A_DAY
        if is_of_all:
            last_of_all = at
        yield at, is_of_all
    for night in range(1, LAST_NIGHTS):
        # Gladly keeps events for a day and not a second longer.
        noon = nightly + timedelta(days=night, hours=-12)
        yield noon, False
        yield noon + timedelta(hours=12), True


def pull_all(served: Served, extracts: Path, days: int, console: Console) -> Results:
    """Pull the whole history of a company and return what the last night brought.

    Raises:
        typer.Exit: when a pull ends with a problem.
    """
    settings = settings_for(served, extracts)
    world = served.service.world
    everything = Wanted(since=world.tenant.start.date(), probe_limit=LOOK_UPS)
    events = Wanted(groups=frozenset({"events"}))
    silent = Console(file=io.StringIO())

    def pull_one(wanted: Wanted) -> Results:
        results = anyio.run(partial(pull, settings, wanted, silent))
        _stop_at(results.problems, console)
        return results

    results = pull_one(everything)
    planned = list(pulls(world.now(), days))
    month = world.now().month
    for at, is_of_all in (
        track(planned, "Pulling", console=console) if console.is_terminal else planned
    ):
        world.move(at)
        results = pull_one(everything if is_of_all else events)
        if not console.is_terminal and at.month != month:
            month = at.month
            console.print(f"Pulled until {at:%d %B %Y}")
    return results


def _stop_at(problems: list[Problem], console: Console) -> None:
    if problems:
        for problem in problems:
            console.print(f"{problem.extract}: {problem.sentence}")
        raise typer.Exit(int(problems[0].exit))


def main(
    extracts: Annotated[Path, typer.Argument(help="Empty or missing folder.")],
    seed: Annotated[int, typer.Option(help="Decides everything.")] = 7,
) -> None:
    """Serve a simulated company and pull half a year of it."""
    console = Console(highlight=False, soft_wrap=True)
    tenant = half_year(seed)
    service = Service(World(tenant), Limits(NO_LIMIT, 0, 0))
    state = tenant.state_at()
    days = (END - START).days
    console.print(
        f"A simulated company: {len(state.customers):,} customers, "
        f"{len(state.conversations):,} conversations, {len(state.agents)} agents, "
        f"{START} to {END - timedelta(days=1)}. Pulling it as Gladly would be pulled."
    )
    with serving(service) as served:
        results = pull_all(served, extracts, days, console)
        asked = sum(service.requests.values())
    console.print("The last night brought:")
    for line in results.lines():
        if not line.startswith("note: clock"):
            console.print(f"  {line}")
    count = sum(path.is_file() for path in extracts.rglob("[!.]*"))
    console.print(f"{asked:,} requests in all, {count:,} files in {extracts}")


if __name__ == "__main__":
    typer.run(main)
