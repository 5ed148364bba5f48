"""Days that are due, and the requests they make."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gladly_extract.clock import UTC
from gladly_extract.windows import (
    Window,
    cap_of,
    cut,
    days_between,
    due_days,
    is_near,
    most_days,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _at(day: int, hour: int = 2, month: int = 3) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=UTC)


def _due(
    captured: dict[date, datetime], now: datetime, settles: timedelta, **more: object
) -> list[int]:
    begin = date(2025, 3, 1)
    found = due_days(captured, begin, now, settles=settles, fresh=HOUR, **more)  # type: ignore[arg-type]
    return [day.day for day in found]


def test_every_day_is_due_when_nothing_is_there() -> None:
    assert _due({}, _at(4), HOUR) == [1, 2, 3, 4]


def test_only_the_day_that_was_not_over_is_asked_for_again() -> None:
    captured = {date(2025, 3, day): _at(4) for day in (1, 2, 3, 4)}
    assert _due(captured, _at(5), 2 * HOUR) == [4, 5]


def test_a_day_captured_before_the_report_had_all_of_it_is_due() -> None:
    captured = {date(2025, 3, day): _at(4, 1) for day in (1, 2, 3, 4)}
    assert _due(captured, _at(5), 2 * HOUR) == [3, 4, 5]


def test_days_that_may_be_restated_are_due_until_they_settle() -> None:
    captured = {date(2025, 3, day): _at(12) for day in range(1, 13)}
    assert _due(captured, _at(13), 7 * DAY) == list(range(5, 14))


def test_days_missed_in_an_outage_are_due_however_long_ago() -> None:
    captured = {date(2025, 3, day): _at(4) for day in (1, 2, 3, 4)}
    assert _due(captured, _at(20), 2 * HOUR) == list(range(4, 21))


def test_what_was_captured_within_the_hour_is_not_due() -> None:
    captured = {date(2025, 3, day): _at(4) for day in (1, 2)}
    now = _at(4) + timedelta(minutes=59)
    assert _due(captured, now, 7 * DAY) == [3, 4]


def test_days_of_open_contacts_are_due_although_they_have_settled() -> None:
    captured = {date(2025, 3, day): _at(20) for day in range(1, 21)}
    found = _due(captured, _at(21), 2 * HOUR, followed=[date(2025, 3, 3)])
    assert found == [3, 20, 21]


def test_a_full_pass_takes_every_day_once_one_is_a_month_old() -> None:
    captured = {date(2025, 3, day): _at(10) for day in range(1, 11)}
    captured[date(2025, 3, 1)] = _at(1, month=2)
    assert _due(captured, _at(11), HOUR, full_pass=30 * DAY) == list(range(1, 12))


def test_windows_share_no_day_and_leave_none_out() -> None:
    days = days_between(date(2025, 1, 20), date(2025, 4, 3))
    windows = cut(days)
    assert [day for w in windows for day in days_between(w.first, w.last)] == days
    assert [str(w.first) for w in windows] == [
        "2025-01-20", "2025-02-01", "2025-03-01", "2025-04-01",
    ]  # fmt: skip


def test_a_pull_that_goes_on_asks_for_the_same_windows() -> None:
    days = days_between(date(2025, 1, 3), date(2025, 1, 31))
    windows = cut(days, 7)
    assert cut(days[5:], 7) == windows[1:]


def test_days_apart_are_windows_apart() -> None:
    assert cut([date(2025, 1, 2), date(2025, 1, 5)]) == [
        Window(date(2025, 1, 2), date(2025, 1, 2)),
        Window(date(2025, 1, 5), date(2025, 1, 5)),
    ]


def test_halves_make_the_whole() -> None:
    window = Window(date(2025, 1, 1), date(2025, 1, 5))
    one, two = window.halves()
    assert (one.days, two.days) == (3, 2)
    assert one.last + DAY == two.first
    with pytest.raises(ValueError, match="no halves"):
        Window(date(2025, 1, 1), date(2025, 1, 1)).halves()


@pytest.mark.parametrize(
    ("rows", "near"),
    [(0, False), (89_999, False), (90_000, True), (100_000, True), (100_001, False),
     (950_000, True)],
)  # fmt: skip
def test_a_body_near_a_cap_may_be_cut(rows: int, near: bool) -> None:
    assert is_near(rows, (100_000, 1_000_000)) is near


def test_windows_shrink_with_the_rows_of_a_day() -> None:
    assert most_days(0, 100_000) == 31
    assert most_days(10_000, 100_000) == 7
    assert most_days(500_000, 100_000) == 1


def test_a_report_that_once_held_more_than_a_cap_has_the_next_one() -> None:
    assert cap_of(50, (100, 1000)) == 100
    assert cap_of(101, (100, 1000)) == 1000
    assert cap_of(5000, (100, 1000)) == 1000
