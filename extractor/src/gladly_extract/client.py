"""One request to Gladly, tried again when that may help."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

import httpx
import stamina

from gladly_extract.bodies import Look, look_at
from gladly_extract.clock import Clock
from gladly_extract.pace import Pace
from gladly_extract.problems import (
    AgainError,
    DeclinedError,
    ExtractError,
    ForbiddenError,
    RefusedError,
    TransientError,
    UnreachableError,
)
from gladly_extract.settings import Settings

# Retries are counted and said in the summary; nothing is logged of a request.
stamina.instrumentation.set_on_retry_hooks([])

#: Header with which Gladly says that a list is not whole.
LIMITED = "gladly-limited-data"
#: A body that may be right as it is has to come so often.
SAME_BODIES = 3
#: A request is refused so often, each time after a longer wait, before it is given up.
MOST_REFUSALS = 30
#: Seconds: longest wait after a refusal; a minute's limit has passed by then.
LONGEST_WAIT = 60.0


@dataclass(frozen=True)
class Call:
    """A request.

    Attributes:
        path: below ``/api/v1/``.
        kind: what its body should be: ``json``, ``jsonl`` or ``csv``.
        extract: what it is for, as problems name it.
        query: parameters of the address.
        asked: JSON body; a request with one is a POST.
        answers: status codes other than 200 that are answers.
    """

    path: str
    kind: str
    extract: str
    query: tuple[tuple[str, str], ...] = ()
    asked: Mapping[str, Any] | None = None
    answers: tuple[int, ...] = ()

    @property
    def method(self) -> str:
        """GET or POST."""
        return "GET" if self.asked is None else "POST"

    @property
    def is_report(self) -> bool:
        """Whether the limits of reports hold for it."""
        return self.path.startswith("reports")


@dataclass(frozen=True)
class Reply:
    """An answer.

    Attributes:
        status: 200, or one that the call takes for an answer.
        at: when Gladly made it.
        records: rows or objects in the body.
        body: the body, where the call gave no file for it.
        is_limited: whether Gladly says that the list is not whole.
        location: where a redirect leads.
    """

    status: int
    at: datetime
    records: int = 0
    body: bytes = b""
    is_limited: bool = False
    location: str = ""


@dataclass
class Counts:
    """What was asked, by extract."""

    requests: Counter[str] = field(default_factory=Counter)
    retries: Counter[str] = field(default_factory=Counter)


class Client:
    """Sends requests at the organisation's pace."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        pace: Pace,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Prepare to talk to the host of the settings; ``transport`` is for tests."""
        self.settings = settings
        self.clock = clock
        self.pace = pace
        self.counts = Counts()
        self._http = httpx.AsyncClient(
            base_url=f"{settings.host}/api/v1/",
            auth=httpx.BasicAuth(settings.user, settings.api_token.get_secret_value()),
            headers={"User-Agent": "gladly-extract"},
            follow_redirects=False,
            transport=transport,
            timeout=settings.timeout,
        )

    async def __aenter__(self) -> Client:
        """Return itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close connections."""
        await self._http.aclose()

    async def send(self, call: Call, into: BinaryIO | None = None) -> Reply:
        """Return the answer to a request.

        Args:
            call: what to ask.
            into: empty file that takes the body of a 200; else it is in the reply.

        Raises:
            RefusedError: for 401.
            UnreachableError: when no connection can be made, however often.
            ForbiddenError: for 403.
            DeclinedError: for another 4xx that is no answer.
            ExtractError: when no try gave a usable answer.
        """
        bodies: Counter[bytes] = Counter()
        refusals = 0
        try:
            async for attempt in stamina.retry_context(
                on=_wait_after,
                attempts=self.settings.attempts,
                timeout=None,
                wait_initial=self.settings.retry_wait,
                wait_max=120.0,
                wait_jitter=self.settings.retry_wait,
            ):
                with attempt:
                    if attempt.num > 1:
                        self.counts.retries[call.extract] += 1
                    while True:
                        try:
                            return await self._try(call, into, bodies, refusals)
                        except AgainError as error:
                            refusals += error.is_refusal
                            if refusals > MOST_REFUSALS:
                                raise TransientError(str(error)) from None
                            self.counts.retries[call.extract] += 1
        except httpx.ConnectError:
            raise UnreachableError(
                f"{self.settings.host} cannot be reached; is GLADLY_HOST right, and "
                "is there a network?"
            ) from None
        except httpx.TimeoutException:
            raise ExtractError(
                f"Gladly did not answer {call.method} {call.path} in time, "
                f"{self.settings.attempts} times; run again later."
            ) from None
        except (TransientError, httpx.TransportError) as error:
            raise ExtractError(
                f"Gladly gave no usable answer to {call.method} {call.path} in "
                f"{self.settings.attempts} tries; the last: {_reason(error)}. "
                "Run again later."
            ) from None
        raise AssertionError("a try either returns or raises")

    async def _try(
        self,
        call: Call,
        into: BinaryIO | None,
        bodies: Counter[bytes],
        refusals: int,
    ) -> Reply:
        self.counts.requests[call.extract] += 1
        file: BinaryIO = into if into is not None else io.BytesIO()
        file.seek(0)
        file.truncate()
        async with (
            self.pace.turn(call.method, report=call.is_report),
            self._http.stream(
                call.method,
                call.path,
                params=httpx.QueryParams(call.query),
                json=call.asked,
                timeout=self.settings.report_timeout
                if call.is_report
                else self.settings.timeout,
            ) as response,
        ):
            at = self.clock.hear(response.headers.get("date"))
            self.pace.learn(call.method, response.headers)
            status = response.status_code
            if status != 200 and status not in call.answers:
                said = await response.aread() if status == 400 else b""
                self._decline(call, status, response.headers, refusals, said)
            digest = hashlib.blake2b(digest_size=16)
            async for part in response.aiter_bytes():
                file.write(part)
                digest.update(part)
            file.flush()
        look = look_at(call.kind, file) if status == 200 else Look(0)
        if look.damage:
            raise TransientError(look.damage)
        if look.doubt:
            bodies[digest.digest()] += 1
            if bodies[digest.digest()] < SAME_BODIES:
                if sum(bodies.values()) > 2 * SAME_BODIES:
                    raise TransientError(f"{look.doubt}, and is another each time")
                await self.clock.sleep(self.settings.retry_wait)
                raise AgainError(look.doubt)
        file.seek(0)
        return Reply(
            status,
            at,
            look.records,
            file.read() if into is None else b"",
            LIMITED in response.headers,
            response.headers.get("location", ""),
        )

    def _decline(
        self,
        call: Call,
        status: int,
        headers: httpx.Headers,
        refusals: int,
        said: bytes,
    ) -> None:
        """Raise what a status code other than an answer means."""
        what = f"{call.method} {call.path}"
        if status == 401:
            raise RefusedError(
                "Gladly refuses GLADLY_USER with GLADLY_API_TOKEN (401): the token is "
                "wrong, expired or revoked. What was pulled before is kept."
            )
        if status == 403:
            raise ForbiddenError(
                f"The user has no role for {what} (403); add it in Gladly."
            )
        if status == 429:
            said = headers.get("retry-after", "")
            # A report is refused by the minute, anything else by the second.
            first = 10.0 if call.is_report else 1.0
            wait = min(first * 2**refusals, LONGEST_WAIT) * self.settings.retry_wait
            wait = float(said) if said.isdigit() else wait
            self.pace.refused(call.method, wait, report=call.is_report)
            raise AgainError("too many requests (429)", is_refusal=True)
        if status >= 500 or status == 408:
            raise TransientError(f"status {status}")
        raise DeclinedError(f"Gladly declined {what} with status {status}{_why(said)}.")


def _wait_after(error: Exception) -> bool:
    return isinstance(error, TransientError | httpx.TransportError)


def _why(body: bytes) -> str:
    """Return the code and the attribute of an error, which name no customer."""
    try:
        first = json.loads(body)["errors"][0]
        words = [str(first[name]) for name in ("code", "attr") if name in first]
    except (IndexError, KeyError, TypeError, ValueError):
        return ""
    return f" ({' '.join(words)})"


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
