"""Messages that look the same, are redacted between two exports, or issued again.

Export jobs are taken at two in the morning and reach back two days, so what is sent on
a morning is in the job of the next night and of the one after. Between them a message
is redacted, and its profile merged.
"""

from __future__ import annotations

from datetime import timedelta

from gladly_sandbox.scenes.setting import Setting
from gladly_sandbox.things import by_agent, by_customer


def play_lookalikes(setting: Setting, rounds: int) -> None:
    """Play a merge whose items are issued again, some times."""
    for number in range(rounds):
        _round(setting, number, 1 + number % max(1, setting.days() - 3))


def _round(setting: Setting, number: int, day: int) -> None:
    t = setting.tenant
    at = setting.later(setting.day(day, 9), 0, 3600)
    lost, kept = (setting.person(at - timedelta(hours=2)) for _ in range(2))
    held = t.open_conversation(at, lost, inbox=setting.pick(setting.inboxes))
    agent = setting.pick(setting.agents)
    by, back = by_customer(lost), by_agent(agent)
    again = at + timedelta(minutes=2)
    # Pressed twice at one moment: two messages, and two of the agent's like them.
    twins = [t.message(again, held, "Hello?", by=by) for _ in range(2)]
    answers = [
        t.message(again + timedelta(minutes=1), held, "Hello!", by=back)
        for _ in range(3)
    ]
    secret = t.message(at + timedelta(minutes=5), held, setting.text(), by=by)
    plain = t.message(at + timedelta(minutes=6), held, setting.text(), by=back)
    note = t.add_note(at + timedelta(minutes=7), held, setting.text(), by=back)
    closed = at + timedelta(minutes=20)
    t.close(closed, held, by=back)
    between_jobs = setting.day(day + 1, 6)
    t.redact(between_jobs, secret)
    if number % 2:
        t.redact(between_jobs, twins[1])
        t.redact(between_jobs, note)
    t.merge_profiles(
        between_jobs + timedelta(hours=1),
        kept,
        lost,
        reissue_items=True,
        # Of three that look the same, one keeps its id.
        keep_items=[answers[1], plain] if number % 3 == 0 else [],
    )
