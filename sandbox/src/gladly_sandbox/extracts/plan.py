"""What is pulled when: captures, their windows, and usual plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gladly_sandbox.clock import When, moment, zone
from gladly_sandbox.extracts.headers import HEADERS
from gladly_sandbox.tenant import Tenant

#: First and last of a window, both included. Dates (``2025-03-01``) mean whole days
#: in the capture's time zone.
Window = tuple[When, When]

#: Entities that a capture can hold as full lists or as all objects known.
ENTITIES = (
    "agents",
    "teams",
    "inboxes",
    "topics",
    "business_hours",
    "organization",
    "tasks",
    "answers",
    "answer_contents",
)


def bounds(window: Window, timezone: str = "UTC") -> tuple[datetime, datetime]:
    """Return a window as [start, end) in UTC.

    A last date ends at the next midnight; a last moment is included to its
    millisecond.

    Raises:
        ValueError: when the end lies before the start.
    """
    start, end = (_edge(edge, timezone) for edge in window)
    if isinstance(window[1], str) and len(window[1]) == 10:
        end = _edge(
            (datetime.fromisoformat(window[1]) + timedelta(days=1)).date().isoformat(),
            timezone,
        )
    else:
        end += timedelta(milliseconds=1)
    if end <= start:
        raise ValueError(f"window ends before it starts: {window!r}")
    return start, end


def _edge(when: When, timezone: str) -> datetime:
    if isinstance(when, str) and len(when) == 10:
        return moment(datetime.fromisoformat(when).replace(tzinfo=zone(timezone)))
    return moment(when)


@dataclass(frozen=True)
class Pull:
    """One export job over a window of item times.

    Attributes:
        start: first moment or date.
        end: last moment or date, included.
        job_id: a slug by default.
        files: files the job holds.
    """

    start: When
    end: When
    job_id: str | None = None
    files: tuple[str, ...] = (
        "agents.jsonl",
        "conversation_items.jsonl",
        "customers.jsonl",
        "topics.jsonl",
    )


@dataclass(frozen=True)
class Capture:
    """Everything received at one moment.

    Attributes:
        at: when, to the second; the world is shown as of then.
        label: the part of file names after the capture time.
        reports: folder under ``reports/`` -> window.
        events: Events API window.
        exports: export jobs that completed now.
        entities: names from ``ENTITIES``.
        profiles: customer profiles fetched: ids, or ``seen`` for every id written
            so far. A deleted one gives ``{"id", "status": 404}``; an absorbed one
            nothing, since the API redirects.
        conversations: the same; ``open`` fetches those not closed.
        customer_lookups: ids looked up without following redirects, or ``seen``.
        conversation_lookups: the same.
        timezone: IANA zone that report times are rendered in.
        iso: render report times as ``2025-03-01T09:00:00.000Z`` instead.
        whole_seconds: cut report times to the second.
        without_columns: folder under ``reports/`` -> columns that its files lack, as
            those of older versions do.
        follows_redirects: let the client that looks customers up follow redirects: it
            sees 200 and the profile it ended at, never 301.
    """

    at: When
    label: str = "capture"
    reports: dict[str, Window] = field(default_factory=dict)
    events: Window | None = None
    exports: Sequence[Pull] = ()
    entities: Sequence[str] = ()
    profiles: Sequence[str] | str = ()
    conversations: Sequence[str] | str = ()
    customer_lookups: Sequence[str] | str = ()
    conversation_lookups: Sequence[str] | str = ()
    timezone: str = "UTC"
    iso: bool = False
    whole_seconds: bool = False
    without_columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    follows_redirects: bool = False

    def __post_init__(self) -> None:
        """Reject names that no writer knows.

        Raises:
            ValueError: for an unknown report, column, entity or shorthand.
        """
        for name in self.reports:
            if name not in HEADERS:
                raise ValueError(f"no report {name!r}; one of {', '.join(HEADERS)}")
        for name, columns in self.without_columns.items():
            unknown = sorted(set(columns) - set(HEADERS[name]))
            if unknown:
                raise ValueError(f"{name} has no columns {unknown}")
        for name in self.entities:
            if name not in ENTITIES:
                raise ValueError(f"no entity {name!r}; one of {', '.join(ENTITIES)}")
        for what, allowed in (
            (self.profiles, ("seen",)),
            (self.conversations, ("seen", "open")),
            (self.customer_lookups, ("seen",)),
            (self.conversation_lookups, ("seen",)),
        ):
            if isinstance(what, str) and what not in allowed:
                raise ValueError(f"no shorthand {what!r}; one of {', '.join(allowed)}")

    def moment(self) -> datetime:
        """Return ``at`` cut to the second."""
        return moment(self.at).replace(microsecond=0)


def whole_history(
    tenant: Tenant,
    at: When,
    *,
    label: str = "full",
    events: Window | None = None,
    timezone: str = "UTC",
    iso: bool = False,
) -> Capture:
    """Return a capture of every report over all time, one job and all look-ups.

    The Events API reaches back one day only, so ``events`` is left to the caller.
    """
    when = moment(at)
    window = (tenant.start, when)
    return Capture(
        when,
        label,
        reports=dict.fromkeys(HEADERS, window),
        events=events,
        exports=[Pull(*window)],
        entities=ENTITIES,
        profiles="seen",
        conversations="seen",
        customer_lookups="seen",
        conversation_lookups="seen",
        timezone=timezone,
        iso=iso,
    )


def regular_plan(
    tenant: Tenant, days: int, *, report_every: int = 7, lookback: int = 14
) -> list[Capture]:
    """Return the captures of a well-run pipeline over ``days`` from the start.

    Export jobs and events come daily, each window reaching back over the day
    before. Reports come every ``report_every`` days: Work Sessions and Contact
    Export over the last ``lookback`` days, timestamps over the period and a day,
    Conversation Export over 30 days. The last capture takes Conversation Export
    and both timestamps reports over all time, and looks up every id seen.
    """
    plan = []
    for day in range(1, days + 1):
        at = tenant.start + timedelta(days=day, hours=2)
        is_last = day == days
        reports: dict[str, Window] = {}
        entities: tuple[str, ...] = ()
        if is_last or day % report_every == 0:
            midnight = at - timedelta(hours=2)
            recent = (midnight - timedelta(days=report_every + 1), at)
            trailing = (midnight - timedelta(days=lookback), at)
            always = (tenant.start, at)
            reports = {
                "ConversationExportReport": always
                if is_last
                else (midnight - timedelta(days=30), at),
                "ConversationTimestampsReport": always if is_last else recent,
                "ContactTimestampsReport": always if is_last else recent,
                "WorkSessionEvents": trailing,
                "ContactExportReportV3": trailing,
                "AgentTimestampsReport": recent,
                "AnswerUsageReport": always,
            }
            entities = ENTITIES
        plan.append(
            Capture(
                at,
                "daily",
                reports=reports,
                events=(at - timedelta(hours=24), at),
                exports=[
                    Pull(
                        at - timedelta(hours=50),
                        at if is_last else at - timedelta(hours=2),
                    )
                ],
                entities=entities,
                profiles="seen" if is_last else (),
                conversations="open" if is_last else (),
                customer_lookups="seen" if is_last else (),
                conversation_lookups="seen" if is_last else (),
            )
        )
    return plan
