"""A pull from beginning to end."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import anyio
import httpx
from rich.console import Console

from gladly_extract.client import Call, Client
from gladly_extract.clock import Clock
from gladly_extract.folder import Folder, open_folder
from gladly_extract.ledger import Ledger
from gladly_extract.pace import Pace
from gladly_extract.plan import (
    Plan,
    Step,
    Wanted,
    due_answers,
    due_tasks,
    make_plan,
)
from gladly_extract.problems import ExtractError
from gladly_extract.progress import bars
from gladly_extract.results import Results
from gladly_extract.settings import Settings
from gladly_extract.steps import (
    Work,
    expect_reports,
    guarded,
    list_jobs,
    look_up,
    missing_files,
    pull_answers,
    pull_events,
    pull_exports,
    pull_list,
    pull_report,
    pull_tasks,
)

Made = TypeVar("Made")


def client_of(
    settings: Settings,
    clock: Clock | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> Client:
    """Return a client that keeps to the limits of the settings."""
    clock = clock or Clock()
    pace = Pace(
        clock,
        per_second=settings.requests_per_second,
        reports_per_minute=settings.reports_per_minute,
        reports_at_once=settings.reports_at_once,
    )
    return Client(settings, clock, pace, transport)


async def pull(
    settings: Settings,
    wanted: Wanted,
    console: Console,
    *,
    shown: bool = True,
    clock: Clock | None = None,
) -> Results:
    """Pull everything that is due.

    Args:
        settings: where from and where to.
        wanted: what.
        console: where bars go, if it is a terminal.
        shown: whether bars are wanted.
        clock: the time, for tests.

    Raises:
        SettingsError: when the folder cannot be written to.
        BusyError: when another pull holds it.
    """
    folder = open_folder(settings.extracts_path)
    async with client_of(settings, clock) as client:
        results = Results(client.counts)
        with folder.lock():
            ledger = Ledger(folder.state())
            try:
                with bars(console, shown=shown) as shown_bars:
                    work = Work(client, folder, ledger, settings, results, shown_bars)
                    await _pull(work, wanted)
            except ExtractError as error:
                results.problem("pull", str(error), error.exit)
            finally:
                ledger.close()
                folder.save_state()
    return results


async def _pull(work: Work, wanted: Wanted) -> None:
    # The first answer also says what time it is at Gladly.
    await work.client.send(Call("organization", "json", "clock"))
    if work.client.clock.is_off():
        work.results.note(
            "clock",
            f"The clock of this machine is off by {-work.client.clock.skew}; "
            "capture times are Gladly's.",
        )
    work.ledger.read(work.folder)
    is_first = work.ledger.first_day() is None and wanted.since is None
    plan = make_plan(work.ledger, work.settings, wanted, work.client.clock.now())
    expect_reports(work, plan)
    if is_first and plan.windows:
        work.results.note(
            "reports", f"They begin at {plan.begin}; --since DATE pulls older ones too."
        )

    async def vanishing_first() -> None:
        if "events" in wanted.groups:
            await guarded(work, "events", partial(pull_events, work))
        if "exports" in wanted.groups:
            await guarded(work, "exports", partial(pull_exports, work))
        for entity in plan.lists:
            step = partial(pull_list, work, entity)
            await guarded(work, f"entities/{entity}", step)

    async def reports() -> None:
        # Two at once is the limit; each report's windows go in order.
        steps = [
            partial(guarded, work, report.kind, partial(pull_report, work, report, due))
            for report, due in plan.windows
        ]
        await _side_by_side(steps, work.settings.reports_at_once)

    await _side_by_side([vanishing_first, reports], 2)
    now = work.client.clock.now()
    if "answers" in wanted.groups:
        ids = due_answers(work.ledger, work.settings, now)
        step = partial(pull_answers, work, ids)
        await guarded(work, "entities/answers", step)
    if "tasks" in wanted.groups:
        step = partial(pull_tasks, work, due_tasks(work.ledger, now))
        await guarded(work, "entities/tasks", step)
    if "lookups" in wanted.groups:
        step = partial(look_up, work, wanted.probe_limit)
        await guarded(work, "lookups/customers", step)


async def _side_by_side(
    steps: Sequence[Callable[[], Awaitable[None]]], at_once: int
) -> None:
    """Run steps, so many at a time, begun in order; the first error ends all."""
    failed: list[ExtractError] = []
    left = iter(steps)

    async def worker() -> None:
        for step in left:
            if failed:
                return
            try:
                await step()
            except ExtractError as error:
                failed.append(error)

    async with anyio.create_task_group() as group:
        for _ in range(at_once):
            group.start_soon(worker)
    if failed:
        raise failed[0]


async def plan_only(
    settings: Settings, wanted: Wanted, clock: Clock | None = None
) -> tuple[Plan, list[Step]]:
    """Return what a pull would do; writes nothing, and asks two things.

    Raises:
        ExtractError: when Gladly refuses or cannot be reached.
    """
    folder = open_folder(settings.extracts_path)
    async with client_of(settings, clock) as client:
        await client.send(Call("organization", "json", "clock"))
        ledger = _copy(folder)
        try:
            ledger.read(folder)
            plan = make_plan(ledger, settings, wanted, client.clock.now())
            files = 0
            if "exports" in wanted.groups:
                jobs = await list_jobs(client)
                files = sum(len(missing_files(ledger, job)) for job in jobs)
            steps = plan.steps(wanted, files, len(settings.answer_languages))
        finally:
            ledger.close()
    return plan, steps


def _copy(folder: Folder) -> Ledger:
    """Return the ledger of a folder, in memory."""
    made = Ledger(Path(":memory:"))
    path = folder.state()
    if path.is_file():
        try:
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
                base.backup(made.base)
        except sqlite3.DatabaseError:
            made.close()
            made = Ledger(Path(":memory:"))
    return made


def run(work: Callable[[], Awaitable[Made]]) -> Made:
    """Run until it is done, or stopped from the keyboard."""
    return anyio.run(work)
