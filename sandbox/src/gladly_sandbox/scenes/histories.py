"""Conversations that go from hand to hand over days, are closed and opened again."""

from __future__ import annotations

from datetime import timedelta

from gladly_sandbox.scenes.setting import Setting
from gladly_sandbox.things import RULE, by_agent, by_customer


def play_histories(setting: Setting, conversations: int) -> None:
    """Let conversations be assigned, closed and reopened every few hours for days."""
    t = setting.tenant
    for number in range(conversations):
        day = number % max(1, setting.days() - 3)
        at = setting.later(setting.day(day, 1), 3600, 80_000)
        owner = setting.person(at - timedelta(minutes=30))
        inbox = setting.pick(setting.inboxes)
        held = t.open_conversation(at, owner, inbox=inbox)
        at = setting.contact(
            setting.later(at, 5, 60), held, owner, setting.pick(setting.agents),
            inbox=inbox,
        )  # fmt: skip
        if number % 2:
            # Waits for an answer until the conversation is closed over it.
            t.start_contact(at, held, "EMAIL", inbox=inbox, sla_seconds=14_400)
        is_open = True
        while (at := setting.later(at, 7200, 110_000)) < setting.end:
            agent = setting.pick(setting.agents)
            if not is_open:
                t.reopen(at, held, by=by_customer(owner))
                is_open = True
            elif setting.rng.random() < 0.35:
                t.close(at, held, by=by_agent(agent))
                is_open = False
            else:
                inbox = setting.pick(setting.inboxes)
                has_agent = setting.rng.random() < 0.6
                t.assign(
                    at,
                    held,
                    inbox=inbox,
                    agent=agent if has_agent else None,
                    by=by_agent(agent) if has_agent else RULE,
                )
