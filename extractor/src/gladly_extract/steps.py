"""The pulls: each asks for one family of extracts and lets its files appear."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

import anyio

from gladly_extract.client import Call, Client, Reply
from gladly_extract.clock import UTC
from gladly_extract.doubts import Doubt, doubts
from gladly_extract.folder import Folder
from gladly_extract.ledger import Ledger
from gladly_extract.names import (
    batch_label,
    batch_name,
    events_name,
    list_name,
    report_name,
)
from gladly_extract.plan import CONTENT_TYPES, LISTS, Plan
from gladly_extract.problems import (
    DeclinedError,
    Exit,
    ExtractError,
    FolderError,
    RefusedError,
    UnreachableError,
)
from gladly_extract.progress import Bars
from gladly_extract.reports import Report
from gladly_extract.results import Results
from gladly_extract.settings import Settings
from gladly_extract.windows import Window, is_near

ENTITIES = (
    "AGENT_AVAILABILITY",
    "AGENT_STATUS",
    "CONTACT",
    "CONVERSATION",
    "CUSTOMER",
    "CUSTOMER_PROFILE",
    "PAYMENT_REQUEST",
    "TASK",
)
#: Events are kept so long, and come so late at most.
EVENTS_KEPT = timedelta(hours=24)
OVERLAP = timedelta(minutes=1)
#: What the way of a request takes off the 24 hours.
ON_THE_WAY = timedelta(seconds=5)
JOBS_KEPT = timedelta(days=14)
#: Ids whose answers go into one file, and requests at once.
BATCH, AT_ONCE = 200, 8
_FOLDERS = {
    "customer": ("customers", "customer_profiles", "customer-profiles"),
    "conversation": ("conversations", "conversations", "conversations"),
}
_SAFE = re.compile(r"^[A-Za-z0-9_-][A-Za-z0-9._-]*$")


@dataclass
class Work:
    """What all pulls of a run share."""

    client: Client
    folder: Folder
    ledger: Ledger
    settings: Settings
    results: Results
    bars: Bars
    #: Ids looked up in this run: none is looked up twice.
    asked: set[tuple[str, str]] = field(default_factory=set)

    def keep(self, extract: str, path: str, body: bytes, records: int) -> None:
        """Write a small file, and into the ledger what it says."""
        size = self.folder.write(path, body)
        self.ledger.take(self.folder, path, size)
        self.results.kept(extract, records, size)

    async def stream(
        self, call: Call, below: str, name: Callable[[Reply], str | None]
    ) -> Reply:
        """Ask for a body that may be large, and let it appear.

        Args:
            call: what to ask.
            below: a path beside which it is written.
            name: its path, or None to throw it away.
        """
        with self.folder.draft(below) as draft:
            reply = await self.client.send(call, draft.file)
            path = name(reply)
            if path is not None:
                size = draft.file.seek(0, 2)
                self.folder.keep(draft, path)
                self.ledger.take(self.folder, path, size)
                self.results.kept(call.extract, reply.records, size)
        self.bars.done(call.extract)
        return reply


async def guarded(
    work: Work, extract: str, step: Callable[[], Awaitable[None]]
) -> None:
    """Run a step; what ends it is a problem of its extract, unless it ends all."""
    work.results.of(extract)
    try:
        await step()
    except (RefusedError, UnreachableError):
        raise
    except (OSError, sqlite3.Error) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise FolderError(
            f"The extracts folder cannot be written to: {said}. What was pulled before "
            "is whole and kept; run again when that is mended."
        ) from None
    except ExtractError as error:
        work.results.problem(extract, str(error), error.exit)


async def pull_events(work: Work) -> None:
    """Pull the events since the last pull, a minute of them once more.

    Events are up to 15 seconds late, and have ids: the build counts each once.
    """
    now = work.client.clock.now()
    reach = now - EVENTS_KEPT + ON_THE_WAY
    before = work.ledger.events_end()
    start = reach if before is None else max(before - OVERLAP, reach)
    if before is not None and before >= now:
        return
    if before is not None and start > before:
        _say_lost(work, before, start)
    call = Call(
        "events",
        "jsonl",
        "events",
        (
            ("startAt", f"{start:%Y-%m-%dT%H:%M:%SZ}"),
            ("endAt", f"{now:%Y-%m-%dT%H:%M:%SZ}"),
            *(("entities", name) for name in ENTITIES),
        ),
    )
    work.bars.expect("events", 1)
    await work.stream(call, "events/-", lambda reply: events_name(reply.at, start, now))


def _say_lost(work: Work, before: datetime, start: datetime) -> None:
    sentence = (
        f"Events from {before:%Y-%m-%d %H:%M:%S} to {start:%Y-%m-%d %H:%M:%S} UTC are "
        "lost: Gladly keeps 24 hours. Pull every 6 hours. Conversation and Contact "
        "Timestamps hold most of them, merges too."
    )
    if start - before > timedelta(minutes=1):
        work.results.problem("events", sentence, Exit.LOST)
    else:
        work.results.note("events", sentence)


async def list_jobs(client: Client) -> list[dict[str, Any]]:
    """Return the export jobs that Gladly keeps, oldest first."""
    reply = await client.send(Call("export/jobs", "json", "exports"))
    found: list[dict[str, Any]] = json.loads(reply.body or b"[]")
    return sorted(found, key=lambda job: str(job.get("updatedAt", "")))


def missing_files(ledger: Ledger, job: dict[str, Any]) -> list[str]:
    """Return the files of a completed job that are not here yet."""
    if job.get("status") != "COMPLETED":
        return []
    names = ["job.json", *job.get("files", ())]
    return [name for name in names if not ledger.has(f"exports/{job['id']}/{name}")]


async def pull_exports(work: Work) -> None:
    """Pull the files of all export jobs that are not here yet, oldest job first."""
    latest = work.ledger.latest("exports/job.json")
    jobs = await list_jobs(work.client)
    if latest is not None and latest < work.client.clock.now() - JOBS_KEPT:
        work.results.problem(
            "exports",
            f"The newest export job here is of {latest:%Y-%m-%d}; Gladly keeps 14 "
            "days. Ask its support to run the jobs in between again.",
            Exit.LOST,
        )
    for job in jobs:
        an_id = str(job.get("id", ""))
        if job.get("status") == "FAILED":
            _say_failed(work, job, jobs)
        for name in missing_files(work.ledger, job):
            if not _SAFE.match(an_id) or not _SAFE.match(name):
                work.results.problem("exports", f"{an_id}/{name!r} is no file name.")
                continue
            work.bars.expect("exports", 1)
            path = f"exports/{an_id}/{name}"
            below = "" if name == "job.json" else f"/files/{name}"
            kind = "json" if name == "job.json" else "jsonl"
            try:
                await work.stream(
                    Call(f"export/jobs/{an_id}{below}", kind, "exports"),
                    path,
                    lambda _, path=path: path,  # type: ignore[misc]
                )
            except DeclinedError as error:
                work.results.problem("exports", f"{path} is not to be had: {error}")


def _say_failed(
    work: Work, job: dict[str, Any], jobs: Sequence[dict[str, Any]]
) -> None:
    def window(of: dict[str, Any]) -> tuple[str, str]:
        about = of.get("parameters") or {}
        return str(about.get("startAt", "")), str(about.get("endAt", ""))

    start, end = window(job)
    for other in jobs:
        first, last = window(other)
        if other.get("status") == "COMPLETED" and first <= start and end <= last:
            return
    work.results.problem(
        "exports",
        f"Gladly failed to export {start} to {end}; ask its support to run it again.",
        Exit.LOST,
    )


async def pull_report(work: Work, report: Report, windows: Sequence[Window]) -> None:
    """Pull the windows of a report, oldest first, splitting those near the row cap."""
    for window in windows:
        await _pull_days(work, report, window)


async def _pull_days(work: Work, report: Report, window: Window) -> None:
    now = work.client.clock.now()
    can_split = window.days > 1 or report.takes_times
    call = Call(
        report.path,
        "csv",
        report.kind,
        asked=report.asked(window.first, window.last, now),
    )

    def name(reply: Reply) -> str | None:
        near = is_near(reply.records, work.settings.row_caps)
        if near and can_split:
            return None
        return report_name(
            report.name, reply.at, window.first, window.last, capped=near
        )

    reply = await work.stream(call, f"{report.kind}/-", name)
    if not is_near(reply.records, work.settings.row_caps):
        return
    if not can_split:
        _say_capped(work, report, f"{window.first}", reply.records)
        return
    work.results.note(
        report.kind,
        f"{window.first} to {window.last} came back near the cap with "
        f"{reply.records:,} rows; pulled again in halves.",
    )
    work.bars.expect(report.kind, 2)
    if window.days > 1:
        for half in window.halves():
            await _pull_days(work, report, half)
        return
    start = datetime.combine(window.first, time(), UTC)
    await _pull_halves(work, report, start, start + timedelta(hours=23, minutes=59))


async def _pull_halves(
    work: Work, report: Report, first: datetime, last: datetime
) -> None:
    """Pull parts of a day, by the minute."""
    middle = first + timedelta(minutes=int((last - first).total_seconds() // 120))
    for start, end in ((first, middle), (middle + timedelta(minutes=1), last)):
        if start > work.client.clock.now():
            end = last
        is_minute = end <= start
        call = Call(
            report.path,
            "csv",
            report.kind,
            asked=report.asked(start, end, work.client.clock.now()),
        )

        def name(
            reply: Reply,
            start: datetime = start,
            end: datetime = end,
            is_minute: bool = is_minute,
        ) -> str | None:
            near = is_near(reply.records, work.settings.row_caps)
            if near and not is_minute:
                return None
            return report_name(report.name, reply.at, start, end, capped=near)

        reply = await work.stream(call, f"{report.kind}/-", name)
        if is_near(reply.records, work.settings.row_caps):
            if is_minute:
                _say_capped(work, report, f"{start:%Y-%m-%d %H:%M}", reply.records)
            else:
                work.bars.expect(report.kind, 2)
                await _pull_halves(work, report, start, end)


def _say_capped(work: Work, report: Report, what: str, rows: int) -> None:
    work.results.problem(
        report.kind,
        f"{what} came back near the cap with {rows:,} rows and cannot be split "
        "further: rows are probably missing.",
        Exit.LOST,
    )


async def pull_list(work: Work, entity: str) -> None:
    """Pull the full list of an entity, byte for byte."""
    extract = f"entities/{entity}"
    work.bars.expect(extract, 1)
    reply = await work.client.send(Call(LISTS[entity], "json", extract))
    work.keep(extract, list_name(entity, reply.at), reply.body, reply.records)
    work.bars.done(extract)
    _say_limited(work, extract, reply)


def _say_limited(work: Work, extract: str, reply: Reply) -> None:
    if reply.is_limited:
        work.results.problem(
            extract,
            f"Gladly cut a list of {extract} after {reply.records:,} "
            "(Gladly-Limited-Data): the rest cannot be had this way.",
            Exit.LOST,
        )


async def pull_answers(work: Work, ids: Sequence[str]) -> None:
    """Fetch answers that usage names, and their contents.

    There is no list of either. A content that is not there is no error; which languages
    are tried is a setting.
    """
    extract = "entities/answers"
    each = 1 + len(work.settings.answer_languages) * len(CONTENT_TYPES)
    work.bars.expect(extract, each * len(ids))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        answers: dict[str, bytes] = {}
        gone: dict[str, bytes] = {}
        contents: dict[str, list[bytes]] = {}
        times: list[datetime] = []

        async def fetch(
            an_id: str,
            answers: dict[str, bytes] = answers,
            gone: dict[str, bytes] = gone,
            contents: dict[str, list[bytes]] = contents,
            times: list[datetime] = times,
        ) -> None:
            reply = await work.client.send(
                Call(f"answers/{an_id}", "json", extract, answers=(404,))
            )
            times.append(reply.at)
            contents[an_id] = []
            if reply.status == 404:
                gone[an_id] = _line({"id": an_id, "status": 404})
            else:
                answers[an_id] = reply.body
                for language in work.settings.answer_languages:
                    for kind in CONTENT_TYPES:
                        path = f"answers/{an_id}/languages/{language}/type/{kind}"
                        content = await work.client.send(
                            Call(path, "json", extract, answers=(404,))
                        )
                        if content.status == 200:
                            contents[an_id].append(content.body)
            work.bars.done(extract, each)

        await at_once([an_id for an_id in batch if _SAFE.match(an_id)], fetch)
        if not times:
            continue
        at, label = min(times), batch_label(batch)
        lines = [line for an_id in batch for line in contents.get(an_id, ())]
        if lines:
            path = batch_name("entities/answer_contents", at, label)
            work.keep("entities/answer_contents", path, _joined(lines), len(lines))
        found = [answers[an_id] for an_id in batch if an_id in answers]
        # After all bodies: how the first is spread over lines says how a file is read.
        found += [gone[an_id] for an_id in batch if an_id in gone]
        # Last: it is what says that they were fetched.
        work.keep(
            extract,
            batch_name("entities/answers", at, label),
            _joined(found),
            len(found),
        )


async def pull_tasks(work: Work, customers: Sequence[str]) -> None:
    """Fetch the tasks of customers that events name, or that had open ones."""
    extract = "entities/tasks"
    work.bars.expect(extract, len(customers))
    for start in range(0, len(customers), BATCH):
        batch = customers[start : start + BATCH]
        found: dict[str, Reply] = {}
        times: list[datetime] = []

        async def fetch(
            customer: str,
            found: dict[str, Reply] = found,
            times: list[datetime] = times,
        ) -> None:
            reply = await work.client.send(
                Call(f"customers/{customer}/tasks", "json", extract, answers=(301, 404))
            )
            if reply.status == 200:
                times.append(reply.at)
                found[customer] = reply
                _say_limited(work, extract, reply)
            work.bars.done(extract)

        await at_once([an_id for an_id in batch if _SAFE.match(an_id)], fetch)
        lists = [found[an_id] for an_id in batch if an_id in found]
        if records := sum(reply.records for reply in lists):
            path = batch_name(extract, min(times), batch_label(batch))
            bodies = [reply.body for reply in lists if reply.records]
            work.keep(extract, path, _joined(bodies), records)


async def look_up(work: Work, limit: int) -> None:
    """Look ids up until none is in doubt, or the limit is reached.

    One GET is both the look-up and the capture of the object.
    """
    left = limit
    while left > 0:
        found = [
            doubt
            for doubt in doubts(
                work.ledger.base,
                work.client.clock.now(),
                reprobe=timedelta(days=work.settings.reprobe_days),
                limit=min(left, BATCH) + len(work.asked),
            )
            if (doubt.kind, doubt.id) not in work.asked and _SAFE.match(doubt.id)
        ][: min(left, BATCH)]
        if not found:
            return
        left -= len(found)
        work.asked.update((doubt.kind, doubt.id) for doubt in found)
        for kind in _FOLDERS:
            batch = [doubt for doubt in found if doubt.kind == kind]
            if batch:
                await _look_up(work, kind, batch)
    rest = len(
        doubts(
            work.ledger.base,
            work.client.clock.now(),
            reprobe=timedelta(days=work.settings.reprobe_days),
            limit=1_000_000,
        )
    )
    if rest:
        work.results.note(
            "lookups/customers",
            f"{rest:,} ids are left for the next pulls: --probe-limit is {limit:,}.",
        )


async def _look_up(work: Work, kind: str, batch: Sequence[Doubt]) -> None:
    folder, entity, endpoint = _FOLDERS[kind]
    extract = f"lookups/{folder}"
    work.bars.expect(extract, len(batch))
    replies: dict[str, Reply] = {}

    async def fetch(an_id: str) -> None:
        call = Call(f"{endpoint}/{an_id}", "json", extract, answers=(301, 404))
        try:
            replies[an_id] = await work.client.send(call)
        except DeclinedError as error:
            # One odd id must not keep all others from being looked up.
            work.results.problem(extract, str(error))
        work.bars.done(extract)

    await at_once([doubt.id for doubt in batch], fetch)
    ids = [doubt.id for doubt in batch if doubt.id in replies]
    if not ids:
        return
    at, label = min(reply.at for reply in replies.values()), batch_label(ids)
    bodies, lines = [], []
    for an_id in ids:
        status, resolved, body = _answered(an_id, replies[an_id])
        if body is not None:
            bodies.append(body)
        line: dict[str, Any] = {"requestedId": an_id, "status": status}
        if resolved:
            line["resolvedId"] = resolved
        lines.append(_line(line))
    if bodies:
        path = batch_name(f"entities/{entity}", at, label)
        work.keep(f"entities/{entity}", path, _joined(bodies), len(bodies))
    # Last: it is what says that they were looked up.
    work.keep(extract, batch_name(extract, at, label), _joined(lines), len(lines))


def _answered(an_id: str, reply: Reply) -> tuple[int, str, bytes | None]:
    """Return status, the id an old one leads to, and the object where there is one."""
    if reply.status == 404:
        return 404, "", None
    made = json.loads(reply.body) if reply.body.strip() else {}
    if reply.status == 301:
        errors = made.get("errors") if isinstance(made, dict) else None
        first = errors[0] if isinstance(errors, list) and errors else errors or made
        meta = first.get("meta") if isinstance(first, dict) else None
        to = str((meta or {}).get("new") or reply.location.rpartition("/")[2])
        return 301, to, None
    if made.get("id", an_id) != an_id:
        # Something on the way followed the redirect.
        return 301, str(made["id"]), reply.body
    return 200, "", reply.body


async def at_once(ids: Sequence[str], fetch: Callable[[str], Awaitable[None]]) -> None:
    """Fetch several ids at a time; the first error ends all."""
    room = anyio.CapacityLimiter(AT_ONCE)
    failed: list[ExtractError] = []

    async def one(an_id: str) -> None:
        async with room:
            if failed:
                return
            try:
                await fetch(an_id)
            except ExtractError as error:
                failed.append(error)

    async with anyio.create_task_group() as group:
        for an_id in ids:
            group.start_soon(one, an_id)
    if failed:
        raise failed[0]


def _joined(bodies: Sequence[bytes]) -> bytes:
    """Return bodies one after the other, each with all its bytes."""
    return b"".join(body if body.endswith(b"\n") else body + b"\n" for body in bodies)


def _line(about: dict[str, Any]) -> bytes:
    return json.dumps(about, separators=(",", ":")).encode()


def expect_reports(work: Work, plan: Plan) -> None:
    """Begin the bars of reports."""
    for report, windows in plan.windows:
        if windows:
            work.bars.expect(report.kind, len(windows))
