"""The reports: how each is asked for, and how long it restates its past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from gladly_extract.clock import UTC
from gladly_extract.settings import Settings

#: Reports are about an hour behind: a day is whole when asked for later than that.
BEHIND = timedelta(hours=2)


@dataclass(frozen=True)
class Report:
    """A report.

    Attributes:
        name: its folder, and metricSet unless it is the legacy endpoint.
        settles: how long after a day its rows may still change.
        takes_times: whether it can be asked for part of a day.
        follows_contacts: whether days of contacts that are open, or ended lately, are
            due as well.
        full_pass: time between passes over all days, whatever has settled.
        is_read: whether the dbt project reads it.
    """

    name: str
    settles: timedelta = BEHIND
    takes_times: bool = False
    follows_contacts: bool = False
    full_pass: timedelta | None = None
    is_read: bool = True

    @property
    def kind(self) -> str:
        """Return its folder below the extracts folder."""
        return f"reports/{self.name}"

    @property
    def path(self) -> str:
        """Return the endpoint."""
        if self.name == "WorkSessionEvents":
            return "reports/work-session-events"
        return "reports"

    def asked(
        self, first: date | datetime, last: date | datetime, now: datetime
    ) -> dict[str, Any]:
        """Return the body of a request for days, or moments, both included.

        Always in UTC, so that times do not depend on the organisation's zone.
        """
        is_legacy = self.name == "WorkSessionEvents"
        if is_legacy or isinstance(first, datetime):
            start = first if isinstance(first, datetime) else _midnight(first)
            end = (
                last
                if isinstance(last, datetime)
                else _midnight(last) + timedelta(hours=23, minutes=59)
            )
            end = min(end, now.replace(second=0))
            if end <= start:
                end = start + timedelta(minutes=1)
            asked = {
                "startAtTime": f"{start:%Y-%m-%dT%H:%MZ}",
                "endAtTime": f"{end:%Y-%m-%dT%H:%MZ}",
            }
            return asked if is_legacy else {"metricSet": self.name, **asked}
        return {
            "metricSet": self.name,
            "startAt": first.isoformat(),
            "endAt": last.isoformat(),
            "timezone": "UTC",
        }


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def read_reports(settings: Settings) -> list[Report]:
    """Return the seven reports that the dbt project reads."""
    full_pass = settings.full_pass_days
    return [
        Report(
            "WorkSessionEvents",
            timedelta(days=settings.work_sessions_days),
            takes_times=True,
        ),
        Report(
            "ContactExportReportV3",
            timedelta(days=settings.contacts_days),
            takes_times=True,
            follows_contacts=True,
        ),
        Report(
            "ConversationExportReport",
            timedelta(days=settings.conversations_days),
            full_pass=timedelta(days=full_pass) if full_pass else None,
        ),
        Report("ConversationTimestampsReport"),
        Report("ContactTimestampsReport"),
        Report("AgentTimestampsReport"),
        Report("AnswerUsageReport"),
    ]


#: Aggregated reports, pulled when they are asked for: Gladly's own sums.
AGGREGATED = (
    "ContactSummaryReportV2",
    "ContactSummaryCountsReport",
    "ChannelWaitTimeReportV2",
    "FirstContactResolutionByAgentV2Report",
    "ConversationSummaryReport",
    "AgentSummaryV2",
    "TaskSummaryReport",
)


def aggregated_reports() -> list[Report]:
    """Return the aggregated reports; they are recomputed, so a month is kept fresh."""
    return [Report(name, timedelta(days=30), is_read=False) for name in AGGREGATED]
