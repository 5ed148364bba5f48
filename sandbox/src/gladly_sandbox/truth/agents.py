"""What agents truly did: their status from moment to moment, and day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from gladly_sandbox.clock import UTC, between, local_date, naive_utc, zone
from gladly_sandbox.extracts import Emitted
from gladly_sandbox.state import MESSAGE_CHANNELS
from gladly_sandbox.things import AgentMoment, Contact, Conversation, Item, Work
from gladly_sandbox.truth.tables import Row


class Deed(NamedTuple):
    """What an agent did at a moment: ``sent`` a message, ``closed`` a conversation."""

    agent_id: str
    at: datetime
    what: str


@dataclass
class _Spell:
    """Time an agent was active or away for one reason; ``end`` None: still is."""

    agent_id: str
    status: str
    reason: str | None
    start: datetime
    end: datetime | None = None


def status_intervals(moments: Iterable[AgentMoment]) -> Iterator[Row]:
    """Yield rows of ``fct_agent_status_intervals``."""
    for spell in _spells(moments):
        yield {
            "agent_id": spell.agent_id,
            "status": spell.status,
            "reason": spell.reason,
            "valid_from": naive_utc(spell.start),
            "valid_to": naive_utc(spell.end),
            "duration_seconds": None
            if spell.end is None
            else between(spell.start, spell.end) / 1000,
            "is_current": spell.end is None,
        }


def agent_days(
    moments: Iterable[AgentMoment],
    works: Iterable[tuple[Contact, Work]],
    deeds: Iterable[Deed],
    as_of: datetime,
    timezone: str,
) -> Iterator[Row]:
    """Yield rows of ``fct_agent_daily``.

    Args:
        moments: status changes of all agents.
        works: work sessions that an extract showed, with their contacts.
        deeds: what agents did at a moment, as the extracts showed it.
        as_of: up to when those are counted who are still logged in.
        timezone: IANA zone whose midnights divide days.
    """
    days: dict[tuple[str, str], dict[str, int]] = {}

    def add(agent_id: str, day: str, what: str, amount: int) -> None:
        counts = days.setdefault((agent_id, day), {})
        counts[what] = counts.get(what, 0) + amount

    for spell in _spells(moments):
        for day, length in _by_day(spell.start, spell.end or as_of, timezone):
            add(spell.agent_id, day, spell.status, length)
    for contact, work in works:
        day = local_date(contact.ended_at or contact.queued_at, timezone).isoformat()
        for what, amount in (
            ("sessions", 1),
            ("handle", work.handle_ms),
            ("after", work.after_contact_ms),
            ("unknown", work.unknown_ms),
        ):
            add(work.agent_id, day, what, amount)
    for deed in deeds:
        day = local_date(deed.at, timezone).isoformat()
        add(deed.agent_id, day, deed.what, 1)
    for (agent_id, day), counts in days.items():
        active, away = counts.get("active", 0), counts.get("away", 0)
        busy = counts.get("handle", 0) + counts.get("after", 0)
        yield {
            "agent_id": agent_id,
            "activity_date": day,
            "logged_in_seconds": (active + away) / 1000,
            "active_seconds": active / 1000,
            "away_seconds": away / 1000,
            "work_session_count": counts.get("sessions", 0),
            "contact_count": counts.get("sessions", 0),
            "handle_seconds": counts.get("handle", 0) / 1000,
            "after_contact_seconds": counts.get("after", 0) / 1000,
            "unknown_seconds": counts.get("unknown", 0) / 1000,
            "message_sent_count": counts.get("sent", 0),
            "closed_conversation_count": counts.get("closed", 0),
            "occupancy_rate": busy / active if active else None,
        }


def deeds(
    items: Iterable[Item], conversations: Iterable[Conversation], emitted: Emitted
) -> Iterator[Deed]:
    """Yield what agents did.

    Args:
        items: those that the landing shows.
        conversations: those that the landing shows, absorbed ones included.
        emitted: what the landing shows.
    """
    for item in items:
        who = item.initiator
        if item.content["type"] in MESSAGE_CHANNELS and who and who.type == "AGENT":
            yield Deed(str(who.id), item.at, "sent")
    for held in conversations:
        if held.id in emitted.histories:
            for closing in held.closes:
                if closing["by"].type == "AGENT":
                    yield Deed(closing["by"].id, closing["at"], "closed")


def _spells(moments: Iterable[AgentMoment]) -> list[_Spell]:
    """Return what agents did, in order; who is logged out does nothing."""
    told: dict[str, list[AgentMoment]] = {}
    for each in moments:
        if each.type.startswith("AGENT_STATUS/"):
            told.setdefault(each.agent_id, []).append(each)
    made: list[_Spell] = []
    for agent_id, changes in told.items():
        now: _Spell | None = None
        for each in sorted(changes, key=lambda one: (one.occurred_at, one.at)):
            what = each.type.removeprefix("AGENT_STATUS/")
            if what == "LOGGED_OUT":
                _stop(now, each)
                now = None
            elif what == "WENT_AWAY":
                if now is not None and now.status == "away":
                    if each.away_reason in (None, now.reason):
                        continue
                    if now.reason is None:
                        now.reason = each.away_reason
                        continue
                _stop(now, each)
                now = _Spell(agent_id, "away", each.away_reason, each.occurred_at)
                made.append(now)
            else:
                is_active = now is not None and now.status == "active"
                if what == "CHANGED_ACTIVE_REASON" and not is_active:
                    continue
                if is_active and now is not None:
                    if each.active_reason in (None, now.reason):
                        continue
                elif now is not None and each.away_reason is not None:
                    now.reason = each.away_reason
                _stop(now, each)
                now = _Spell(agent_id, "active", each.active_reason, each.occurred_at)
                made.append(now)
    return made


def _stop(spell: _Spell | None, at: AgentMoment) -> None:
    if spell is not None:
        spell.end = at.occurred_at


def _by_day(start: datetime, end: datetime, timezone: str) -> Iterator[tuple[str, int]]:
    """Yield the days between two moments with the milliseconds on each."""
    while start < end:
        day = local_date(start, timezone)
        midnight = datetime.combine(
            day + timedelta(days=1), time(), zone(timezone)
        ).astimezone(UTC)
        yield day.isoformat(), between(start, min(end, midnight))
        start = midnight
