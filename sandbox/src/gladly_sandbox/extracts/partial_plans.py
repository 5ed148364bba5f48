"""Plans of pipelines that do not pull everything: what most real ones look like.

Each ends with a look-up of every id seen, so that ids resolve as far as look-ups go.
Lists of inboxes, agents and topics come with every weekly pull.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from gladly_sandbox.extracts.plan import Capture, Pull, Window, regular_plan
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


def days_missed(tenant: Tenant, days: int) -> list[Capture]:
    """Ask each report and jobs for the day before alone, miss one in six; no events.

    Only the last capture, which misses nothing, asks for its own day, too.
    """
    rng = Random(f"gladly-sandbox/missed/{tenant.seed}")
    plan = regular_plan(tenant, days, report_every=1)
    made = []
    for each in plan:
        before = (each.moment() - timedelta(days=1)).date().isoformat()
        is_last = each is plan[-1]
        window: Window = (before, each.moment() if is_last else before)
        reports = {
            name: window for name in each.reports if is_last or rng.random() < 5 / 6
        }
        has_job = is_last or rng.random() < 5 / 6
        exports = [Pull(*window)] if has_job else ()
        made.append(replace(each, reports=reports, events=None, exports=exports))
    return made


def thinned(tenant: Tenant, days: int) -> list[Capture]:
    """Pull what chance leaves: kinds that are missing, late, stopped, or have holes.

    The seed of the tenant decides. Conversation Export and one of the reports of
    contacts are always among it, for no folder lands without them. What is left is
    pulled as differently as tenants pull it: see ``_varied``.
    """
    rng = Random(f"gladly-sandbox/thinned/{tenant.seed}")
    # One of the two reports of contacts alone, or both; the others three times in four.
    contacts = rng.choice([_OF_CONTACTS[:1], _OF_CONTACTS[1:2], _OF_CONTACTS[:2]])
    begins: dict[str, float] = {}
    ends, share = {}, {}
    for name in (*TIMESTAMPS, "AgentTimestampsReport", "events", "exports", "entities"):
        if rng.random() < 0.75:
            begins[name] = days * rng.choice([0, 0, 0, rng.random() / 2])
            ends[name] = days * rng.choice([1, 1, 1, rng.uniform(0.6, 1)]) + 1
            share[name] = rng.choice([1.0, 1.0, 0.8, 0.4])
    begins |= dict.fromkeys(("ConversationExportReport", *contacts), 0)

    def is_pulled(name: str, day: float) -> bool:
        return (
            name in begins
            and begins[name] <= day <= ends.get(name, day)
            and rng.random() < share.get(name, 1.0)
        )

    timezone = rng.choice(["UTC", "UTC", "America/New_York"])
    iso = rng.random() < 0.3
    follows_redirects = rng.random() < 0.2
    every, lookback = rng.choice([1, 2, 3]), rng.choice([3, 6])
    made = []
    for each in regular_plan(tenant, days, report_every=every, lookback=lookback):
        day = (each.moment() - tenant.start) / timedelta(days=1)
        made.append(
            replace(
                each,
                reports={
                    name: window
                    for name, window in each.reports.items()
                    if is_pulled(name, day)
                },
                events=each.events if is_pulled("events", day) else None,
                exports=each.exports if is_pulled("exports", day) else (),
                entities=each.entities if is_pulled("entities", day) else (),
                timezone=timezone,
                iso=iso,
                follows_redirects=follows_redirects,
            )
        )
    return _varied(made, Random(f"gladly-sandbox/varied/{tenant.seed}"))


#: Columns that older versions of a report may lack, by what they are about.
_LACKING: dict[str, list[tuple[str, ...]]] = {
    "ConversationExportReport": [
        ("Times Closed", "Times Reopened"),
        ("Count of Contacts", "Count of Channels", "Count of Notes"),
        ("First Channel", "Second Channel", "Third Channel", "Last Channel"),
        ("First Contact ID",),
        ("Is FCR Eligible", "Is FCR Success"),
        (
            "Created-to-First Closed Time in Seconds",
            "Created-to-Last Closed Time in Seconds",
        ),
        ("Conversation Handle Time in Seconds",),
        ("Topics", "Topics with Hierarchy"),
        ("Merged Conversations",),
        ("Inbox ID - Last Closed", "Assigned Agent ID - Last Closed"),
        ("Assigned Agent ID - Current", "Assigned Agent Name - Current"),
        ("Inbox ID - Current", "Inbox Name - Current"),
        ("Inbox ID - Created", "Assigned Agent ID - Created"),
        ("Initiator Type - Last Closed",),
    ],
    "ContactExportReportV3": [
        ("Contact Initiator",),
        ("Direction",),
        ("Entry Point", "Final IVR Selection"),
        ("Fulfilled Type", "Fulfilled by Contact ID"),
        ("Status",),
        ("Inbox when Queued", "Inbox when Ended", "Agent when Ended"),
        ("Offered At", "Times Offered"),
        ("Accepted At", "Times Accepted"),
        ("Due At", "SLA Target (sec)", "Seconds within (-) or over (+) SLA"),
        ("SLA Target (sec)",),
        (
            "Queued-to-Fulfilled (sec)",
            "Queued-to-Fulfilled within Business Hours (sec)",
            "Queued-to-Accepted (sec)",
            "Queued-to-Ended (sec)",
        ),
        (
            "Contact Handle Time (sec)",
            "After Contact Time (sec)",
            "Total Contact Handle Time (sec)",
        ),
        ("After Contact Time (sec)",),
        ("Total Talk Time", "Hold Time Total (sec)"),
        (
            "Messages Total",
            "Messages from Customer",
            "Messages from Agent",
            "Messages from Rules",
            "Messages from API",
        ),
        ("Times Missed", "Times Declined", "Times Transferred"),
    ],
    "WorkSessionEvents": [
        ("accepted_inbox_id",),
        ("within_sla",),
        ("contact_session_routed_at",),
        ("work_session_after_contact_time_sec",),
        ("work_session_unknown_time_sec",),
        ("status",),
        ("sla_fulfilled_at",),
    ],
    "ConversationTimestampsReport": [
        ("Assignment Update Reason",),
        ("Initiator Type", "Initiator ID", "Initiator Agent Name"),
        ("Assigned Inbox ID", "Assigned Inbox Name"),
        ("Assigned Agent ID", "Assigned Agent Name"),
    ],
}


def _varied(plan: list[Capture], rng: Random) -> list[Capture]:
    """Pull each report of a plan in a way of its own.

    One may be in local time, cut to the second, of an older version with fewer
    columns, for all time or up to some day, on other days than the rest, or once a
    week. One tenant in eight has no API at all, and one in eight pulls reports on one
    day and lives on the API.
    """
    names = sorted({name for each in plan for name in each.reports})
    local = rng.choice([None, None, *names])
    cut = {name for name in names if rng.random() < 0.25}
    weekly = {name for name in names if rng.random() < 0.2}
    days_later = {name: rng.choice([0, 0, 0, 1, 2]) for name in names}
    lacking: dict[str, tuple[str, ...]] = {}
    for name in names:
        if name in _LACKING and rng.random() < 0.4:
            chosen = rng.sample(_LACKING[name], rng.choice([1, 2, 3]))
            lacking[name] = tuple(column for columns in chosen for column in columns)
    until = {name: rng.choice([len(plan), rng.randrange(len(plan))]) for name in names}
    kind = rng.choice([*["all"] * 6, "reports alone", "reports once"])
    days = [number for number, each in enumerate(plan) if each.reports]
    only = rng.choice([days[0], days[-1]]) if kind == "reports once" else None

    pulled: list[list[Capture]] = [[] for _ in plan]
    for number, each in enumerate(plan):
        for name, (start, end) in each.reports.items():
            later = min(number + days_later[name], len(plan) - 1)
            is_last = number == len(plan) - 1
            if only is not None and number != only:
                continue
            if only is None and name in weekly and not is_last and number % 7 != 6:
                continue
            at = plan[later].moment()
            pulled[later].append(
                Capture(
                    at,
                    f"{each.label}_{number + 1}",
                    reports={name: (start, end if later == number else at)},
                    timezone="America/New_York" if name == local else each.timezone,
                    iso=each.iso,
                    whole_seconds=name in cut,
                    without_columns={
                        name: lacking.get(name, ()) if number < until[name] else ()
                    },
                )
            )
    made = []
    for each, reports in zip(plan, pulled, strict=True):
        rest = replace(each, reports={})
        if kind == "reports alone":
            rest = replace(
                rest,
                events=None,
                exports=(),
                entities=(),
                profiles=(),
                conversations=(),
                customer_lookups=(),
                conversation_lookups=(),
            )
        made += [*reports, rest]
    return made


def _without(capture: Capture, *names: str) -> Capture:
    kept = {
        name: window for name, window in capture.reports.items() if name not in names
    }
    return replace(capture, reports=kept)
