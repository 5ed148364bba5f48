"""Half a year of a company: what happened shows in what customers went through."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from gladly_sandbox.clock import local_date, zone
from gladly_sandbox.half_year import (
    BAD_WEEK,
    LAUNCHED,
    PEAK,
    START,
    TOPIC_MOVED,
    ZONE,
    half_year,
)
from gladly_sandbox.half_year.calendar import season
from gladly_sandbox.state import State
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import Contact, Conversation


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return half_year(7)


@pytest.fixture(scope="module")
def state(tenant: Tenant) -> State:
    return tenant.state_at()


def day_of(at: datetime) -> date:
    return local_date(at, ZONE)


def hour_of(at: datetime) -> int:
    return at.astimezone(zone(ZONE)).hour


def queued(state: State, first: date, last: date) -> list[Contact]:
    """Return the inbound contacts queued from a day up to before another."""
    return [
        contact
        for contact in state.contacts.values()
        if contact.direction == "INBOUND" and first <= day_of(contact.queued_at) < last
    ]


def created(state: State, first: date, last: date) -> list[Conversation]:
    return [
        held
        for held in state.conversations.values()
        if first <= day_of(held.created_at) < last
    ]


def share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found)


def in_time(contacts: Iterable[Contact]) -> float:
    known = (contact.within_sla() for contact in contacts)
    return share(value for value in known if value is not None)


def abandoned(contacts: Iterable[Contact]) -> float:
    return share(contact.end_status == "ABANDONED" for contact in contacts)


def test_it_is_a_company_of_some_size(state: State) -> None:
    living = [each for each in state.conversations.values() if not each.absorbed_into]
    assert 8_000 < len(living) < 10_000
    assert len(state.inboxes) == 7
    assert {contact.channel for contact in state.contacts.values()} == {
        "EMAIL",
        "CHAT",
        "PHONE_CALL",
        "SMS",
        "WHATSAPP",
        "VOICEMAIL",
    }
    assert len(state.agents) == 32
    assert len(state.teams) == 5


def test_the_same_seed_gives_the_same_company() -> None:
    first, again, other = (half_year(seed, 0.05).state_at() for seed in (3, 3, 4))
    assert list(first.contacts) == list(again.contacts)
    assert [event.at for event in first.events] == [event.at for event in again.events]
    assert list(first.contacts) != list(other.contacts)


def test_the_bad_week_is_bad(state: State) -> None:
    bad = queued(state, *BAD_WEEK)
    before = queued(state, BAD_WEEK[0] - timedelta(days=21), BAD_WEEK[0])
    assert in_time(before) > 0.9
    assert in_time(bad) < 0.7
    assert abandoned(before) < 0.08
    assert abandoned(bad) > 2 * abandoned(before)
    assert len(bad) > 1.2 * len(before) / 3


def test_the_launch_adds_a_topic_and_volume(state: State) -> None:
    """In the two weeks after it, by about a third; before it, nothing of it."""
    fortnight = timedelta(days=14)
    before = created(state, LAUNCHED - fortnight, LAUNCHED)
    after = created(state, LAUNCHED, LAUNCHED + fortnight)
    assert 1.2 < len(after) / len(before) < 1.7
    (club,) = (each.id for each in state.inboxes.values() if each.name == "Trail Club")
    assert not any(each.assignments[0].inbox_id == club for each in before)
    assert sum(each.assignments[0].inbox_id == club for each in after) > 100


def test_the_season_rises_to_a_peak(state: State) -> None:
    assert season(PEAK[0] + timedelta(days=4)) > 2 * season(date(2025, 8, 15))
    august = created(state, date(2025, 8, 4), date(2025, 9, 1))
    peak = created(state, PEAK[0], PEAK[0] + timedelta(days=28))
    assert len(peak) > 1.8 * len(august)


def test_weekdays_and_hours_differ_by_channel(state: State) -> None:
    calls, mails = (
        [c for c in state.contacts.values() if c.channel == channel]
        for channel in ("PHONE_CALL", "EMAIL")
    )
    by_weekday = [0] * 7
    for each in state.conversations.values():
        by_weekday[day_of(each.created_at).weekday()] += 1
    assert max(by_weekday) == by_weekday[0]
    assert min(by_weekday) == by_weekday[6]
    assert share(8 <= hour_of(c.queued_at) < 20 for c in calls) > 0.99
    assert 0.1 < share(not 8 <= hour_of(c.queued_at) < 20 for c in mails) < 0.5


def test_a_topic_moved_below_another_parent(tenant: Tenant) -> None:
    moved = datetime.combine(TOPIC_MOVED, datetime.min.time()).isoformat()

    def parent(state: State) -> str:
        (topic,) = (t for t in state.topics.values() if t.name == "Damaged in transit")
        return state.topics[str(topic.parent_id)].name

    assert parent(tenant.state_at(moved)) == "Orders"
    assert parent(tenant.state_at()) == "Returns"


def test_agents_are_not_equally_fast(state: State) -> None:
    spent: dict[str, list[int]] = {}
    for contact in state.contacts.values():
        if contact.channel == "EMAIL":
            for work in contact.works.values():
                spent.setdefault(work.agent_id, []).append(work.handle_ms)
    means = [sum(each) / len(each) for each in spent.values() if len(each) > 100]
    assert max(means) > 1.4 * min(means)


def test_everything_else_happens_too(state: State) -> None:
    """Automation, reopenings, repeats, transfers, tasks, surveys, merges, deletions."""
    held = list(state.conversations.values())
    assert 0.08 < share(not each.contacts for each in held) < 0.25
    assert 0.04 < share(each.reopen_count > 0 for each in held) < 0.15
    assert sum(contact.times_transferred for contact in state.contacts.values()) > 200
    assert len(state.tasks) > 100
    assert {task.status for task in state.tasks.values()} == {"OPEN", "CLOSED"}
    surveys = [
        item
        for item in state.items.values()
        if item.content.get("activityType") == "SURVEY"
    ]
    assert len(surveys) > 500
    assert sum(each.absorbed_into is not None for each in held) > 5
    assert sum(each.merged_into is not None for each in state.customers.values()) > 40
    assert sum(each.deleted_at is not None for each in state.customers.values()) > 5


def test_it_begins_on_its_first_day(tenant: Tenant) -> None:
    assert tenant.start.date() == START
    assert tenant.end() < datetime.fromisoformat("2026-01-01T00:00:00+00:00")
