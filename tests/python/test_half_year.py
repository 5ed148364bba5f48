"""The company of the demo: what befell it shows in the marts, as it was."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from compiled import Compiled
from demo import pulls
from gladly_sandbox.extracts import whole_history, write_extracts
from gladly_sandbox.half_year import BAD_WEEK, END, LAUNCHED, half_year
from gladly_sandbox.state import State
from project import query

#: Of the usual volume. Fewer customers wait less, but not for who is not there.
SHARE = 0.4


@dataclass(frozen=True)
class Played:
    """The company at the end, and the database built from its extracts."""

    state: State
    database: Path


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("half_year")
    tenant = half_year(3, SHARE)
    end = datetime.fromisoformat(f"{END}T02:00:00+00:00")
    write_extracts(tenant, [whole_history(tenant, end)], folder / "extracts")
    database = folder / "gladly.duckdb"
    compiled.build(folder / "extracts", database)
    yield Played(tenant.state_at(), database)


def week_of(at: datetime | date) -> date:
    """Return the Monday of a moment's day in UTC."""
    day = at.date() if isinstance(at, datetime) else at
    return day - timedelta(days=day.weekday())


def test_every_week_has_the_contacts_it_had(played: Played) -> None:
    """Queued, abandoned, with a target and in time: by the simulator and the mart."""
    truth: dict[date, Counter[str]] = {}
    for contact in played.state.contacts.values():
        week = truth.setdefault(week_of(contact.queued_at), Counter())
        week["queued"] += 1
        week["abandoned"] += contact.end_status == "ABANDONED"
        week["known"] += contact.within_sla() is not None
        week["in time"] += contact.within_sla() is True
    found = query(
        played.database,
        """
        select
            cast(date_trunc('week', queued_date) as date) as week,
            count(*),
            count(*) filter (contact_status = 'abandoned'),
            count(is_within_sla),
            count(*) filter (is_within_sla)
        from marts.fct_contacts
        group by week
        order by week
        """,
    )
    names = ("queued", "abandoned", "known", "in time")
    assert found == [
        (week, *(truth[week][name] for name in names)) for week in sorted(truth)
    ]


def test_the_bad_week_is_the_worst(played: Played) -> None:
    rates = query(
        played.database,
        """
        select
            cast(date_trunc('week', queued_date) as date) as week,
            avg(cast(is_within_sla as integer)) as sla_rate
        from marts.fct_contacts
        where direction = 'inbound' and queued_date >= date '2025-06-30'
        group by week
        order by sla_rate
        """,
    )
    assert rates[0][0] == BAD_WEEK[0]
    assert rates[0][1] < rates[1][1]


def test_the_launch_is_a_topic_and_an_inbox(played: Played) -> None:
    """Neither is on any conversation of the day before."""
    ((first_in_inbox, count),) = query(
        played.database,
        """
        select min(created_date), count(*)
        from marts.fct_conversations
        inner join marts.dim_inboxes
            on fct_conversations.created_inbox_id = dim_inboxes.inbox_id
        where inbox_name = 'Trail Club'
        """,
    )
    ((first_with_topic,),) = query(
        played.database,
        """
        select min(cast(added_at as date))
        from marts.fct_conversation_topics
        inner join marts.bridge_topic_ancestors using (topic_id)
        inner join marts.dim_topics
            on bridge_topic_ancestors.ancestor_topic_id = dim_topics.topic_id
        where dim_topics.topic_path = 'Trail Club'
        """,
    )
    assert count > 50
    assert LAUNCHED <= first_in_inbox <= first_with_topic
    assert first_in_inbox < LAUNCHED + timedelta(days=7)


def test_no_event_is_gone_before_the_demo_pulls_it() -> None:
    """Gladly keeps events for a day, and export jobs for two weeks."""
    begin = datetime(2025, 7, 2, 2, tzinfo=timezone.utc)
    planned = list(pulls(begin, 184))
    moments = [begin, *(at for at, _ in planned)]
    of_all = [begin, *(at for at, is_of_all in planned if is_of_all)]
    gaps = [b - a for a, b in itertools.pairwise(moments)]
    assert timedelta(0) < min(gaps)
    assert max(gaps) < timedelta(days=1)
    assert max(b - a for a, b in itertools.pairwise(of_all)) <= timedelta(days=10)
    assert moments[-1] == datetime(2026, 1, 1, 2, tzinfo=timezone.utc)
    assert [at.hour for at in of_all[-7:]] == [2] * 7
