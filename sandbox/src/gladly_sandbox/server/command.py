"""What ``gladly-sandbox serve`` does."""

from __future__ import annotations

import json

import uvicorn
from rich.console import Console

from gladly_sandbox.clock import When
from gladly_sandbox.server.app import Service, config
from gladly_sandbox.server.faults import Faults
from gladly_sandbox.server.limits import Limits
from gladly_sandbox.server.world import World
from gladly_sandbox.tenant import Tenant


def serve_until_stopped(
    tenant: Tenant,
    console: Console,
    *,
    host: str,
    port: int,
    at: When | None,
    speed: float,
    faults: str,
    per_second: int,
    reports_per_minute: int,
) -> None:
    """Serve a tenant and say how to reach it.

    Args:
        tenant: the company.
        console: where to say it.
        host: address to listen at.
        port: port to listen at; 0 takes a free one.
        at: the moment to start at.
        speed: simulated seconds a second.
        faults: JSON, or one share for each of them.
        per_second: requests a second for each method.
        reports_per_minute: reports a minute.

    Raises:
        ValueError: for a moment or faults that cannot be read.
    """
    wanted = json.loads(faults)
    service = Service(
        World(tenant, at, speed=speed),
        Limits(per_second, reports_per_minute, 2 if reports_per_minute else 0),
        Faults.of(wanted)
        if isinstance(wanted, dict)
        else Faults.all_of_them(float(wanted), tenant.seed),
    )
    setup = config(service, host, port)
    listening = setup.bind_socket()
    # Before the address is printed: who reads it and asks at once has to wait until
    # uvicorn is up, and is not refused.
    listening.listen(setup.backlog)
    url = f"http://{host}:{listening.getsockname()[1]}"
    console.print(f"export GLADLY_HOST={url}")
    console.print(f"export GLADLY_USER={service.user}")
    console.print(f"export GLADLY_API_TOKEN={service.token}")
    console.print(
        f"# It is {service.world.now():%Y-%m-%d %H:%M} UTC there. Stop: Ctrl-C"
    )
    try:
        uvicorn.Server(setup).run(sockets=[listening])
    finally:
        service.world.close()
