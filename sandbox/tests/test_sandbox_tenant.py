"""The world refuses what cannot happen."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from gladly_sandbox.clock import decimal, moment, naive, rfc3339
from gladly_sandbox.tenant import ImpossibleError, Tenant
from gladly_sandbox.truth import compute_truth
from landing_reader import Company, report


def test_a_customer_has_one_open_conversation_at_a_time() -> None:
    """Rule R08."""
    company = Company()
    company.tenant.open_conversation("2025-02-02", company.kept)
    with pytest.raises(ImpossibleError, match="rule R08"):
        company.tenant.check()


def test_rule_r08_can_be_broken_on_purpose() -> None:
    """Gladly's data breaks it too."""
    company = Company()
    company.tenant.open_conversation("2025-02-02", company.kept, second_open=True)
    company.tenant.check()


def test_topics_change_only_while_open_unless_asked() -> None:
    """Rule R17."""
    company = Company()
    t = company.tenant
    t.close("2025-02-02", company.stays)
    t.change_topics("2025-02-03", company.stays, add=[company.topic], while_closed=True)
    t.check()
    t.change_topics("2025-02-04", company.stays, remove=[company.topic])
    with pytest.raises(ImpossibleError, match="rule R17"):
        t.check()


def test_a_happening_on_an_absorbed_conversation_acts_on_its_survivor() -> None:
    """Old ids are followed."""
    company = Company()
    t = company.tenant
    t.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    t.close("2025-02-01 12:00", company.goes)
    assert t.state_at().conversation(company.stays).status == "CLOSED"


def test_a_state_is_the_world_as_of_its_moment() -> None:
    """Happenings recorded out of order are played in time order."""
    company = Company()
    t = company.tenant
    t.rename_inbox("2025-03-02", company.inbox, "Third")
    t.rename_inbox("2025-03-01", company.inbox, "Second")
    names = [
        t.state_at(at).inboxes[company.inbox].name
        for at in ("2025-02-01", "2025-03-01", "2025-03-02")
    ]
    assert names == ["Orders", "Second", "Third"]


def test_inbox_names_swap_at_once(tmp_path: Path) -> None:
    """Scenario 23: ids stay, names change places (rule R21)."""
    company = Company()
    other = company.tenant.add_inbox("Returns")
    company.tenant.swap_inbox_names("2025-02-02", company.inbox, other)
    truth = compute_truth(company.write(tmp_path, "2025-02-03"))
    names = {row["inbox_id"]: row["inbox_name"] for row in truth.tables["dim_inboxes"]}
    assert names == {company.inbox: "Returns", other: "Orders"}


def test_one_change_of_several_topics_is_one_item_and_several_events(
    tmp_path: Path,
) -> None:
    """Scenario 24."""
    company = Company()
    t = company.tenant
    topics = [company.topic, t.add_topic("Late"), t.add_topic("Damaged")]
    t.change_topics("2025-02-01 11:00", company.stays, add=topics)
    t.change_topics("2025-02-01 12:00", company.stays, remove=topics[:1])
    t.change_topics("2025-02-01 13:00", company.stays, add=topics[:1])
    truth = compute_truth(company.write(tmp_path, "2025-02-02"))

    stamps = report(tmp_path, "ConversationTimestampsReport", "20250202")
    added = [r for r in stamps if r["Event Type"] == "CONVERSATION/TOPIC_ADDED"]
    assert len(added) == 4
    spans = truth.tables["fct_conversation_topics"]
    assert len(spans) == 4
    first = truth.row("fct_conversation_topics", company.stays, company.topic, 1)
    assert first["removed_at"] == "2025-02-01 12:00:00.000"
    assert truth.row("fct_conversations", company.stays)["topic_count"] == 3


def test_overlapping_topic_intervals_of_a_merged_family_become_one(
    tmp_path: Path,
) -> None:
    """The absorbed conversation's stay of the topic ends at the merge."""
    company = Company()
    t = company.tenant
    t.change_topics("2025-02-01 10:10", company.goes, add=[company.topic])
    t.change_topics("2025-02-01 10:20", company.stays, add=[company.topic])
    t.merge_profiles("2025-02-01 11:00", company.kept, company.lost)
    truth = compute_truth(company.write(tmp_path, "2025-02-02"))

    (span,) = truth.tables["fct_conversation_topics"]
    assert span["added_at"] == "2025-02-01 10:10:00.000"
    assert span["removed_at"] is None


def test_hiding_needs_an_extract_that_exists() -> None:
    """A typo would hide nothing."""
    with pytest.raises(ValueError, match="no extract 'work_session'"):
        Tenant().hide("work_session", "x")


def test_moments_are_read_as_utc_and_cut_to_milliseconds() -> None:
    """Text without offset, with Z, with nine digits; naive datetimes are refused."""
    assert rfc3339(moment("2025-03-01 09:30")) == "2025-03-01T09:30:00.000Z"
    nine = moment("2025-03-01T09:30:00.123456789Z")
    assert rfc3339(nine) == "2025-03-01T09:30:00.123Z"
    east = datetime(2025, 3, 1, 9, tzinfo=timezone(timedelta(hours=2)))
    assert naive(moment(east)) == "2025-03-01 07:00:00.000"
    with pytest.raises(ValueError, match="time zone"):
        moment(datetime(2025, 3, 1))
    with pytest.raises(ValueError, match="not a moment"):
        moment("yesterday")


def test_the_repeated_hour_of_a_dst_night_prints_twice() -> None:
    """Naive local times are ambiguous on 2025-11-02 in New York."""
    before, after = moment("2025-11-02 05:30"), moment("2025-11-02 06:30")
    assert naive(before, "America/New_York") == "2025-11-02 01:30:00.000"
    assert naive(after, "America/New_York") == "2025-11-02 01:30:00.000"


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0"), (60_000, "60"), (35_529, "35.529"), (500, "0.5"), (-15_000, "-15")],
)
def test_durations_print_as_decimal_seconds(amount: int, text: str) -> None:
    """Milliseconds in, no trailing zeros out."""
    assert decimal(amount) == text


def test_a_message_is_redacted_for_readers_only_once_it_is_delivered_again(
    tmp_path: Path,
) -> None:
    """Files written before keep the text, and so does the truth about them."""
    company = Company()
    company.tenant.redact("2025-02-02 12:00", company.message)
    before = compute_truth(company.write(tmp_path / "before", "2025-02-02"))
    after = compute_truth(company.write(tmp_path / "after", "2025-02-03"))
    assert before.row("fct_messages", company.message)["is_redacted"] is False
    assert after.row("fct_messages", company.message)["is_redacted"] is True
