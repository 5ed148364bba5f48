"""Histories with holes: what any capture of any report proves counts on its day.

Many conversations with partial evidence are built at once. Random ones are compared
with what truly happened, those written by hand with what must come out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from compiled import Compiled
from extracts_folder import lines, report, work_session_events, write, write_job
from partial_history import (
    Played,
    Seen,
    Step,
    event,
    export_row,
    followed,
    play,
    shown_at,
    status_item,
    timestamps_row,
    weeks,
)
from project import query

#: Of which kinds of evidence a random conversation has what its id begins with.
KINDS = ("all", "holes", "reports", "timestamps", "items")
#: Random conversations of each kind.
MANY = 40
SECOND = timedelta(seconds=1)


def is_pulled(kind: str, step: Step) -> bool:
    """Say whether an extract of single changes has a step: with holes, on some days."""
    if kind == "reports":
        return False
    if kind == "holes":
        return step.at.day % 3 > 0
    if kind == "items":
        return step.kind in ("closed", "reopened")
    return True


def is_behind(played: Played, at: datetime) -> bool:
    """Say whether a step came in the hour before a capture."""
    return any(at - timedelta(hours=1) <= step.at <= at for step in played.steps)


def last_closing(played: Played, captured_at: datetime) -> list[Step]:
    """Return the last closing that a capture shows, if any."""
    return played.closings(shown_at(played, captured_at))[-1:]


def is_last_in_a_capture(played: Played, step: Step) -> bool:
    """Say whether any capture shows a step as the last closing."""
    return any(step in last_closing(played, at) for at in weeks())


@pytest.fixture(scope="module")
def tenant() -> list[Played]:
    rng = Random(20250301)
    return [play(f"{kind}-{n}", rng) for kind in KINDS for n in range(MANY)]


@pytest.fixture(scope="module")
def database(
    tenant: list[Played], tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> Path:
    folder = tmp_path_factory.mktemp("random")
    write(folder, *work_session_events("contact-1"))
    for at in weeks():
        shown = [(each, shown_at(each, at)) for each in tenant]
        rows = [export_row(each, at) for each, at in shown if each.until(at)]
        text = report("ConversationExportReport", *rows)
        write(
            folder, f"reports/ConversationExportReport/{at:%Y%m%dT%H%M%SZ}__x.csv", text
        )
    pulled = [
        (played, step)
        for played in tenant
        for step in played.steps
        if is_pulled(played.id.split("-")[0], step)
    ]
    last = max(weeks())
    events = [event(*each) for each in pulled if each[0].id.startswith(("all", "hol"))]
    write(folder, f"events/{last:%Y%m%dT%H%M%SZ}__x.jsonl", lines(*events))
    rows = [timestamps_row(*each) for each in pulled if each[0].id.startswith("tim")]
    text = report("ConversationTimestampsReport", *rows)
    name = f"reports/ConversationTimestampsReport/{last:%Y%m%dT%H%M%SZ}__x.csv"
    write(folder, name, text)
    items = [status_item(*each) for each in pulled if each[0].id.startswith("items")]
    write_job(folder, "job", last.isoformat() + "Z", *items)
    compiled.build(folder, folder / "gladly.duckdb")
    return folder / "gladly.duckdb"


def intervals(database: Path) -> dict[str, list[tuple[str, datetime, datetime]]]:
    """Return status, beginning and end of the intervals of each conversation."""
    found: dict[str, list[tuple[str, datetime, datetime]]] = {}
    rows = query(
        database,
        """
        select conversation_id, status, valid_from,
            coalesce(valid_to, timestamp '2099-01-01')
        from marts.fct_conversation_status_intervals order by 1, 3, 4
        """,
    )
    for conversation_id, *interval in rows:
        found.setdefault(conversation_id, []).append(tuple(interval))
    return found


def test_counts_moments_and_intervals_of_a_conversation_agree_and_are_true(
    tenant: list[Played], database: Path
) -> None:
    counted = {
        row[0]: row[1:]
        for row in query(
            database,
            """
            select conversation_id, conversation_status, close_count, reopen_count,
                first_closed_at, last_closed_at
            from marts.fct_conversations
            """,
        )
    }
    found = intervals(database)
    wrong = []
    for played in tenant:
        status, closes, reopens, first, last = counted[played.id]
        kinds = [step.kind for step in played.steps]
        closed = [begun for status, begun, _ in found[played.id] if status == "closed"]
        expected = (played.status(datetime.max).lower(), kinds.count("closed"))
        if (status, closes) != expected or reopens != kinds.count("reopened"):
            wrong.append((played.id, status, closes, reopens, kinds))
        if len(closed) != closes or [first, last] != (
            [closed[0], closed[-1]] if closed else [None, None]
        ):
            wrong.append((played.id, closed, closes, first, last))
        true = [step.at for step in played.steps if step.kind == "closed"]
        if true and not true[-1] - SECOND <= last <= true[-1] + SECOND:
            wrong.append((played.id, last, true[-1]))
    assert not wrong


def test_every_reported_closing_begins_an_interval_and_none_overlap(
    tenant: list[Played], database: Path
) -> None:
    found = intervals(database)
    wrong = []
    for played in tenant:
        kind = played.id.split("-")[0]
        beginnings = [
            begun for status, begun, _ in found[played.id] if status == "closed"
        ]
        reported = {
            step.at
            for step in played.steps
            if step.kind == "closed" and is_pulled(kind, step)
        }
        for at in weeks():
            reported |= {each.at for each in last_closing(played, at)}
        for at in reported:
            if not any(at - SECOND <= begun <= at + SECOND for begun in beginnings):
                wrong.append((played.id, at, beginnings))
        pairs = zip(found[played.id], found[played.id][1:], strict=False)
        if any(one[2] != other[1] or one[0] == other[0] for one, other in pairs):
            wrong.append((played.id, found[played.id]))
    assert not wrong


def test_with_every_change_reported_once_the_intervals_are_the_history(
    tenant: list[Played], database: Path
) -> None:
    found = intervals(database)
    wrong = []
    for played in tenant:
        if played.id.startswith(("holes", "reports")):
            continue
        changes = [step for step in played.steps if step.kind != "assigned"]
        true = [
            (("closed" if step.kind == "closed" else "open"), step.at)
            for step in changes
        ]
        ours = [(status, begun) for status, begun, _ in found[played.id]]
        if [status for status, _ in true] != [status for status, _ in ours] or any(
            abs(one - other) > SECOND
            for (_, one), (_, other) in zip(true, ours, strict=True)
        ):
            wrong.append((played.id, true, ours))
    assert not wrong


def test_what_a_capture_shows_is_what_the_intervals_say_at_that_time(
    tenant: list[Played], database: Path
) -> None:
    found = intervals(database)
    held = {
        (conversation_id, captured_at): (inbox, agent)
        for conversation_id, captured_at, inbox, agent in query(
            database,
            """
            select captured.reported_conversation_id, captured._captured_at,
                inbox_id, agent_id
            from staging.stg_gladly__conversation_export_captures as captured
            inner join marts.fct_conversation_assignments as assigned
                on captured.reported_conversation_id = assigned.conversation_id
                and captured._captured_at >= assigned_at
                and (unassigned_at is null or captured._captured_at < unassigned_at)
            """,
        )
    }
    wrong = []
    for played in tenant:
        for at in weeks():
            if not played.until(shown_at(played, at)) or is_behind(played, at):
                continue
            status = [
                each for each, begun, ended in found[played.id] if begun <= at < ended
            ]
            if status != [played.status(at).lower()]:
                wrong.append((played.id, at, status))
            if held.get((played.id, at)) != tuple(played.holder(at)):
                wrong.append((played.id, at, held.get((played.id, at))))
    assert not wrong


def assignments_proven(played: Played) -> Iterator[Seen]:
    """Yield the evidence of who had a conversation that its kind of extracts holds."""
    kind = played.id.split("-")[0]
    names_holders = kind in ("all", "holes", "timestamps")
    for number, step in enumerate(played.steps):
        at = step.at
        is_reported = names_holders and is_pulled(kind, step)
        if kind == "timestamps" or not is_pulled(kind, step):
            at = at.replace(microsecond=0)
        if step.kind == "assigned" and is_reported:
            yield Seen(at, step.holder, always=True)
        elif (
            number == 0
            or is_reported
            or (step.kind == "closed" and is_last_in_a_capture(played, step))
        ):
            yield Seen(at, step.holder)
    for at in weeks():
        if played.until(shown := shown_at(played, at)):
            yield Seen(at, played.holder(shown), True, at - timedelta(hours=1))


def test_assignments_begin_at_the_first_moment_that_proves_them(
    tenant: list[Played], database: Path
) -> None:
    ours: dict[str, list[tuple[datetime, tuple[str, str]]]] = {}
    for conversation_id, at, *holder in query(
        database,
        """
        select conversation_id, assigned_at, inbox_id, agent_id
        from marts.fct_conversation_assignments order by 1, sequence_number
        """,
    ):
        ours.setdefault(conversation_id, []).append((at, tuple(holder)))
    wrong = [
        (played.id, proven, ours[played.id])
        for played in tenant
        if (proven := followed(assignments_proven(played))) != ours[played.id]
    ]
    assert not wrong


def test_days_of_inboxes_and_agents_count_the_closings_of_the_intervals(
    tenant: list[Played], database: Path
) -> None:
    by_inbox = query(
        database,
        """
        select activity_date, sum(closed_count) from marts.fct_inbox_daily
        group by 1 having sum(closed_count) > 0 order by 1
        """,
    )
    assert by_inbox == query(
        database,
        """
        select cast(valid_from as date), count(*)
        from marts.fct_conversation_status_intervals
        where status = 'closed' group by 1 order by 1
        """,
    )
    known = {
        (step.by, step.at.date(), played.id, step.at)
        for played in tenant
        for step in played.steps
        if step.kind == "closed"
        and (
            is_pulled(played.id.split("-")[0], step)
            or is_last_in_a_capture(played, step)
        )
    }
    days = sorted({(by, day) for by, day, *_ in known})
    assert query(
        database,
        """
        select agent_id, activity_date, closed_conversation_count
        from marts.fct_agent_daily
        where closed_conversation_count > 0 order by 1, 2
        """,
    ) == [(*day, len([1 for each in known if each[:2] == day])) for day in days]
