"""Work around the moments at which the clocks of a time zone change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from gladly_sandbox.clock import zone
from gladly_sandbox.scenes.setting import Setting
from gladly_sandbox.things import by_agent


def clock_changes(start: datetime, end: datetime, timezone: str) -> Iterator[datetime]:
    """Yield the moments in a stretch at which a zone's clocks change, to 15 minutes."""
    here, step = start, timedelta(minutes=15)
    while here < end:
        before = here.astimezone(zone(timezone)).utcoffset()
        here += step
        if before != here.astimezone(zone(timezone)).utcoffset():
            yield here


def play_nights(setting: Setting, customers: int, timezone: str) -> None:
    """Let customers write, and agents leave and return, within hours of each change."""
    t = setting.tenant
    if not customers:
        return
    for change in clock_changes(t.start, setting.end, timezone):
        until = change + timedelta(minutes=100)
        for _ in range(customers):
            at = setting.later(change, -6000, 5400)
            owner = setting.person(at - timedelta(hours=5))
            agent = setting.pick(setting.agents)
            held = t.open_conversation(at, owner, inbox=setting.inboxes[0])
            ended = setting.contact(
                at, held, owner, agent, channel="EMAIL", longest=3000, ends_by=until
            )
            if setting.rng.random() < 0.8:
                t.close(setting.later(ended, 1, 2400), held, by=by_agent(agent))
        for number in range(3):
            _shift(setting, change, number)


def _shift(setting: Setting, change: datetime, number: int) -> None:
    """Let a new agent work through the night and be away around the change."""
    t = setting.tenant
    agent = t.add_agent(f"Night Invented {setting.number:03d} {number}")
    t.agent_status(setting.later(change, -9000, -7200), agent, "LOGGED_IN")
    away = setting.later(change, -6000, -600)
    t.agent_status(away, agent, "WENT_AWAY", reason="Break")
    back = setting.later(away, 300, 5400)
    t.agent_status(back, agent, "RETURNED_FROM_AWAY", reason="Break", away_since=away)
    t.agent_status(setting.later(back, 3600, 7200), agent, "LOGGED_OUT")
