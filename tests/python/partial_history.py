"""Plays conversations and writes partial evidence of them: what a tenant's pulls hold.

A history is what truly happened; evidence is what the extracts of some days report of
it. What must come out follows from the two, without any SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

#: When the first conversation is created.
BEGIN = datetime(2025, 3, 1)
#: How many days conversations live.
DAYS = 42


class Holder(NamedTuple):
    """Who has a conversation: inbox and agent."""

    inbox: str
    agent: str | None = None


@dataclass(frozen=True)
class Step:
    """Something that happened: created, assigned, closed or reopened."""

    at: datetime
    kind: str
    holder: Holder
    before: Holder
    by: str


@dataclass
class Played:
    """A conversation and all that happened to it, in order."""

    id: str
    steps: list[Step] = field(default_factory=list)

    def until(self, at: datetime) -> list[Step]:
        """Return what had happened at a moment."""
        return [step for step in self.steps if step.at <= at]

    def closings(self, at: datetime) -> list[Step]:
        """Return how often it had been closed at a moment."""
        return [step for step in self.until(at) if step.kind == "closed"]

    def status(self, at: datetime) -> str:
        """Return OPEN or CLOSED."""
        changes = [step.kind for step in self.until(at) if step.kind != "assigned"]
        return "CLOSED" if changes[-1] == "closed" else "OPEN"

    def holder(self, at: datetime) -> Holder:
        """Return who had it at a moment."""
        return self.until(at)[-1].holder


def play(an_id: str, rng: Random) -> Played:
    """Play a conversation: created, assigned, closed and reopened at random times."""
    played = Played(an_id)
    at = BEGIN + timedelta(hours=rng.uniform(0, 24 * 20))
    holder = Holder(rng.choice(("i1", "i2", "i3")))
    status = "open"
    played.steps.append(Step(_ms(at, rng), "created", holder, holder, "customer"))
    for _ in range(rng.randrange(9)):
        at += timedelta(minutes=5) + timedelta(hours=rng.expovariate(1 / 60))
        if rng.random() < 0.3:
            at = _near_a_capture(at, rng)
        if at > BEGIN + timedelta(days=DAYS):
            break
        by = rng.choice(("a1", "a2", "a3"))
        if status == "closed":
            status = "open"
            step = Step(_ms(at, rng), "reopened", holder, holder, by)
        elif rng.random() < 0.5:
            status = "closed"
            step = Step(_ms(at, rng), "closed", holder, holder, by)
        else:
            others = [
                Holder(inbox, agent)
                for inbox in ("i1", "i2", "i3")
                for agent in (None, "a1", "a2", "a3")
                if (inbox, agent) != holder
            ]
            after = rng.choice(others)
            step = Step(_ms(at, rng), "assigned", after, holder, by)
            holder = after
        played.steps.append(step)
    return played


def _near_a_capture(at: datetime, rng: Random) -> datetime:
    """Return a later moment in the hour before a capture, or soon after it."""
    near = [each + timedelta(minutes=rng.uniform(-70, 10)) for each in weeks()]
    return min(each for each in near if each > at)


def _ms(at: datetime, rng: Random) -> datetime:
    return at.replace(microsecond=rng.randrange(1000) * 1000)


def shown_at(played: Played, captured_at: datetime) -> datetime:
    """Return when a capture of a conversation is from: of every other one, earlier."""
    is_behind = int(played.id.rpartition("-")[2]) % 2
    return captured_at - timedelta(minutes=50 * is_behind)


# Evidence ------------------------------------------------------------------


def iso(at: datetime) -> str:
    """Return a moment with milliseconds, as events and items have it."""
    return at.isoformat(timespec="milliseconds") + "Z"


def event(played: Played, step: Step) -> dict[str, Any]:
    """Return the event of a step, as the Events API has it."""
    kind = {
        "created": "CONVERSATION/CREATED",
        "assigned": "CONVERSATION_ASSIGNEE/UPDATED",
        "closed": "CONVERSATION/CLOSED",
        "reopened": "CONVERSATION/REOPENED",
    }[step.kind]
    content: dict[str, Any] = {
        "customerId": f"of-{played.id}",
        "conversationId": played.id,
        "context": {"assignee": _assignee(step.before)},
    }
    if step.kind == "assigned":
        content |= {"assignee": _assignee(step.holder), "reason": "MANUAL"}
    actor = "CUSTOMER" if step.by == "customer" else "AGENT"
    return {
        "id": f"{played.id}-{step.at.timestamp()}",
        "type": kind,
        "timestamp": iso(step.at),
        "initiator": {"type": actor, "id": step.by},
        "content": content,
    }


def _assignee(holder: Holder) -> dict[str, str]:
    found = {"inboxId": holder.inbox}
    return found if holder.agent is None else found | {"agentId": holder.agent}


def timestamps_row(played: Played, step: Step) -> dict[str, str]:
    """Return the row of Conversation Timestamps, which has whole seconds."""
    kind = {
        "created": "CONVERSATION/CREATED",
        "assigned": "CONVERSATION_ASSIGNEE/UPDATED",
        "closed": "CONVERSATION/CLOSED",
        "reopened": "CONVERSATION/REOPENED",
    }[step.kind]
    row = {
        "Timestamp": seconds(step.at),
        "Event Type": kind,
        "Conversation ID": played.id,
        "Customer ID": f"of-{played.id}",
        "Initiator Type": "CUSTOMER" if step.by == "customer" else "AGENT",
        "Initiator ID": step.by,
        "Assigned Inbox ID": step.before.inbox,
        "Assigned Agent ID": step.before.agent or "",
    }
    if step.kind == "assigned":
        row |= {
            "Newly Assigned Inbox ID": step.holder.inbox,
            "Newly Assigned Agent ID": step.holder.agent or "",
            "Assignment Update Reason": "MANUAL",
        }
    return row


def seconds(at: datetime) -> str:
    """Return a moment in whole seconds, as reports have it."""
    return at.strftime("%Y-%m-%d %H:%M:%S")


def export_row(played: Played, at: datetime, **cells: str) -> dict[str, str]:
    """Return the row of Conversation Export as of a moment, in whole seconds."""
    closings = played.closings(at)
    holder, first = played.holder(at), played.steps[0]
    reopened = [step for step in played.until(at) if step.kind == "reopened"]
    row = {
        "Created At": seconds(first.at),
        "Conversation ID": played.id,
        "Customer ID": f"of-{played.id}",
        "Status": played.status(at),
        "Inbox ID - Current": holder.inbox,
        "Assigned Agent ID - Current": holder.agent or "",
        "Inbox ID - Created": first.holder.inbox,
        "Times Closed": str(len(closings)),
        "Times Reopened": str(len(reopened)),
    }
    if closings:
        last = closings[-1]
        row |= {
            "First Closed At": seconds(closings[0].at),
            "Last Closed At": seconds(last.at),
            "Initiator Type - Last Closed": "Agent",
            "Initiator Agent ID - Last Closed": last.by,
            "Inbox ID - Last Closed": last.holder.inbox,
            "Assigned Agent ID - Last Closed": last.holder.agent or "",
        }
    return row | cells


def status_item(played: Played, step: Step) -> dict[str, Any]:
    """Return the conversation item of a closing or reopening."""
    return {
        "id": f"item-{played.id}-{step.at.timestamp()}",
        "customerId": f"of-{played.id}",
        "conversationId": played.id,
        "timestamp": iso(step.at),
        "initiator": {"id": step.by, "type": "AGENT"},
        "content": {
            "type": "CONVERSATION_STATUS_CHANGE",
            "status": "CLOSED" if step.kind == "closed" else "OPEN",
        },
    }


# What must come out --------------------------------------------------------


class Seen(NamedTuple):
    """One piece of evidence: what was so from ``at`` on, surely by ``known_until``."""

    at: datetime
    value: Any
    is_capture: bool = False
    known_until: datetime = datetime.min
    always: bool = False


def followed(evidence: Iterable[Seen]) -> list[tuple[datetime, Any]]:
    """Return the values that evidence proves, each with the moment it begins.

    A capture counts where it shows other than what was known, unless something was
    reported since the moment up to which it surely knows.
    """
    known: list[tuple[datetime, Any]] = []
    last_change = datetime.min
    for seen in sorted(evidence, key=lambda each: (each.at, each.is_capture)):
        if seen.is_capture and last_change >= seen.known_until:
            continue
        if not seen.is_capture and known:
            last_change = seen.at
        if seen.always or not known or known[-1][1] != seen.value:
            known.append((seen.at, seen.value))
    return known


def weeks() -> Iterator[datetime]:
    """Return when reports are captured: once a week, at night."""
    at = BEGIN + timedelta(days=2, hours=3)
    while at < BEGIN + timedelta(days=DAYS + 9):
        yield at
        at += timedelta(days=7)
