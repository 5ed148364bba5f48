"""Keeps below the organisation's limits, which others use too."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import anyio

from gladly_extract.clock import Clock

#: Requests sent in time may arrive closer together: a period is taken so much longer.
MARGIN = 1.1
LIMIT, REMAINING = "ratelimit-limit-second", "ratelimit-remaining-second"


class Window:
    """At most so many in any period, counted back from now.

    Attributes:
        limit: how many.
        period: seconds.
    """

    def __init__(self, clock: Clock, limit: int, period: float) -> None:
        """Start with none used."""
        self.limit = limit
        self.period = period
        self._clock = clock
        self._used: deque[float] = deque()
        self._not_before = 0.0
        self._turn = anyio.Lock()

    async def take(self) -> None:
        """Wait until one more is within the limit, and count it."""
        async with self._turn:
            while (wait := self._wait()) > 0:
                await self._clock.sleep(wait)
            self._used.append(self._clock.monotonic())

    def hold(self, seconds: float) -> None:
        """Let nothing pass for so long."""
        until = self._clock.monotonic() + seconds
        self._not_before = max(self._not_before, until)

    def _wait(self) -> float:
        now = self._clock.monotonic()
        while self._used and self._used[0] <= now - self.period:
            self._used.popleft()
        wait = self._not_before - now
        if len(self._used) >= self.limit:
            wait = max(wait, self._used[-self.limit] + self.period - now)
        return wait


class Pace:
    """The limits of all requests of one run."""

    def __init__(
        self,
        clock: Clock,
        *,
        per_second: int,
        reports_per_minute: int,
        reports_at_once: int,
    ) -> None:
        """Begin with the limits that are documented or set."""
        self._clock = clock
        self._per_second = per_second
        self._methods: dict[str, Window] = {}
        self.reports = Window(clock, reports_per_minute, 60.0 * MARGIN)
        self._at_once = anyio.Semaphore(reports_at_once)

    def method(self, name: str) -> Window:
        """Return the window of a method: limits are counted for each of them."""
        if name not in self._methods:
            self._methods[name] = Window(self._clock, self._per_second, MARGIN)
        return self._methods[name]

    @asynccontextmanager
    async def turn(self, method: str, *, report: bool) -> AsyncIterator[None]:
        """Wait for a request's turn; a report keeps its place until it is read."""
        if not report:
            await self.method(method).take()
            yield
            return
        async with self._at_once:
            await self.reports.take()
            await self.method(method).take()
            yield

    def learn(self, method: str, headers: Mapping[str, str]) -> None:
        """Adapt to what a response says is the limit, and is left of it."""
        window = self.method(method)
        limit, left = headers.get(LIMIT, ""), headers.get(REMAINING, "")
        if limit.isdigit() and int(limit) > 0:
            window.limit = int(limit)
        if left.isdigit() and int(left) == 0:
            # Others of the organisation use the same second.
            window.hold(1.0 / window.limit)

    def refused(self, method: str, wait: float, *, report: bool) -> None:
        """Hold everything back after a 429."""
        (self.reports if report else self.method(method)).hold(wait)
