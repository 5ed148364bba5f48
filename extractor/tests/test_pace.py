"""The limits are kept, by a clock that costs no time."""

from __future__ import annotations

from datetime import datetime

import anyio
import pytest

from gladly_extract.clock import Clock
from gladly_extract.pace import Pace, Window


class Simulated(Clock):
    """A clock whose sleeping takes no time."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1000.0

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()
        self.at += seconds


def _pace(clock: Clock) -> Pace:
    return Pace(clock, per_second=10, reports_per_minute=10, reports_at_once=2)


def _run(take: Window, count: int, clock: Simulated) -> list[float]:
    async def go() -> list[float]:
        times = []
        for _ in range(count):
            await take.take()
            times.append(clock.at - 1000.0)
        return times

    return anyio.run(go)


@pytest.mark.parametrize(("limit", "period"), [(10, 60.0), (10, 1.0)])
def test_no_period_holds_more_than_the_limit(limit: int, period: float) -> None:
    clock = Simulated()
    times = _run(Window(clock, limit, period), 35, clock)
    for start in times:
        assert sum(start <= t < start + period for t in times) <= limit
    # And no slower than need be.
    assert times[-1] == pytest.approx(3 * period)


def test_only_so_many_reports_run_at_once() -> None:
    clock = Simulated()
    running, most = 0, 0

    async def go() -> None:
        pace = _pace(clock)

        async def report() -> None:
            nonlocal running, most
            async with pace.turn("POST", report=True):
                running += 1
                most = max(most, running)
                await anyio.sleep(0)
                running -= 1

        async with anyio.create_task_group() as group:
            for _ in range(9):
                group.start_soon(report)

    anyio.run(go)
    assert most == 2


def test_the_limit_that_a_response_says_holds_from_then_on() -> None:
    clock = Simulated()

    async def go() -> None:
        pace = _pace(clock)
        pace.learn("GET", {"ratelimit-limit-second": "2"})
        assert pace.method("GET").limit == 2
        assert pace.method("POST").limit == 10

    anyio.run(go)


def test_a_second_that_others_used_up_is_waited_out() -> None:
    clock = Simulated()

    async def go() -> None:
        pace = _pace(clock)
        pace.learn("GET", {"ratelimit-remaining-second": "0"})
        await pace.method("GET").take()

    anyio.run(go)
    assert clock.at == pytest.approx(1000.1)


def test_nothing_passes_for_as_long_as_a_429_asks() -> None:
    clock = Simulated()

    async def go() -> None:
        pace = _pace(clock)
        pace.refused("POST", 30.0, report=True)
        async with pace.turn("POST", report=True):
            pass

    anyio.run(go)
    assert clock.at == pytest.approx(1030.0)


def test_a_clock_that_is_set_wrong_is_found_out() -> None:
    clock = Clock()
    at = clock.hear("Wed, 01 Jan 2025 02:00:00 GMT")
    assert at == datetime.fromisoformat("2025-01-01T02:00:00+00:00")
    assert clock.is_off()
    assert abs((clock.now() - at).total_seconds()) <= 1


def test_a_response_without_a_date_is_dated_by_the_clock_here() -> None:
    clock = Clock()
    assert abs((clock.hear(None) - clock.here()).total_seconds()) <= 1
    assert abs((clock.hear("yesterday") - clock.here()).total_seconds()) <= 1
    assert not clock.is_off()
