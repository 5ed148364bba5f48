"""Plans of pipelines that do not pull everything: what most real ones look like.

Each ends with a look-up of every id seen, so that ids resolve as far as look-ups go.
Lists of inboxes, agents and topics come with every weekly pull.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from gladly_sandbox.extracts.plan import Capture, Window, regular_plan
from gladly_sandbox.tenant import Tenant

#: The reports that show events rather than things.
TIMESTAMPS = ("ConversationTimestampsReport", "ContactTimestampsReport")
#: The reports that show how contacts end.
_OF_CONTACTS = ("WorkSessionEvents", "ContactExportReportV3", "ContactTimestampsReport")


def weekly_reports_alone(tenant: Tenant, days: int) -> list[Capture]:
    """Pull the reports of things every third day: no events, timestamps or jobs.

    Contact Export is pulled once for each contact, so that it prints the names of then,
    and a fifth of the contacts is in no Work Sessions.
    """
    rng = Random(f"gladly-sandbox/weekly/{tenant.seed}")
    for contact in tenant.state_at().contacts:
        if rng.random() < 0.2:
            tenant.hide("work_sessions", contact)
    return [
        replace(_without(each, *TIMESTAMPS), events=None, exports=())
        for each in regular_plan(tenant, days, report_every=3, lookback=4)
        if each.reports
    ]


def patchy_events(tenant: Tenant, days: int) -> list[Capture]:
    """Pull events on half of the days, and no timestamps report to fill the holes."""
    rng = Random(f"gladly-sandbox/patchy/{tenant.seed}")
    return [
        replace(
            _without(each, *TIMESTAMPS),
            events=each.events if rng.random() < 0.5 else None,
        )
        for each in regular_plan(tenant, days, report_every=4)
    ]


def items_alone(tenant: Tenant, days: int) -> list[Capture]:
    """Pull export jobs daily and the required reports every third day, no events."""
    return [
        replace(_without(each, *TIMESTAMPS, "ContactExportReportV3"), events=None)
        for each in regular_plan(tenant, days, report_every=3)
    ]


def jobs_left_out(tenant: Tenant, days: int) -> list[Capture]:
    """Pull half of the export jobs, and nothing else that counts messages or topics."""
    rng = Random(f"gladly-sandbox/jobs/{tenant.seed}")
    return [
        replace(
            _without(each, *TIMESTAMPS, "ContactExportReportV3"),
            exports=each.exports if rng.random() < 0.5 else (),
        )
        for each in regular_plan(tenant, days, report_every=3)
    ]


def begun_late(tenant: Tenant, days: int) -> list[Capture]:
    """Begin in the middle of the history, and look no further back than that.

    Whatever shows the end of a contact stops three days before the end of the history,
    so that the ends of some are never pulled.
    """
    half = tenant.start + timedelta(days=days // 2)
    stop = tenant.start + timedelta(days=days - 3)
    made = []
    for each in regular_plan(tenant, days, report_every=2):
        at = each.moment()
        if at < half + timedelta(days=1):
            continue
        reports: dict[str, Window] = {
            name: (half, window[1])
            for name, window in each.reports.items()
            if at < stop or name not in _OF_CONTACTS
        }
        events = each.events if at < stop else None
        made.append(replace(each, reports=reports, events=events))
    return made


def reports_in_new_york_time(tenant: Tenant, days: int) -> list[Capture]:
    """Pull every report every third day on the clock of New York, and no events."""
    return [
        replace(each, events=None, timezone="America/New_York")
        for each in regular_plan(tenant, days, report_every=3)
    ]


def _without(capture: Capture, *names: str) -> Capture:
    kept = {
        name: window for name, window in capture.reports.items() if name not in names
    }
    return replace(capture, reports=kept)
