"""Which ids are looked up, and why, from files written by hand."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gladly_extract.clock import UTC
from gladly_extract.doubts import doubts
from gladly_extract.folder import LocalFolder
from gladly_extract.ledger import Ledger

EXPORT = "Created At,Conversation ID,Customer ID,Status"
WORK = "contact_session_id,customer_id,conversation_id"
NEVER, FROZEN = "it was never looked up", "no report computed when generated names it"


class Hand:
    """A folder filled by hand; day 5 is the fifth of March, two in the morning."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _write(self, path: str, lines: list[str]) -> None:
        made = self.root / path
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text("".join(f"{line}\n" for line in lines))

    def listed(self, day: int, *rows: str) -> None:
        """Capture Conversation Export of March until a day."""
        name = f"{_stamp(day)}__20250301-202503{day:02d}.csv"
        self._write(f"reports/ConversationExportReport/{name}", [EXPORT, *rows])

    def worked(self, day: int, *rows: str) -> None:
        name = f"{_stamp(day)}__20250301-202503{day:02d}.csv"
        self._write(f"reports/WorkSessionEvents/{name}", [WORK, *rows])

    def looked_up(self, day: int, kind: str, an_id: str, status: int) -> None:
        line = json.dumps({"requestedId": an_id, "status": status})
        self._write(f"lookups/{kind}s/{_stamp(day)}__{an_id}.jsonl", [line])

    def fetched(self, day: int, an_id: str, status: str) -> None:
        line = json.dumps({"id": an_id, "customerId": "c1", "status": status})
        self._write(f"entities/conversations/{_stamp(day)}__{an_id}.jsonl", [line])

    def event(self, day: int, kind: str, at: str, **content: str) -> None:
        line = {"id": at, "type": kind, "timestamp": at, "content": content}
        self._write(f"events/{_stamp(day)}__x.jsonl", [json.dumps(line)])

    def doubts(self, day: int, **more: Any) -> dict[str, str]:
        """Return the reasons by id, in order."""
        ledger = Ledger(Path(":memory:"))
        ledger.read(LocalFolder(self.root))
        now = datetime(2025, 3, day, 2, tzinfo=UTC)
        asked = {"reprobe": timedelta(days=30), "limit": 100, **more}
        found = doubts(ledger.base, now, **asked)
        ledger.close()
        return {doubt.id: doubt.reason for doubt in found}


def _stamp(day: int) -> str:
    return f"202503{day:02d}T020000Z"


@pytest.fixture
def hand(tmp_path: Path) -> Hand:
    return Hand(tmp_path)


def test_an_id_is_looked_up_once(hand: Hand) -> None:
    hand.listed(5, "2025-03-01 10:00:00,v1,c1,CLOSED")
    assert hand.doubts(5) == {"v1": NEVER, "c1": NEVER}
    hand.looked_up(5, "customer", "c1", 200)
    hand.looked_up(5, "conversation", "v1", 200)
    hand.fetched(5, "v1", "CLOSED")
    assert hand.doubts(6) == {}


@pytest.mark.parametrize("status", [301, 404])
def test_an_id_that_moved_or_went_is_never_looked_up_again(
    hand: Hand, status: int
) -> None:
    hand.worked(5, "k1,c1,v1")
    hand.looked_up(5, "customer", "c1", status)
    hand.looked_up(5, "conversation", "v1", 404)
    hand.event(9, "CUSTOMER_PROFILE/DELETED", "2025-03-09T01:00:00Z", customerId="c1")
    assert hand.doubts(9, reprobe=timedelta(days=1)) == {}


def test_ids_that_only_frozen_reports_name_come_first(hand: Hand) -> None:
    hand.listed(5, "2025-03-01 10:00:00,v1,c1,CLOSED")
    hand.worked(5, "k1,c1,v1", "k2,c2,v2")
    found = hand.doubts(5)
    assert list(found.items())[:2] == [("v2", FROZEN), ("c2", FROZEN)]
    assert found["c1"] == NEVER


