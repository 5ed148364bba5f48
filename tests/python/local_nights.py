"""Plays nights in which clocks go back, and writes what reports in local time show.

What happened is known in UTC; local times are made from it with Python's own rules of
time zones, so that nothing here shares a rule with the SQL that reads them back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from extracts_folder import report, write

#: When the clocks of a zone went back, in UTC: by an hour, half an hour, at midnight.
NIGHTS = {
    "America/New_York": datetime(2024, 11, 3, 6),
    "Australia/Lord_Howe": datetime(2024, 4, 6, 15),
    "Europe/London": datetime(2024, 10, 27, 1),
    "America/Sao_Paulo": datetime(2018, 2, 18, 2),
    "Africa/Casablanca": datetime(2024, 3, 10, 2),
}

#: What happens to a contact, with its column in Contact Export.
CONTACT_EVENTS = {
    "CONTACT/STARTED": "Queued At",
    "CONTACT/OFFERED": "Offered At",
    "CONTACT/OFFER_ACCEPTED": "Accepted At",
    "CONTACT/FULFILLED": "Fulfilled At",
    "CONTACT/ENDED": "Ended At",
}

#: What an agent does in a night.
AGENT_EVENTS = (
    "LOGGED_IN",
    "WENT_AWAY",
    "RETURNED_FROM_AWAY",
    "WENT_AWAY",
    "RETURNED_FROM_AWAY",
    "LOGGED_OUT",
)

#: When reports are captured, long after every night.
STAMP = "20250301T020000Z"


def local(moment: datetime, timezone: str) -> str:
    """Return a naive UTC time as a report in the zone prints it."""
    there = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone))
    return there.strftime("%Y-%m-%d %H:%M:%S")


@dataclass
class Case:
    """One conversation with its contact, and an agent, around one night.

    Attributes:
        name: of the conversation, its contact, customer and agent.
        timezone: of the reports.
        contact: the moments in ``CONTACT_EVENTS``, naive UTC.
        created_at: of the conversation, which closes when the contact ends.
        agent: the moments in ``AGENT_EVENTS``.
        states_seconds: whether the rows of the exports state durations.
    """

    name: str
    timezone: str
    contact: list[datetime]
    created_at: datetime
    agent: list[datetime]
    states_seconds: bool

    @property
    def closed_at(self) -> datetime:
        """When the conversation closed."""
        return self.contact[-1]

    @property
    def away_seconds(self) -> float:
        """How long the agent was away, all absences together."""
        return sum(
            (self.agent[to] - self.agent[to - 1]).total_seconds() for to in (2, 4)
        )


@dataclass
class Nights:
    """Cases of all nights: of some every report is asked for, of others the exports."""

    full: list[Case] = field(default_factory=list)
    alone: list[Case] = field(default_factory=list)


def play(seed: int, of_each: int) -> Nights:
    """Play so many cases of either kind in every night."""
    rng, nights = Random(seed), Nights()
    for timezone, change in NIGHTS.items():
        for number in range(of_each):
            name = f"{timezone.split('/')[1].lower()}-{number}"
            nights.full.append(_case(rng, f"full-{name}", timezone, change))
            nights.alone.append(_case(rng, f"alone-{name}", timezone, change))
    return nights


def _case(rng: Random, name: str, timezone: str, change: datetime) -> Case:
    begins = change + timedelta(seconds=rng.randint(-5400, 4500))
    logs_in = change + timedelta(seconds=rng.randint(-5400, 4500))
    return Case(
        name=name,
        timezone=timezone,
        contact=_moments(rng, begins, len(CONTACT_EVENTS)),
        created_at=begins - timedelta(seconds=rng.choice([0, 1, 900])),
        agent=_moments(rng, logs_in, len(AGENT_EVENTS)),
        states_seconds=rng.random() < 0.7,
    )


def _moments(rng: Random, first: datetime, count: int) -> list[datetime]:
    moments = [first]
    while len(moments) < count:
        moments.append(moments[-1] + timedelta(seconds=rng.randint(5, 2400)))
    return moments


def write_nights(root: Path, nights: Nights) -> None:
    """Write every report of the nights, each zone in files of its own."""
    for timezone in NIGHTS:
        name = timezone.split("/")[1].lower()
        full = [case for case in nights.full if case.timezone == timezone]
        alone = [case for case in nights.alone if case.timezone == timezone]
        for metric_set, rows in {
            "ConversationExportReport": map(conversation_row, full + alone),
            "ContactExportReportV3": map(contact_row, full + alone),
            "ConversationTimestampsReport": sorted_rows(conversation_events(full)),
            "ContactTimestampsReport": sorted_rows(contact_events(full)),
            "AgentTimestampsReport": sorted_rows(agent_events(full)),
        }.items():
            text = report(metric_set, *rows)
            write(root, f"reports/{metric_set}/{STAMP}__{name}.csv", text)


def conversation_row(case: Case) -> dict[str, str]:
    """Return the row of a case in Conversation Export."""
    closed = local(case.closed_at, case.timezone)
    seconds = f"{(case.closed_at - case.created_at).total_seconds():.3f}"
    stated = {
        "Created-to-First Closed Time in Seconds": seconds,
        "Created-to-Last Closed Time in Seconds": seconds,
    }
    return {
        "Timezone Filter": case.timezone,
        "Created At": local(case.created_at, case.timezone),
        "Conversation ID": case.name,
        "Customer ID": f"customer-{case.name}",
        "Status": "CLOSED",
        "Inbox ID - Current": "inbox-1",
        "First Closed At": closed,
        "Last Closed At": closed,
        "Times Closed": "1",
        "Times Reopened": "0",
        **(stated if case.states_seconds else {}),
    }


def contact_row(case: Case) -> dict[str, str]:
    """Return the row of a case in Contact Export."""
    queued, _, accepted, fulfilled, ended = case.contact
    stated = {
        "Queued-to-Accepted (sec)": accepted - queued,
        "Queued-to-Fulfilled (sec)": fulfilled - queued,
        "Queued-to-Ended (sec)": ended - queued,
        "Accepted-to-Fulfilled (sec)": fulfilled - accepted,
        "Fulfilled-to-Ended (sec)": ended - fulfilled,
    }
    row = {
        "Timezone Filter": case.timezone,
        "Customer ID": f"customer-{case.name}",
        "Conversation ID": case.name,
        "Contact ID": f"contact-{case.name}",
        "Channel": "CHAT",
        "Direction": "INBOUND",
        "Status": "ANSWERED",
    }
    for column, moment in zip(CONTACT_EVENTS.values(), case.contact, strict=True):
        row[column] = local(moment, case.timezone)
    if case.states_seconds:
        row |= {
            column: f"{each.total_seconds():.3f}" for column, each in stated.items()
        }
    return row


Event = tuple[datetime, dict[str, str]]


def conversation_events(cases: Iterable[Case]) -> list[Event]:
    """Return the rows of cases in Conversation Timestamps, with their moments."""
    return [
        (
            moment,
            {
                "Timezone Filter": case.timezone,
                "Timestamp": local(moment, case.timezone),
                "Event Type": event_type,
                "Conversation ID": case.name,
                "Customer ID": f"customer-{case.name}",
            },
        )
        for case in cases
        for event_type, moment in (
            ("CONVERSATION/CREATED", case.created_at),
            ("CONVERSATION/CLOSED", case.closed_at),
        )
    ]


def contact_events(cases: Iterable[Case]) -> list[Event]:
    """Return the rows of cases in Contact Timestamps, with their moments."""
    return [
        (
            moment,
            {
                "Timezone Filter": case.timezone,
                "Timestamp": local(moment, case.timezone),
                "Event Type": event_type,
                "Contact ID": f"contact-{case.name}",
                "Conversation ID": case.name,
                "Customer ID": f"customer-{case.name}",
            },
        )
        for case in cases
        for event_type, moment in zip(CONTACT_EVENTS, case.contact, strict=True)
    ]


def agent_events(cases: Iterable[Case]) -> list[Event]:
    """Return the rows of cases in Agent Timestamps, with their moments."""
    return [
        (
            moment,
            {
                "Timezone Filter": case.timezone,
                "Timestamp": local(moment, case.timezone),
                "Occurred At": local(moment, case.timezone),
                "Agent": "A",
                "Type": f"AGENT_STATUS/{event_type}",
                "Agent ID": f"agent-{case.name}",
            },
        )
        for case in cases
        for event_type, moment in zip(AGENT_EVENTS, case.agent, strict=True)
    ]


def sorted_rows(events: list[Event]) -> list[dict[str, str]]:
    """Return rows as a report has them: ascending by when they happened."""
    return [row for _, row in sorted(events, key=lambda event: event[0])]
