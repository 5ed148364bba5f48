"""All endpoints as one ASGI application, and a thread that serves it."""

from __future__ import annotations

import base64
import secrets
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import anyio
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from gladly_sandbox.server import control, reports, rest
from gladly_sandbox.server.faults import Faults
from gladly_sandbox.server.limits import Limits
from gladly_sandbox.server.replies import as_json, error
from gladly_sandbox.server.world import World

#: The user and token that a served sandbox asks for by default.
USER, TOKEN = "sandbox@example.com", "sandbox-token"
_PAGE = "<html><body><h1>Bad Gateway</h1></body></html>"
_ERRORS = (500, 502, 503, 504)
Answer = Callable[[Request], Awaitable[Response]]


@dataclass
class Service:
    """What the application answers from.

    Attributes:
        world: the tenant and its clock.
        limits: how many requests it admits.
        faults: what goes wrong on purpose.
        user: the agent's e-mail address that Basic authentication asks for.
        token: the API token that goes with it.
        requests: how many were answered, by method and first part of the path.
    """

    world: World
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    user: str = USER
    token: str = TOKEN
    requests: dict[str, int] = field(default_factory=dict)

    def knows(self, request: Request) -> bool:
        """Return whether a request brings the right user and token."""
        given = request.headers.get("authorization", "")
        pair = base64.b64encode(f"{self.user}:{self.token}".encode()).decode()
        return secrets.compare_digest(given, f"Basic {pair}")

    def date(self) -> str:
        """Return the Date header of a response made now."""
        at = self.world.now() + timedelta(seconds=self.faults.skew_seconds)
        return f"{at:%a, %d %b %Y %H:%M:%S} GMT"

    async def answer(self, request: Request, made: Answer) -> Response:
        """Answer a request as Gladly does: who, how often, what goes wrong, what."""
        path = request.url.path.removeprefix("/api/v1/")
        key = f"{request.method} {path.split('/')[0]}"
        self.requests[key] = self.requests.get(key, 0) + 1
        response = await self._answer(request, made, path)
        response.headers["date"] = self.date()
        for name, value in self.limits.headers(request.method).items():
            response.headers[name] = value
        if response.status_code == 200:
            self.world.served_at = max(self.world.served_at, self.world.now())
        return response

    async def _answer(self, request: Request, made: Answer, path: str) -> Response:
        if not self.knows(request):
            return error(401, "unauthorized", "user or token is wrong")
        if not self.limits.admits(request.method):
            return error(429, "rate_limited", "too many requests")
        fault = self.faults.draw(path)
        if fault == "expired":
            return error(401, "unauthorized", "the token has expired")
        if fault == "forbidden":
            return error(403, "forbidden", "the user lacks the role")
        if fault == "storm":
            return error(429, "rate_limited", "too many requests")
        if fault == "error":
            return HTMLResponse(_PAGE, self.faults.one_of(_ERRORS))
        if fault == "html":
            return HTMLResponse(_PAGE)
        if fault == "slow":
            await anyio.sleep(self.faults.slow_seconds)
        if path.startswith("reports"):
            if not self.limits.admits_report():
                return error(429, "rate_limited", "too many reports")
            self.limits.running += 1
            try:
                response = await made(request)
            finally:
                self.limits.running -= 1
        else:
            response = await made(request)
        return _damaged(response, fault)


