"""Pulls a simulated tenant over HTTP, as a customer of Gladly would."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import anyio
from rich.console import Console

from gladly_extract.plan import Wanted
from gladly_extract.results import Results
from gladly_extract.run import pull
from gladly_extract.settings import Settings
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.server import Faults, Limits, Served, World, serving
from gladly_sandbox.server.app import Service
from gladly_sandbox.tenant import Tenant


@contextmanager
def serve(tenant: Tenant, faults: Faults | None = None) -> Iterator[Served]:
    """Serve a tenant without limits, its clock 26 hours after its start."""
    service = Service(World(tenant), Limits(1000, 0, 0), faults or Faults())
    with serving(service) as served:
        yield served


@contextmanager
def gladly(
    customers: int, days: int, seed: int, faults: Faults | None = None
) -> Iterator[Served]:
    """Serve a random tenant."""
    with serve(random_tenant(customers, days, seed), faults) as served:
        yield served


def settings_for(served: Served, extracts: Path, **more: object) -> Settings:
    """Return settings that waste no time on a server of our own."""
    return Settings(
        host=served.url,
        user=served.service.user,
        api_token=served.service.token,  # type: ignore[arg-type]
        **{
            "extracts_path": str(extracts),
            "reports_per_minute": 100_000,
            "requests_per_second": 1000,
            "retry_wait": 0.01,
            **more,
        },  # type: ignore[arg-type]
    )


def pull_once(settings: Settings, wanted: Wanted | None = None) -> Results:
    """Pull everything due, without bars."""
    console = Console(file=io.StringIO())
    return anyio.run(partial(pull, settings, wanted or Wanted(), console))


def pull_days(served: Served, extracts: Path, days: int, **more: object) -> Path:
    """Pull events every 12 hours and everything every day, and return the folder."""
    settings = settings_for(served, extracts, **more)
    world = served.service.world
    first = Wanted(since=world.tenant.start.date(), probe_limit=100_000)
    for day in range(days):
        if day:
            world.move(world.now() + timedelta(hours=12))
            pull_once(settings, Wanted(groups=frozenset({"events"})))
            world.move(world.now() + timedelta(hours=12))
        results = pull_once(settings, first)
        assert not results.problems, results.lines()
    return extracts
