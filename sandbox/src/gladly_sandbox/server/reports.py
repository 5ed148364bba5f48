"""POST /reports and its legacy twin, computed when they are asked for."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import anyio
from starlette.requests import Request
from starlette.responses import Response

from gladly_sandbox.clock import local_date, moment, zone
from gladly_sandbox.extracts.plan import Capture, Window, bounds
from gladly_sandbox.server.faults import Faults
from gladly_sandbox.server.replies import error
from gladly_sandbox.server.tray import WRITERS, tray
from gladly_sandbox.server.world import World

#: Reports that Gladly has and the simulator does not compute: an empty body, which is
#: also what Gladly answers for a window without data.
NOT_SIMULATED = (
    "AgentDurationsReportV2",
    "AgentSummaryV2",
    "AnswerUsageByAgentReport",
    "ChannelWaitTimeReportV2",
    "ContactSummaryReportV2",
    "ConversationSummaryReport",
    "FirstContactResolutionByAgentV2Report",
    "GladlyAISessionsDetailReport",
    "TaskExportReport",
    "TaskSummaryReport",
)
_COUNTS = (
    "Timezone Filter",
    "Channel Filter",
    "Inboxes Filter",
    "Ended At Date",
    "Contacts Ended",
    "Contacts Inbound",
    "Contacts Fulfilled",
    "Contacts Abandoned",
    "Contacts Outbound",
)


async def make_report(
    request: Request, world: World, faults: Faults, *, legacy: bool
) -> Response:
    """Answer a request for a report."""
    try:
        asked: dict[str, Any] = json.loads(await request.body())
        name = "WorkSessionEvents" if legacy else str(asked["metricSet"])
        window, timezone = _window(world, asked, legacy)
    except (KeyError, TypeError, ValueError, ZoneInfoNotFoundError) as problem:
        return error(400, "invalid", str(problem))
    if name == "ContactSummaryCountsReport":
        body = _contact_counts(world, window, timezone)
    elif name in NOT_SIMULATED:
        body = ""
    elif name in WRITERS and (legacy or name != "WorkSessionEvents"):
        capture = Capture(world.now(), reports={name: window}, timezone=timezone)
        made = tray(world.tenant, world.state, world.now(), world.emitted, capture)
        WRITERS[name](made, window)
        (body,) = made.written
    else:
        return error(400, "invalid", f"no metricSet {name}", "metricSet")
    if faults.report_seconds:
        await anyio.sleep(faults.report_seconds)
    if faults.row_cap is not None:
        body = _capped(body, faults.row_cap)
    days = "-".join(str(edge)[:10].replace("-", "") for edge in window)
    name = "WorkSessionEventsReport" if legacy else name
    return Response(
        body.encode(),
        media_type=None,
        headers={
            "content-type": "text/csv",
            "content-disposition": f"attachment; filename={name}-{days}-Daily.csv",
        },
    )


def _window(world: World, asked: dict[str, Any], legacy: bool) -> tuple[Window, str]:
    timezone = str(asked.get("timezone") or world.state.organization["timezone"])
    zone(timezone)
    if legacy or "startAtTime" in asked:
        start, end = (moment(asked[name]) for name in ("startAtTime", "endAtTime"))
        if end <= start:
            raise ValueError("endAtTime must be after startAtTime")
        return (start, end), "UTC"
    first, last = (date.fromisoformat(asked[name]) for name in ("startAt", "endAt"))
    if last < first:
        raise ValueError("endAt must not be before startAt")
    return (first.isoformat(), last.isoformat()), timezone


def _capped(body: str, most: int) -> str:
    rows = list(csv.reader(io.StringIO(body, newline="")))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows[: most + 1])
    return text.getvalue()


def _contact_counts(world: World, window: Window, timezone: str) -> str:
    """Return a day's contacts, by the day they ended."""
    start, end = bounds(window, timezone)
    days: dict[date, list[int]] = {}
    last = local_date(end - timedelta(milliseconds=1), timezone)
    day = local_date(start, timezone)
    while day <= last:
        days[day] = [0] * 5
        day += timedelta(days=1)
    for contact in world.state.contacts.values():
        ended: datetime | None = contact.ended_at
        if ended is None or not start <= ended < end:
            continue
        inbound = contact.direction == "INBOUND"
        for place, counts in enumerate(
            (
                True,
                inbound,
                contact.fulfilled_at is not None,
                contact.end_status == "ABANDONED",
                not inbound,
            )
        ):
            days[local_date(ended, timezone)][place] += counts
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COUNTS)
    for each, counted in days.items():
        writer.writerow([timezone, "All Channels", "All Inboxes", each, *counted])
    return text.getvalue()
