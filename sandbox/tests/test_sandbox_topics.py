"""The truth about topics and answers, where it is not what the world says."""

from __future__ import annotations

from pathlib import Path

import pytest

from gladly_sandbox.extracts import Capture, write_extracts
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.truth import Truth, compute_truth


@pytest.fixture
def tenant() -> Tenant:
    return Tenant(seed=1, start="2025-01-01 00:00")


def truth_of(tenant: Tenant, folder: Path, *days: int) -> Truth:
    """Return the truth of a tenant whose topics and answers are listed on days."""
    plan = [
        Capture(
            f"2025-01-{day:02d} 02:00",
            "daily",
            entities=("topics", "answers", "answer_contents"),
        )
        for day in days
    ]
    return compute_truth(write_extracts(tenant, plan, folder))


def paths(truth: Truth, topic: str) -> list[tuple[str, str, str | None]]:
    """Return path, start and end of the versions of a topic."""
    return [
        (row["topic_path"], row["valid_from"], row["valid_to"])
        for row in truth.tables["dim_topic_versions"]
        if row["topic_id"] == topic
    ]


def test_a_moved_topic_has_a_version_before_and_after(
    tenant: Tenant, tmp_path: Path
) -> None:
    one, two = tenant.add_topic("One"), tenant.add_topic("Two")
    moved = tenant.add_topic("Moved", one)
    tenant.move_topic("2025-01-03 12:00", moved, two)
    found = paths(truth_of(tenant, tmp_path, 2, 3, 4, 5), moved)
    assert found == [
        ("One > Moved", "1900-01-01 00:00:00.000", "2025-01-04 02:00:00.000"),
        ("Two > Moved", "2025-01-04 02:00:00.000", None),
    ]


def test_a_renamed_parent_changes_the_path_below_it(
    tenant: Tenant, tmp_path: Path
) -> None:
    parent = tenant.add_topic("Old")
    child = tenant.add_topic("Child", parent)
    tenant.rename_topic("2025-01-02 12:00", parent, "New")
    found = paths(truth_of(tenant, tmp_path, 2, 3), child)
    assert [path for path, *_ in found] == ["Old > Child", "New > Child"]


def test_a_deleted_topic_ends_at_the_first_list_without_it(
    tenant: Tenant, tmp_path: Path
) -> None:
    topic = tenant.add_topic("Gone")
    tenant.add_topic("Kept")
    tenant.delete_topic("2025-01-02 12:00", topic)
    truth = truth_of(tenant, tmp_path, 2, 3)
    assert [end for *_, end in paths(truth, topic)] == ["2025-01-03 02:00:00.000"]
    assert truth.row("dim_topics", topic)["is_deleted"]


def test_topics_in_a_circle_are_roots_and_keep_what_is_below(
    tenant: Tenant, tmp_path: Path
) -> None:
    egg = tenant.add_topic("Egg")
    hen = tenant.add_topic("Hen", egg)
    chick = tenant.add_topic("Chick", hen)
    tenant.move_topic("2025-01-01 12:00", egg, hen)
    truth = truth_of(tenant, tmp_path, 2)
    places = {
        each: truth.row("dim_topics", each)["topic_path"] for each in (egg, hen, chick)
    }
    assert places == {egg: "Egg", hen: "Hen", chick: "Hen > Chick"}
    lines = [
        (row["topic_id"], row["ancestor_topic_id"])
        for row in truth.tables["bridge_topic_ancestors"]
    ]
    assert sorted(lines) == sorted(
        [(egg, egg), (hen, hen), (chick, chick), (chick, hen)]
    )


def test_an_answer_is_deleted_from_the_first_fetch_that_misses_it(
    tenant: Tenant, tmp_path: Path
) -> None:
    answer = tenant.add_answer("2025-01-01 10:00", "Sale")
    tenant.set_answer_content("2025-01-01 10:00", answer, "public", "Half price")
    tenant.delete_answer("2025-01-02 12:00", answer)
    truth = truth_of(tenant, tmp_path, 2, 3, 4)
    row = truth.row("dim_answers", answer)
    assert (row["is_deleted"], row["deleted_at"]) == (True, "2025-01-03 02:00:00.000")
    content = truth.row("dim_answer_contents", answer, "en-us", "public")
    assert content["is_deleted"]
