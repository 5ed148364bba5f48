"""Names that change hands, while reports print nothing but names."""

from __future__ import annotations

from datetime import datetime, timedelta

from gladly_sandbox.scenes.setting import Setting


def play_names(setting: Setting) -> None:
    """Let inboxes swap names, and an inbox and an agent take a name over."""
    t = setting.tenant
    half = setting.day(setting.days() // 2, 4)
    here, there, old = (t.add_inbox(name) for name in ("Warranty", "Parts", "Claims"))
    first = t.add_agent("Di Invented", email="di@larkspur.example.com")
    second = t.add_agent("Jo Invented", email="jo@larkspur.example.com")
    t.swap_inbox_names(half, here, there)
    t.rename_inbox(half, old, "Claims (old)")
    new = t.add_inbox("Claims", at=half + timedelta(minutes=1))
    t.rename_agent(half, first, "Di Madeup")
    third = t.add_agent(
        "Di Invented", at=half + timedelta(minutes=1), email="di2@larkspur.example.com"
    )
    for day in range(setting.days() - 1):
        at = setting.later(setting.day(day, 12), 0, 3600)
        is_after = at > half
        inboxes = [here, there, new if is_after else old]
        agents = [second, third if is_after else first, first]
        for number in range(3):
            _work(setting, at + timedelta(hours=number), inboxes, agents)


def _work(
    setting: Setting, at: datetime, inboxes: list[str], agents: list[str]
) -> None:
    """Play a contact that may move to another inbox before anybody takes it."""
    t = setting.tenant
    owner = setting.person(at - timedelta(hours=1))
    inbox, agent = setting.pick(inboxes), setting.pick(agents)
    held = t.open_conversation(at, owner, inbox=inbox)
    made = t.start_contact(at, held, "CHAT", inbox=inbox, sla_seconds=600)
    if setting.rng.random() < 0.5:
        inbox = setting.pick(inboxes)
        t.transfer(setting.later(at, 1, 30), made, inbox)
    taken = setting.later(at, 40, 300)
    t.offer(taken, made, agent)
    t.accept(taken + timedelta(seconds=4), made, agent)
    t.fulfil(taken + timedelta(seconds=30), made)
    t.work(taken + timedelta(minutes=2), made, agent, 100)
    t.end_contact(taken + timedelta(minutes=3), made)
