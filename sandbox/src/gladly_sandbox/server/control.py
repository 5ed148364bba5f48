"""/_sandbox: what whoever runs the tenant may do that no customer of Gladly can."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gladly_sandbox.clock import moment, rfc3339
from gladly_sandbox.server.faults import Faults
from gladly_sandbox.server.replies import as_json, error

if TYPE_CHECKING:
    from gladly_sandbox.server.app import Service

_LENGTH = re.compile(r"(\d+)([dhms])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def duration(text: str) -> timedelta:
    """Return ``1d``, ``6h``, ``90m`` or ``1d12h`` as a duration.

    Raises:
        ValueError: for anything else.
    """
    parts = _LENGTH.findall(text)
    if not parts or "".join(f"{n}{unit}" for n, unit in parts) != text:
        raise ValueError(f"not a duration: {text!r}; write 1d, 6h or 1d12h")
    return timedelta(**{_UNITS[unit]: int(n) for n, unit in parts})


def routes(service: Service) -> list[Route]:
    """Return the routes that move the clock, set faults and give the truth."""

    async def clock(request: Request) -> Response:
        world = service.world
        if request.method == "POST":
            asked = await _body(request)
            try:
                if "advance" in asked:
                    world.move(world.now() + duration(str(asked["advance"])))
                else:
                    world.move(moment(str(asked["to"])))
            except (KeyError, ValueError) as problem:
                return error(400, "invalid", f"the clock: {problem}")
        return as_json({"now": rfc3339(world.now())})

    async def faults(request: Request) -> Response:
        if request.method == "POST":
            try:
                service.faults = Faults.of(await _body(request))
            except (TypeError, ValueError) as problem:
                return error(400, "invalid", str(problem))
        elif request.method == "DELETE":
            service.faults = Faults()
        return as_json({"happened": service.faults.happened})

    async def truth(request: Request) -> Response:
        found = service.world.truth(request.query_params.get("timezone", "UTC"))
        return as_json({"as_of": found.as_of, "tables": found.tables})

    async def counts(request: Request) -> Response:
        return as_json(
            {"requests": service.requests, "refused": service.limits.refused}
        )

    answers: list[tuple[str, Callable[[Request], Awaitable[Response]], list[str]]] = [
        ("/_sandbox/clock", clock, ["GET", "POST"]),
        ("/_sandbox/faults", faults, ["GET", "POST", "DELETE"]),
        ("/_sandbox/truth", truth, ["GET"]),
        ("/_sandbox/counts", counts, ["GET"]),
    ]
    return [Route(path, run, methods=methods) for path, run, methods in answers]


async def _body(request: Request) -> dict[str, Any]:
    try:
        made = json.loads(await request.body() or b"{}")
    except ValueError:
        return {}
    return made if isinstance(made, dict) else {}