def test_a_merge_is_proven_once(hand: Hand) -> None:
    hand.looked_up(4, "customer", "c1", 200)
    hand.event(
        5,
        "CUSTOMER/MERGED",
        "2025-03-04T12:00:00Z",
        sourceCustomerId="c1",
        destinationCustomerId="c2",
        sourceConversationId="",
    )
    assert hand.doubts(5)["c1"] == "a merge or a deletion names it"
    hand.looked_up(5, "customer", "c1", 301)
    hand.looked_up(5, "customer", "c2", 200)
    assert hand.doubts(5) == {}


def test_a_customer_whose_conversation_is_anothers_is_looked_up(hand: Hand) -> None:
    hand.listed(5, "2025-03-01 10:00:00,v1,c1,MERGED")
    hand.worked(5, "k1,c1,v1")
    hand.looked_up(5, "customer", "c1", 200)
    assert hand.doubts(5) == {}
    hand.listed(6, "2025-03-01 10:00:00,v1,c2,MERGED")
    hand.looked_up(6, "customer", "c2", 200)
    assert hand.doubts(6) == {"c1": "its conversation is another customer's now"}
    # Found alive since: that question is answered.
    hand.looked_up(7, "customer", "c1", 200)
    assert hand.doubts(7) == {}


def test_a_conversation_that_is_listed_no_more_is_looked_up(hand: Hand) -> None:
    hand.listed(5, "2025-03-01 10:00:00,v1,c1,CLOSED")
    for kind, an_id in (("customer", "c1"), ("conversation", "v1")):
        hand.looked_up(5, kind, an_id, 200)
    hand.fetched(5, "v1", "CLOSED")
    assert hand.doubts(5) == {}
    hand.listed(6)
    assert hand.doubts(6) == {
        "v1": "Conversation Export lists it no more",
        "c1": "a conversation is listed no more",
    }


def test_a_day_that_was_not_asked_for_again_proves_nothing(hand: Hand) -> None:
    hand.listed(5, "2025-03-01 10:00:00,v1,c1,MERGED")
    hand.looked_up(5, "customer", "c1", 200)
    made = hand.root / "reports/ConversationExportReport"
    (made / f"{_stamp(6)}__20250302-20250306.csv").write_text(f"{EXPORT}\n")
    (made / f"{_stamp(7)}__20250301-20250301-capped.csv").write_text(f"{EXPORT}\n")
    assert hand.doubts(7) == {}


def test_an_open_conversation_is_fetched_daily_and_once_when_closed(
    hand: Hand,
) -> None:
    hand.listed(5, "2025-03-01 10:00:00,v1,c1,OPEN")
    hand.looked_up(5, "customer", "c1", 200)
    hand.looked_up(5, "conversation", "v1", 200)
    hand.fetched(5, "v1", "WAITING")
    assert hand.doubts(5) == {}
    assert hand.doubts(6) == {"v1": "it is open"}
    hand.listed(6, "2025-03-01 10:00:00,v1,c1,CLOSED")
    assert hand.doubts(6) == {"v1": "it was closed"}
    hand.looked_up(6, "conversation", "v1", 200)
    hand.fetched(6, "v1", "CLOSED")
    assert hand.doubts(7) == {}


def test_a_profile_that_was_updated_is_fetched_again(hand: Hand) -> None:
    hand.looked_up(4, "customer", "c1", 200)
    hand.event(5, "CUSTOMER_PROFILE/UPDATED", "2025-03-04T12:00:00Z", customerId="c1")
    assert hand.doubts(5) == {"c1": "it has changed"}
    hand.looked_up(5, "customer", "c1", 200)
    assert hand.doubts(5) == {}


def test_what_was_alive_long_ago_comes_last(hand: Hand) -> None:
    hand.listed(5, "2025-03-01 10:00:00,v1,c1,MERGED")
    hand.looked_up(5, "customer", "c1", 200)
    hand.looked_up(20, "customer", "c9", 200)
    hand.listed(20, "2025-03-01 10:00:00,v1,c1,MERGED", "2025-03-19,v2,c2,MERGED")
    found = hand.doubts(20, reprobe=timedelta(days=10))
    assert found == {"c2": NEVER, "c1": "it was looked up long ago"}
    assert list(hand.doubts(20, reprobe=timedelta(days=10), limit=1)) == ["c2"]