def _damaged(response: Response, fault: str | None) -> Response:
    """Return a response whose body is as a fault leaves it."""
    body = bytes(response.body)
    if response.status_code != 200 or fault not in ("empty", "cut", "trimmed"):
        return response
    kept = {
        name: value
        for name, value in response.headers.items()
        if name != "content-length"
    }
    if fault == "empty":
        return Response(b"", 200, kept)
    half = body[: len(body) // 2].rstrip(b"\r\n")
    if fault == "trimmed":
        return Response(half, 200, kept)

    async def first_half() -> AsyncIterator[bytes]:
        yield half

    kept["content-length"] = str(len(body))
    return StreamingResponse(first_half(), 200, kept)


def create_app(service: Service) -> Starlette:
    """Return the application."""

    def route(
        path: str,
        made: Callable[[Request], Response | Awaitable[Response]],
        methods: tuple[str, ...] = ("GET",),
    ) -> Route:
        async def run(request: Request) -> Response:
            found = made(request)
            return found if isinstance(found, Response) else await found

        async def endpoint(request: Request) -> Response:
            return await service.answer(request, run)

        return Route(f"/api/v1/{path}", endpoint, methods=list(methods))

    world = service.world

    def part(request: Request, name: str = "id") -> str:
        return str(request.path_params[name])

    def report(legacy: bool) -> Answer:
        async def run(request: Request) -> Response:
            return await reports.make_report(
                request, world, service.faults, legacy=legacy
            )

        return run

    lists = [
        route(path, lambda request, path=path: rest.get_list(world, path))  # type: ignore[misc]
        for path in rest.LISTS
    ]
    singles = [
        route(
            f"{path}/{{id}}",
            lambda request, path=path: rest.get_one(world, path, part(request)),  # type: ignore[misc]
        )
        for path in rest.LISTS
        if path != "organization"
    ]
    return Starlette(
        routes=[
            *lists,
            *singles,
            route("audiences", lambda request: as_json([])),
            route(
                "customer-profiles/{id}",
                lambda request: rest.get_customer(world, part(request)),
            ),
            route(
                "customers/{id}/conversations",
                lambda request: rest.get_conversations(world, part(request)),
            ),
            route(
                "customers/{id}/tasks",
                lambda request: rest.get_tasks(world, part(request)),
            ),
            route(
                "conversations/{id}",
                lambda request: rest.get_conversation(world, part(request)),
            ),
            route(
                "answers/{id}", lambda request: rest.get_answer(world, part(request))
            ),
            route(
                "answers/{id}/languages/{language}/type/{type}",
                lambda request: rest.get_content(
                    world,
                    part(request),
                    part(request, "language"),
                    part(request, "type"),
                ),
            ),
            route("events", lambda request: rest.get_events(world, request)),
            route("export/schedules", lambda request: rest.get_schedules(world)),
            route("export/jobs", lambda request: rest.get_jobs(world, request)),
            route(
                "export/jobs/{id}",
                lambda request: rest.get_job_file(world, part(request), "job.json"),
            ),
            route(
                "export/jobs/{id}",
                lambda request: rest.delete_job(world, part(request)),
                ("DELETE",),
            ),
            route(
                "export/jobs/{id}/files/{name}",
                lambda request: rest.get_job_file(
                    world, part(request), part(request, "name")
                ),
            ),
            route("reports", report(legacy=False), ("POST",)),
            route("reports/work-session-events", report(legacy=True), ("POST",)),
            *control.routes(service),
        ]
    )


@dataclass(frozen=True)
class Served:
    """A server that runs: its address and what it answers from."""

    url: str
    service: Service


def config(service: Service, host: str, port: int) -> uvicorn.Config:
    """Return how uvicorn serves it: dated by the tenant's clock, without a log."""
    return uvicorn.Config(
        create_app(service),
        host=host,
        port=port,
        date_header=False,
        server_header=False,
        log_level="critical",
        access_log=False,
        lifespan="off",
        # Whoever keeps a connection open does not keep the server from stopping.
        timeout_graceful_shutdown=5,
    )


@contextmanager
def serving(
    service: Service, host: str = "127.0.0.1", port: int = 0
) -> Iterator[Served]:
    """Serve from a thread for as long as the context lasts; port 0 takes a free one."""
    server = uvicorn.Server(config(service, host, port))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise OSError(f"cannot serve at {host}:{port}")
            time.sleep(0.005)
        (listening,) = server.servers[0].sockets
        yield Served(f"http://{host}:{listening.getsockname()[1]}", service)
    finally:
        server.should_exit = True
        thread.join()
        service.world.close()
