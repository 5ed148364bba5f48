"""What answers a customer: calls that are picked up, mails that go to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from gladly_sandbox.scenes.setting import Setting
from gladly_sandbox.things import AI, Actor, by_agent, by_customer

_SUPPLIER = "parts@supplier.example.com"


def play_replies(setting: Setting, rounds: int) -> None:
    """Play each way of being answered, and of not being answered, some times."""
    for number in range(rounds):
        day = 1 + number % max(1, setting.days() - 3)
        for scene in _SCENES:
            at = setting.later(setting.day(day, 8), 0, 3 * 3600)
            owner = setting.person(at - timedelta(hours=1))
            inbox = setting.pick(setting.inboxes)
            held = setting.tenant.open_conversation(at, owner, inbox=inbox)
            done = scene(setting, at, owner, held)
            if setting.rng.random() < 0.8:
                setting.tenant.close(
                    done + timedelta(minutes=5),
                    held,
                    by=by_agent(setting.pick(setting.agents)),
                )


def _mail(
    setting: Setting, at: datetime, held: str, by: Actor, to: str | None = None
) -> None:
    setting.tenant.message(
        at, held, setting.text(), by=by, channel="EMAIL", subject="Spare part", to=to
    )


def _call(
    setting: Setting, at: datetime, held: str, by: Actor, other: Actor, talk: float
) -> datetime:
    """Play a call on a contact of its own and return its end."""
    t = setting.tenant
    agent = other.id if by.type == "CUSTOMER" else by.id
    assert agent is not None
    is_inbound = by.type == "CUSTOMER"
    contact = t.start_contact(
        at, held, "PHONE_CALL", initiator=by, agent=None if is_inbound else agent
    )
    end = at + timedelta(seconds=talk + 40)
    if is_inbound and talk:
        t.offer(at + timedelta(seconds=2), contact, agent)
        t.accept(at + timedelta(seconds=9), contact, agent)
        t.fulfil(at + timedelta(seconds=9, milliseconds=310), contact)
    t.phone_call(
        at,
        held,
        contact=contact,
        by=by,
        responder=other,
        talk_seconds=talk,
        ring_seconds=9.31,
    )
    if talk or not is_inbound:
        t.work(end, contact, agent, talk + 20)
    status = "ANSWERED" if talk else "UNANSWERED"
    if is_inbound and not talk:
        t.end_contact(end, contact, "ABANDONED", "CUSTOMER_ABANDONED", by=by)
    else:
        t.end_contact(end, contact, status)
    return end


def _agent(setting: Setting) -> Actor:
    return by_agent(setting.pick(setting.agents))


def _answered_call(setting: Setting, at: datetime, owner: str, held: str) -> datetime:
    """A call in is picked up; the agent's mail comes two days later."""
    agent = _agent(setting)
    _call(setting, at, held, by_customer(owner), agent, 366)
    late = at + timedelta(hours=30)
    _mail(setting, late, held, agent)
    return late


def _missed_call(setting: Setting, at: datetime, owner: str, held: str) -> datetime:
    """A call in that no one picks up is no reply, the mail after it is."""
    agent = _agent(setting)
    end = _call(setting, at, held, by_customer(owner), agent, 0)
    late = setting.later(end, 600, 7200)
    _mail(setting, late, held, agent)
    return late


def _called_in_vain(setting: Setting, at: datetime, owner: str, held: str) -> datetime:
    """An agent calls back and no one picks up, then writes."""
    agent = _agent(setting)
    _mail(setting, at, held, by_customer(owner))
    end = _call(setting, at + timedelta(minutes=5), held, agent, by_customer(owner), 0)
    late = setting.later(end, 600, 7200)
    _mail(setting, late, held, agent)
    return late


def _called_back(setting: Setting, at: datetime, owner: str, held: str) -> datetime:
    """An agent calls back and the customer picks up: that is the reply."""
    agent = _agent(setting)
    _mail(setting, at, held, by_customer(owner))
    end = _call(setting, at + timedelta(minutes=6), held, agent, by_customer(owner), 90)
    _mail(setting, end + timedelta(hours=2), held, agent)
    return end + timedelta(hours=2)


def _forwarded(setting: Setting, at: datetime, owner: str, held: str) -> datetime:
    """An agent asks a supplier, who answers, before the customer hears anything."""
    agent = _agent(setting)
    _mail(setting, at, held, by_customer(owner))
    _mail(setting, at + timedelta(minutes=4), held, agent, to=_SUPPLIER)
    _mail(setting, at + timedelta(minutes=40), held, Actor("EXTERNAL"))
    late = setting.later(at, 3600, 20_000)
    _mail(setting, late, held, agent)
    return late


def _only_forwarded(setting: Setting, at: datetime, owner: str, held: str) -> datetime:
    """An agent writes to a supplier only: the customer has no reply."""
    _mail(setting, at, held, by_customer(owner))
    late = at + timedelta(minutes=12)
    _mail(setting, late, held, _agent(setting), to=_SUPPLIER)
    return late


def _voicemail(setting: Setting, at: datetime, owner: str, held: str) -> datetime:
    """A voicemail that names no one is the customer's."""
    contact = setting.tenant.start_contact(at, held, "VOICEMAIL")
    said = at + timedelta(seconds=31)
    setting.tenant.voicemail(said, held, contact=contact, by=None)
    agent = _agent(setting)
    late = setting.later(said, 900, 9000)
    assert agent.id is not None
    setting.tenant.fulfil(late, contact, by=agent)
    setting.tenant.work(late, contact, agent.id, 55)
    setting.tenant.end_contact(late, contact)
    _mail(setting, late, held, agent)
    return late


def _machine_first(setting: Setting, at: datetime, owner: str, held: str) -> datetime:
    """A machine answers at once; the first reply is the agent's."""
    setting.tenant.message(at, held, setting.text(), by=by_customer(owner))
    setting.tenant.message(at + timedelta(seconds=2), held, setting.text(), by=AI)
    late = setting.later(at, 60, 1200)
    setting.tenant.message(late, held, setting.text(), by=_agent(setting))
    return late


_SCENES = (
    _answered_call,
    _missed_call,
    _called_in_vain,
    _called_back,
    _forwarded,
    _only_forwarded,
    _voicemail,
    _machine_first,
)
