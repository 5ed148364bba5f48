"""Local times of nights in which a clock goes back or forward, read by the evidence.

A naive time of the hour that comes twice means one of two moments. Here the truth is
known, because local text is made from UTC.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from compiled import Compiled
from extracts_folder import lines, report, work_session_events, write, write_job
from local_nights import CONTACT_EVENTS, STAMP, Nights, play, write_nights
from project import query

NEW_YORK = "America/New_York"


@pytest.fixture(scope="module")
def nights() -> Nights:
    """Return random nights in five zones."""
    return play(seed=20241103, of_each=16)


@pytest.fixture(scope="module")
def database(
    tmp_path_factory: pytest.TempPathFactory, nights: Nights, compiled: Compiled
) -> Path:
    """Build the nights and the variants written by hand, all in one folder."""
    root = tmp_path_factory.mktemp("local-time")
    extracts = root / "extracts"
    write_nights(extracts, nights)
    write_variants(extracts)
    compiled.build(extracts, root / "gladly.duckdb")
    return root / "gladly.duckdb"


def write_variants(root: Path) -> None:
    """Write conversations of which something else than their row gives the hour."""
    twice = "2024-11-03 01:30:00"

    def conversation(
        name: str, created: str, closed: str, **more: str
    ) -> dict[str, str]:
        return {
            "Timezone Filter": NEW_YORK,
            "Created At": created,
            "Conversation ID": name,
            "Customer ID": f"customer-{name}",
            "Status": "CLOSED" if closed else "OPEN",
            "Inbox ID - Current": "inbox-1",
            "First Closed At": closed,
            "Last Closed At": closed,
            "Times Closed": "1" if closed else "0",
            "Times Reopened": "0",
            **more,
        }

    seconds = "Created-to-First Closed Time in Seconds"
    in_half_an_hour, never = {seconds: "1800"}, {seconds: "77777"}
    rows = [
        conversation("event-first", "2024-11-03 00:50:00", twice),
        conversation("event-second", "2024-11-03 00:50:00", twice),
        conversation("minutes", "2024-11-03 01:20", "2024-11-03 01:10"),
        conversation("utc-too", twice, "2024-11-03 08:00:00"),
        conversation("item-before", twice, "2024-11-03 08:00:00"),
        conversation("fetched", twice, "2024-11-03 08:00:00"),
        conversation("nothing", "2024-11-03 00:50:00", twice),
        conversation("gap", "2024-03-10 02:50:00", "2024-03-10 03:10:00"),
        conversation(
            "gap-seconds",
            "2024-03-10 01:50:00",
            "2024-03-10 02:20:00",
            **in_half_an_hour,
        ),
        conversation("wrong-seconds", twice, "2024-11-03 01:20:00", **never),
    ]
    metric_set = "ConversationExportReport"
    folder = f"reports/{metric_set}"
    write(
        root,
        f"{folder}/{STAMP}__by_hand.csv",
        report("ConversationExportReport", *rows),
    )
    in_utc = conversation(
        "utc-too", "2024-11-03T05:30:00.000Z", "2024-11-03T13:00:00.000Z"
    )
    in_utc["Timezone Filter"] = "UTC"
    write(
        root,
        f"{folder}/20250201T020000Z__utc.csv",
        report(metric_set, in_utc),
    )
    write(
        root,
        f"{folder}/20241103T060500Z__at_night.csv",
        report(metric_set, conversation("captured", twice, "")),
    )
    write(root, *work_session_events("contact-1"))

    def event(an_id: str, name: str, at: str) -> dict[str, Any]:
        assignee = {"assignee": {"inboxId": "inbox-1"}}
        content = {"conversationId": name, "customerId": f"customer-{name}"}
        return {
            "id": an_id,
            "type": "CONVERSATION/CLOSED",
            "timestamp": at,
            "initiator": {"id": "system", "type": "SYSTEM"},
            "content": {**content, "context": assignee},
        }

    write(
        root,
        "events/20241104T000000Z__x.jsonl",
        lines(
            event("e1", "event-first", "2024-11-03T05:30:00.250Z"),
            event("e2", "event-second", "2024-11-03T06:30:00.750Z"),
        ),
    )
    write_job(
        root,
        "job-1",
        "2024-11-05T00:00:00Z",
        {
            "id": "item-1",
            "customerId": "customer-item-before",
            "conversationId": "item-before",
            "timestamp": "2024-11-03T05:45:00.000Z",
            "initiator": {"id": "customer-item-before", "type": "CUSTOMER"},
            "content": {"type": "CHAT_MESSAGE", "content": "Hello"},
        },
    )
    fetched = {
        "id": "fetched",
        "customerId": "customer-fetched",
        "inboxId": "inbox-1",
        "status": "CLOSED",
        "createdAt": "2024-11-03T05:30:00.123Z",
        "closedAt": "2024-11-03T13:00:00.456Z",
    }
    write(root, "entities/conversations/20250101T000000Z__x.jsonl", lines(fetched))
    clicks = [
        {
            "Timezone Filter": NEW_YORK,
            "Date": at,
            "Answer ID": "answer",
            "Number of Clicks": n,
        }
        for at, n in (
            ("2024-11-03 00:30", "1"),
            ("2024-11-03 01:00", "2"),
            ("2024-11-03 01:30", "4"),
            ("2024-11-03 01:00", "8"),
            ("2024-11-03 01:30", "16"),
            ("2024-11-03 02:00", "32"),
        )
    ]
    write(
        root,
        f"reports/AnswerUsageReport/{STAMP}__half_hours.csv",
        report("AnswerUsageReport", *clicks),
    )


def test_reports_that_are_sorted_give_every_time_of_the_night(
    database: Path, nights: Nights
) -> None:
    """Where a sorted file shows the change, nothing is left open and all is true."""
    undecided = query(
        database,
        """
        select local_times.extract_name, doubtful.subject_id
        from staging.stg_gladly__local_times as local_times
        inner join staging.stg_gladly__doubtful_times as doubtful
            using (local_time_key)
        where decided_by = 'undecided' and doubtful.subject_id like '%full-%'
        """,
    )
    assert undecided == []
    conversations = query(
        database,
        """
        select conversation_id, created_at, first_closed_at, last_closed_at
        from marts.fct_conversations where conversation_id like 'full-%'
        """,
    )
    assert sorted(conversations) == sorted(
        (case.name, case.created_at, case.closed_at, case.closed_at)
        for case in nights.full
    )
    contacts = query(
        database,
        """
        select contact_id, queued_at, offered_at, accepted_at, fulfilled_at, ended_at
        from marts.fct_contacts where contact_id like 'contact-full-%'
        """,
    )
    assert sorted(contacts) == sorted(
        (f"contact-{case.name}", *case.contact) for case in nights.full
    )


def test_an_event_in_two_reports_of_the_night_stays_one(
    database: Path, nights: Nights
) -> None:
    """Read differently in the two, a contact would start twice."""
    events = query(
        database,
        """
        select contact_id, count(*) from marts.fct_contact_events
        where contact_id like 'contact-full-%' group by contact_id
        """,
    )
    assert dict(events) == {
        f"contact-{case.name}": len(CONTACT_EVENTS) for case in nights.full
    }


def test_a_conversation_of_the_night_is_open_from_its_creation_to_its_close(
    database: Path, nights: Nights
) -> None:
    """A close that came before its creation would leave it open for ever."""
    intervals = query(
        database,
        """
        select conversation_id, valid_from, valid_to
        from marts.fct_conversation_status_intervals
        where status = 'open' and conversation_id like 'full-%'
        """,
    )
    assert sorted(intervals) == sorted(
        (case.name, case.created_at, case.closed_at) for case in nights.full
    )
    assert query(
        database, "select count(*) from marts.fct_conversations where is_open"
    ) == [(1,)], "only the one captured in the night"


def test_absences_of_the_night_last_as_long_as_they_did(
    database: Path, nights: Nights
) -> None:
    """An hour too much or too little would show in a shift."""
    away = query(
        database,
        """
        select agent_id, sum(away_seconds) from marts.fct_agent_daily
        where agent_id like 'agent-full-%' group by agent_id
        """,
    )
    assert dict(away) == {
        f"agent-{case.name}": case.away_seconds for case in nights.full
    }


def test_what_the_rows_of_exports_decide_is_true(
    database: Path, nights: Nights
) -> None:
    """With nothing but its own row a time is decided rightly or not at all."""
    truth: dict[tuple[str, str], datetime] = {}
    for case in nights.alone:
        truth[case.name, "created_at"] = case.created_at
        truth[case.name, "first_closed_at"] = case.closed_at
        truth[case.name, "last_closed_at"] = case.closed_at
        for column, moment in zip(CONTACT_EVENTS.values(), case.contact, strict=True):
            key = f"contact-{case.name}", column.lower().replace(" ", "_")
            truth[key] = moment
    decided = query(
        database,
        """
        select doubtful.subject_id, column_name, decided_at, decided_by
        from staging.stg_gladly__local_times as local_times
        inner join staging.stg_gladly__doubtful_times as doubtful
            using (local_time_key, column_name)
        where doubtful.subject_id like '%alone-%'
        """,
    )
    certain = [row for row in decided if row[3] != "undecided"]
    assert len(certain) > len(decided) / 2 > 50
    assert [row for row in certain if row[2] != truth[row[0], row[1]]] == []


def test_whatever_is_chosen_nothing_ends_before_it_begins(database: Path) -> None:
    """Not in rows that say nothing of the hour either."""
    backwards = query(
        database,
        """
        select conversation_id from marts.fct_conversations
        where last_closed_at < created_at or created_to_first_closed_seconds < 0
        union all
        select contact_id from marts.fct_contacts
        where ended_at < queued_at or queued_to_ended_seconds < 0
            or queued_to_accepted_seconds < 0
        """,
    )
    assert backwards == []


def test_times_that_nothing_decides_are_listed(database: Path) -> None:
    """A reader sees which ones were guessed, and that a time never was."""
    listed = query(
        database,
        """
        select field_name, problem, reported_value from audit.audit_unmapped_values
        where problem like '%local time%'
            and extract_name = 'conversation_export_report'
            and reported_value in ('2024-11-03 01:30:00', '2024-03-10 02:50:00')
        order by all
        """,
    )
    assert listed == [
        ("created_at", "local time that never was", "2024-03-10 02:50:00"),
        ("first_closed_at", "ambiguous local time", "2024-11-03 01:30:00"),
        ("last_closed_at", "ambiguous local time", "2024-11-03 01:30:00"),
    ]


@pytest.mark.parametrize(
    ("name", "created_at", "closed_at"),
    [
        ("event-first", datetime(2024, 11, 3, 4, 50), datetime(2024, 11, 3, 5, 30)),
        ("event-second", datetime(2024, 11, 3, 4, 50), datetime(2024, 11, 3, 6, 30)),
        ("minutes", datetime(2024, 11, 3, 5, 20), datetime(2024, 11, 3, 6, 10)),
        ("utc-too", datetime(2024, 11, 3, 5, 30), datetime(2024, 11, 3, 13)),
        ("item-before", datetime(2024, 11, 3, 5, 30), datetime(2024, 11, 3, 13)),
        ("fetched", datetime(2024, 11, 3, 5, 30), datetime(2024, 11, 3, 13)),
        ("nothing", datetime(2024, 11, 3, 4, 50), datetime(2024, 11, 3, 6, 30)),
        ("captured", datetime(2024, 11, 3, 5, 30), None),
        ("gap", datetime(2024, 3, 10, 6, 50), datetime(2024, 3, 10, 7, 10)),
        ("gap-seconds", datetime(2024, 3, 10, 6, 50), datetime(2024, 3, 10, 7, 20)),
        ("wrong-seconds", datetime(2024, 11, 3, 5, 30), datetime(2024, 11, 3, 6, 20)),
    ],
)
def test_a_row_is_read_by_whatever_proves_the_hour(
    database: Path, name: str, created_at: datetime, closed_at: datetime | None
) -> None:
    """Each is about one kind of proof; to the second, for others have milliseconds."""
    found = query(
        database,
        f"""
        select date_trunc('second', created_at), date_trunc('second', first_closed_at)
        from staging.stg_gladly__conversation_export_report
        where reported_conversation_id = '{name}'
        """,
    )
    assert found == [(created_at, closed_at)]


def test_a_half_hour_that_comes_twice_counts_twice(database: Path) -> None:
    """Both rows of the file are usage of the day."""
    used = query(database, "select sum(click_count) from marts.fct_answer_usage_daily")
    assert used == [(63,)]
