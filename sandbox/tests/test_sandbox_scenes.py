"""Scenes, captures that leave things out, and what is said of partial landings."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gladly_sandbox.clock import moment
from gladly_sandbox.extracts import Written, regular_plan, write_extracts
from gladly_sandbox.extracts.partial_plans import (
    begun_late,
    items_alone,
    patchy_events,
    reports_in_new_york_time,
    thinned,
    weekly_reports_alone,
)
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.scenes import Scenes
from gladly_sandbox.scenes.nights import clock_changes
from gladly_sandbox.truth import Truth, compute_truth
from gladly_sandbox.truth.evidence import (
    assignment_probes,
    closings,
    judged,
    states_around,
    status_probes,
)

ALL = Scenes(replies=2, lookalikes=3, histories=6, names=True, words=2, nights=6)
START = "2024-10-28"


def written(
    out: Path, *, seed: int = 1, days: int = 9, scenes: Scenes = ALL
) -> tuple[Written, Truth]:
    """Write a small tenant with scenes, pulled well."""
    tenant = random_tenant(12, days, seed, start=START, scenes=scenes)
    made = write_extracts(tenant, regular_plan(tenant, days, report_every=2), out)
    return made, compute_truth(made)


@given(seed=st.integers(0, 10_000), days=st.integers(7, 14))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_scenes_can_always_be_played(seed: int, days: int) -> None:
    random_tenant(10, days, seed, start=START, scenes=ALL).check()


def test_a_tenant_is_the_same_with_and_without_scenes(tmp_path: Path) -> None:
    """Scenes bring customers of their own; all others do what they do without."""
    _, plain = written(tmp_path / "plain", scenes=Scenes())
    _, played = written(tmp_path / "played")
    before = {row["contact_id"]: row for row in plain.tables["fct_contacts"]}
    after = {row["contact_id"]: row for row in played.tables["fct_contacts"]}
    assert before.items() <= after.items()
    assert len(after) > len(before)


def test_replies_are_answered_calls_and_mails_to_the_customer(tmp_path: Path) -> None:
    _, truth = written(tmp_path, scenes=Scenes(replies=3), days=9)
    seconds = Counter(
        row.get("first_reply_seconds") for row in truth.tables["fct_conversations"]
    )
    assert seconds[9.31] == 3
    assert seconds[369.31] == 3


def test_a_message_redacted_between_two_jobs_is_delivered_twice_and_stays_one(
    tmp_path: Path,
) -> None:
    made, truth = written(tmp_path, scenes=Scenes(lookalikes=4))
    again = [
        row
        for row in truth.tables["bridge_conversation_item_ids"]
        if row["resolution_status"] == "reissued"
    ]
    redacted = {
        row["message_id"] for row in truth.tables["fct_messages"] if row["is_redacted"]
    }
    assert redacted & {row["message_id"] for row in again}
    assert all(row["reported_item_id"] in made.emitted.items for row in again)


def test_names_change_hands_in_lists_and_reports(tmp_path: Path) -> None:
    made, _ = written(tmp_path, scenes=Scenes(names=True))
    names: dict[str, set[str]] = {}
    for _, listed in made.emitted.inbox_lists:
        for an_id, (name, _) in listed.items():
            names.setdefault(name, set()).add(an_id)
    taken = {name for name, ids in names.items() if len(ids) > 1}
    assert {"Warranty", "Parts", "Claims"} <= taken


def test_a_merge_may_be_known_by_the_event_of_2025_alone(tmp_path: Path) -> None:
    made, truth = written(tmp_path, scenes=Scenes(words=2))
    types = Counter(
        json.loads(line)["type"]
        for path in (tmp_path / "events").iterdir()
        for line in path.read_text("utf-8").splitlines()
    )
    assert types["CUSTOMER_PROFILE/MERGED"] == 2
    assert types["AUTOMATION/MESSAGE_RECEIVED"] == 2
    absorbed = [
        event.content["sourceCustomerId"]
        for event in made.state.events
        if event.type == "CUSTOMER_PROFILE/MERGED"
    ]
    for an_id in absorbed:
        row = truth.row("bridge_customer_ids", an_id)
        assert row["resolution_status"] == "merged"


@pytest.mark.parametrize(
    ("zone", "start", "change"),
    [
        ("America/New_York", "2024-11-01", "2024-11-03 06:00"),
        ("Europe/London", "2025-03-28", "2025-03-30 01:00"),
        ("Australia/Lord_Howe", "2025-04-03", "2025-04-05 15:00"),
    ],
)
def test_clocks_change_when_they_do(zone: str, start: str, change: str) -> None:
    first = moment(start)
    found = list(clock_changes(first, first + timedelta(days=4), zone))
    assert found == [moment(change)]


def test_a_client_that_follows_redirects_sees_no_301(tmp_path: Path) -> None:
    tenant = random_tenant(80, 6, 3)
    plan = [replace(each, follows_redirects=True) for each in regular_plan(tenant, 6)]
    made = write_extracts(tenant, plan, tmp_path)
    found = [
        json.loads(line)
        for path in (tmp_path / "lookups" / "customers").iterdir()
        for line in path.read_text("utf-8").splitlines()
    ]
    assert {each["status"] for each in found} <= {200, 404}
    followed = [each for each in found if "resolvedId" in each]
    assert followed
    for each in followed:
        end = made.state.customers[each["requestedId"]].current()
        assert each["resolvedId"] == end.id != each["requestedId"]


def test_reports_can_leave_milliseconds_out(tmp_path: Path) -> None:
    tenant = random_tenant(12, 4, 3)
    plan = [replace(each, whole_seconds=True) for each in regular_plan(tenant, 4)]
    write_extracts(tenant, plan, tmp_path)
    for name, column in (
        ("ConversationExportReport", "Created At"),
        ("WorkSessionEvents", "contact_session_created_at"),
    ):
        (path,) = (tmp_path / "reports" / name).iterdir()
        with path.open(encoding="utf-8", newline="") as file:
            cells = [row[column] for row in csv.DictReader(file)]
        assert cells
        assert all("." not in cell for cell in cells)
        assert all(datetime.fromisoformat(cell.rstrip("Z")) for cell in cells)


def test_reports_of_an_older_version_lack_columns(tmp_path: Path) -> None:
    tenant = random_tenant(12, 4, 3)
    name, column = "ConversationExportReport", "Times Closed"
    found = {}
    for folder, lacking in (("whole", ()), ("older", (column,))):
        plan = [
            replace(each, without_columns={name: lacking})
            for each in regular_plan(tenant, 4)
        ]
        made = write_extracts(tenant, plan, tmp_path / folder)
        (path,) = (tmp_path / folder / "reports" / name).iterdir()
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found[folder] = [
            {key: value for key, value in row.items() if key != column} for row in rows
        ]
        counts = {
            each.close_count
            for shown in made.emitted.conversations_shown.values()
            for each in shown
            if each.extract == "conversation_export"
        }
        assert all((column in row) is (not lacking) for row in rows)
        assert (None in counts) is bool(lacking)
    assert found["whole"] == found["older"] != []
    with pytest.raises(ValueError, match="no columns"):
        replace(plan[0], without_columns={name: ("Times Opened",)})


@pytest.mark.parametrize("seed", [448, 449, 460])
def test_a_thinned_tenant_has_what_every_folder_needs(seed: int) -> None:
    plan = thinned(random_tenant(12, 10, seed, start=START), 10)
    pulled = {name for each in plan for name in each.reports}
    assert "ConversationExportReport" in pulled
    assert pulled & {"WorkSessionEvents", "ContactExportReportV3"}


@pytest.mark.parametrize(
    "plan",
    [
        weekly_reports_alone, patchy_events, items_alone, begun_late,
        reports_in_new_york_time,
    ],
    ids=lambda plan: plan.__name__.replace("_", " "),
)  # fmt: skip
def test_what_probes_say_was_so_and_what_is_dated_happened(
    plan: type, tmp_path: Path
) -> None:
    """Whatever was pulled: the extracts show what was, and required ones are there."""
    tenant = random_tenant(30, 10, 5, start=START, scenes=ALL)
    made = write_extracts(tenant, plan(tenant, 10), tmp_path)
    assert (tmp_path / "reports" / "ConversationExportReport").exists()
    assert (tmp_path / "reports" / "WorkSessionEvents").exists()
    held = {each.id: each for each in judged(made)}
    assignees, statuses = list(assignment_probes(made)), list(status_probes(made))
    assert assignees
    assert statuses
    for what, probes in (("assignee", assignees), ("status", statuses)):
        for probe in probes:
            here = held[probe.conversation_id]
            assert probe.state in states_around(what, here, probe.at)
    dated = list(closings(made))
    assert dated
    for closing in dated:
        there = {each["at"] for each in held[closing.conversation_id].closes}
        assert closing.at in there
