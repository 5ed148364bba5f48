"""Pulls against a Gladly that runs here: what is asked for, and what is kept."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from gladly_extract.doubts import doubts
from gladly_extract.findings import objects_of
from gladly_extract.folder import LOCK, STATE, LocalFolder
from gladly_extract.ledger import Ledger
from gladly_extract.plan import LISTS, Wanted, make_plan, wanted
from gladly_extract.problems import BusyError, Exit, SettingsError
from gladly_extract.results import Results
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.server import Faults, Served
from pulled import gladly, pull_once, serve, settings_for

SINCE = date(2025, 1, 1)
_LOOKUPS = (("customer", "customers"), ("conversation", "conversations"))
ALL = Wanted(since=SINCE, probe_limit=10_000)


def _only(*groups: str, **more: Any) -> Wanted:
    return Wanted(frozenset(groups), since=SINCE, **more)


def _pull(
    served: Served, out: Path, asked: Wanted = ALL, **settings: object
) -> Results:
    return pull_once(settings_for(served, out, **settings), asked)


def _files(out: Path, below: str = "") -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted((out / below).rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def _objects(out: Path, below: str) -> list[dict[str, Any]]:
    return [
        found
        for body in _files(out, below).values()
        for found in objects_of(io.BytesIO(body))
    ]


def _get(served: Served, path: str) -> bytes:
    auth = (served.service.user, served.service.token)
    reply = httpx.get(f"{served.url}/api/v1/{path}", auth=auth)
    assert reply.status_code == 200
    return reply.content


def _move(served: Served, **by: int) -> None:
    world = served.service.world
    world.move(world.now() + timedelta(**by))


def test_bodies_are_kept_as_they_came(served: Served, tmp_path: Path) -> None:
    _pull(served, tmp_path, _only("exports", "entities", "reports"))
    world = served.service.world
    for job in world.jobs():
        for name in job["files"]:
            kept = (tmp_path / "exports" / job["id"] / name).read_bytes()
            assert kept == world.job_file(job["id"], name)
        about = (tmp_path / "exports" / job["id"] / "job.json").read_bytes()
        assert json.loads(about) == job
    for entity, endpoint in LISTS.items():
        ((name, kept),) = _files(tmp_path, f"entities/{entity}").items()
        assert name.endswith("__list.json")
        assert kept == _get(served, endpoint)
    (agents,) = _files(tmp_path, "entities/agents").values()
    assert [agent["id"] for agent in json.loads(agents)] == list(world.state.agents)
    (report,) = _files(tmp_path, "reports/AgentTimestampsReport").values()
    assert report.startswith(b"Timezone Filter,Teams Filter,Timestamp,")


def test_objects_fetched_one_by_one_keep_their_bytes(
    served: Served, tmp_path: Path
) -> None:
    _pull(served, tmp_path)
    for folder, endpoint in (
        ("entities/customer_profiles", "customer-profiles"),
        ("entities/conversations", "conversations"),
        ("entities/answers", "answers"),
    ):
        kept = b"".join(_files(tmp_path, folder).values())
        ids = [
            found["id"]
            for found in _objects(tmp_path, folder)
            if found.get("status") != 404
        ]
        assert ids
        for an_id in ids:
            assert _get(served, f"{endpoint}/{an_id}") in kept


def test_a_folder_whose_files_were_packed_is_the_same_folder(
    served: Served, tmp_path: Path
) -> None:
    _pull(served, tmp_path)
    for path in [path for path in tmp_path.rglob("[!.]*") if path.is_file()]:
        packed = path.with_name(f"{path.name}.gz")
        packed.write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    before = _files(tmp_path)
    _pull(served, tmp_path)
    assert _files(tmp_path) == before


def test_files_are_named_by_gladlys_time_and_the_days_asked_for(
    served: Served, tmp_path: Path
) -> None:
    _pull(served, tmp_path, _only("reports", "events"))
    names = list(_files(tmp_path))
    assert names[0] == (
        "events/20250106T020000Z__20250105T020005Z-20250106T020000Z.jsonl"
    )
    assert set(names[1:]) == {
        f"reports/{name}/20250106T020000Z__20250101-20250106.csv"
        for name in (
            "AgentTimestampsReport",
            "AnswerUsageReport",
            "ContactExportReportV3",
            "ContactTimestampsReport",
            "ConversationExportReport",
            "ConversationTimestampsReport",
            "WorkSessionEvents",
        )
    }


def test_a_second_pull_asks_for_nothing_again(served: Served, tmp_path: Path) -> None:
    _pull(served, tmp_path)
    before, asked = _files(tmp_path), dict(served.service.requests)
    results = _pull(served, tmp_path)
    assert _files(tmp_path) == before
    again = {
        name: count - asked.get(name, 0)
        for name, count in served.service.requests.items()
        if count != asked.get(name, 0)
    }
    # The time at Gladly, and whether there is a new job.
    assert again == {"GET organization": 1, "GET export": 1}
    assert results.exit == Exit.DONE


def test_the_next_day_asks_for_what_may_have_changed(
    served: Served, tmp_path: Path
) -> None:
    _pull(served, tmp_path)
    _move(served, hours=24)
    _pull(served, tmp_path, Wanted(probe_limit=10_000))
    new = [name for name in _files(tmp_path) if "/20250107T" in name]
    assert (
        "reports/AgentTimestampsReport/20250107T020000Z__20250106-20250107.csv" in new
    )
    assert "reports/WorkSessionEvents/20250107T020000Z__20250101-20250107.csv" in new
    assert (
        "reports/ConversationExportReport/20250107T020000Z__20250101-20250107.csv"
        in new
    )


def test_events_overlap_by_a_minute_and_leave_no_gap(
    served: Served, tmp_path: Path
) -> None:
    _pull(served, tmp_path, _only("events"))
    _move(served, hours=6)
    results = _pull(served, tmp_path, _only("events"))
    names = [name.partition("__")[2] for name in _files(tmp_path, "events")]
    assert names == [
        "20250105T020005Z-20250106T020000Z.jsonl",
        "20250106T015900Z-20250106T080000Z.jsonl",
    ]
    assert not results.problems


def test_events_that_are_lost_are_said_to_be(served: Served, tmp_path: Path) -> None:
    _pull(served, tmp_path, _only("events"))
    _move(served, hours=30)
    results = _pull(served, tmp_path, _only("events"))
    assert results.exit == Exit.LOST
    (problem,) = results.problems
    assert "from 2025-01-06 02:00:00 to 2025-01-06 08:00:05 UTC are lost" in (
        problem.sentence
    )


def test_export_jobs_that_are_gone_are_said_to_be(tmp_path: Path) -> None:
    with gladly(10, 4, 1) as served:
        _pull(served, tmp_path, _only("exports"))
        assert len(list((tmp_path / "exports").iterdir())) == 1
        _move(served, days=20)
        results = _pull(served, tmp_path, _only("exports"))
        # 14 days of them are kept.
        assert len(list((tmp_path / "exports").iterdir())) == 1 + 14
        assert results.exit == Exit.LOST
        assert "Gladly keeps 14 days" in results.problems[0].sentence


def test_a_job_that_failed_is_said_to_have(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = served.service.world
    made = world.jobs()
    made[0]["status"] = "FAILED"
    made[1]["status"] = "IN_PROGRESS"
    monkeypatch.setattr(world, "jobs", lambda: made)
    results = _pull(served, tmp_path, _only("exports"))
    here = {path.name for path in (tmp_path / "exports").iterdir()}
    assert here == {job["id"] for job in made[2:]}
    (problem,) = results.problems
    assert problem.exit == Exit.LOST
    assert problem.sentence == (
        "Gladly failed to export 2025-01-05T00:00:00.000Z to 2025-01-06T00:00:00.000Z; "
        "ask its support to run it again."
    )
    # Once it was run again, nothing is missing.
    made.append({**made[0], "id": "again", "status": "COMPLETED", "files": []})
    monkeypatch.setattr(
        world, "job_file", lambda an_id, name: json.dumps(made[-1]).encode()
    )
    assert not _pull(served, tmp_path, _only("exports")).problems


def test_a_file_that_a_job_names_and_does_not_have_costs_that_file(
    served: Served, tmp_path: Path
) -> None:
    world = served.service.world
    job = world.jobs()[0]["id"]
    (world.jobs_folder / job / "topics.jsonl").unlink()
    results = _pull(served, tmp_path, _only("exports"))
    assert results.exit == Exit.PARTIAL
    assert f"exports/{job}/topics.jsonl is not to be had" in str(results.problems)
    assert (tmp_path / "exports" / job / "conversation_items.jsonl").is_file()


def test_an_id_that_is_no_file_name_is_never_one(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = served.service.world
    made = [{**world.jobs()[0], "id": "../../etc"}]
    monkeypatch.setattr(world, "jobs", lambda: made)
    results = _pull(served, tmp_path / "in", _only("exports"))
    assert "is no file name" in results.problems[0].sentence
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_list_that_gladly_cut_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant = random_tenant(10, 4, 1)
    who = tenant.add_customer("2025-01-01 03:00", "Who", emails=["w@example.com"])
    inbox = tenant.add_inbox("Calls")
    for minute in (1, 2):
        at = f"2025-01-01 04:0{minute}"
        tenant.add_task(at, who, "Call back", inbox=inbox, due_at="2025-01-09")
    monkeypatch.setattr("gladly_sandbox.server.rest.MOST_TASKS", 1)
    with serve(tenant) as served:
        results = _pull(served, tmp_path, _only("events", "tasks"))
    assert results.exit == Exit.LOST
    assert "Gladly-Limited-Data" in results.problems[0].sentence
    kept = _objects(tmp_path, "entities/tasks")
    assert [task["customerId"] for task in kept].count(who) == 1


def test_ids_are_looked_up_without_following_redirects(
    served: Served, tmp_path: Path
) -> None:
    _move(served, days=6)
    _pull(served, tmp_path)
    state = served.service.world.state
    found = {
        line["requestedId"]: (line["status"], line.get("resolvedId"))
        for line in _objects(tmp_path, "lookups/customers")
    }
    merged = {c.id: c.merged_into.id for c in state.customers.values() if c.merged_into}
    deleted = {
        c.id for c in state.customers.values() if c.deleted_at and not c.merged_into
    }
    assert merged and deleted
    for an_id, into in merged.items():
        assert found[an_id] == (301, into)
    for an_id in deleted & set(found):
        assert found[an_id] == (404, None)
    profiles = {p["id"] for p in _objects(tmp_path, "entities/customer_profiles")}
    assert profiles == {an_id for an_id, (status, _) in found.items() if status == 200}
    absorbed = {c.id for c in state.conversations.values() if c.absorbed_into}
    lines = _objects(tmp_path, "lookups/conversations")
    gone = {line["requestedId"] for line in lines if line["status"] == 404}
    assert absorbed & gone
    assert {line["status"] for line in lines} == {200, 404}


def test_a_merge_that_no_event_names_is_looked_up(tmp_path: Path) -> None:
    """The owner of a conversation in a recomputed report is another than before."""
    tenant = random_tenant(10, 4, 1)
    one = tenant.add_customer("2025-01-02 03:00", "One", emails=["1@example.com"])
    two = tenant.add_customer("2025-01-02 03:00", "Two", emails=["2@example.com"])
    tenant.open_conversation("2025-01-02 04:00", one)
    tenant.merge_profiles("2025-01-03 05:00", two, one)
    # Nothing names the merge.
    for extract in ("events", "conversation_timestamps", "contact_timestamps"):
        tenant.hide(extract, one)
    with serve(tenant) as served:
        for hours in (24, 24, 24):
            _move(served, hours=hours)
            _pull(served, tmp_path)
    statuses = [
        line["status"]
        for line in _objects(tmp_path, "lookups/customers")
        if line["requestedId"] == one
    ]
    assert statuses == [200, 301]


def test_a_deletion_that_no_event_names_is_looked_up(tmp_path: Path) -> None:
    """Conversation Export lists the conversation no more."""
    tenant = random_tenant(10, 4, 1)
    who = tenant.add_customer("2025-01-02 03:00", "Who", emails=["w@example.com"])
    held = tenant.open_conversation("2025-01-02 04:00", who)
    tenant.close("2025-01-02 05:00", held)
    tenant.delete_customer("2025-01-05 05:00", who)
    tenant.hide("events", who)
    with serve(tenant) as served:
        for hours in (24, 24, 24, 24):
            _move(served, hours=hours)
            _pull(served, tmp_path)
    for below, an_id in (("customers", who), ("conversations", held)):
        statuses = [
            line["status"]
            for line in _objects(tmp_path, f"lookups/{below}")
            if line["requestedId"] == an_id
        ]
        assert statuses[0] == 200
        assert statuses[-1] == 404
        assert statuses.count(404) == 1


def test_the_budget_takes_the_most_pressing_first(
    served: Served, tmp_path: Path
) -> None:
    _move(served, days=6)
    _pull(served, tmp_path, Wanted(since=SINCE, probe_limit=0))
    ledger = Ledger(tmp_path / STATE)
    now = served.service.world.now()
    first = doubts(ledger.base, now, reprobe=timedelta(days=30), limit=7)
    ledger.close()
    results = _pull(served, tmp_path, _only("lookups", probe_limit=7))
    asked = [
        (kind, line["requestedId"])
        for kind, below in _LOOKUPS
        for line in _objects(tmp_path, f"lookups/{below}")
    ]
    assert sorted(asked) == sorted((doubt.kind, doubt.id) for doubt in first)
    is_idle = [doubt.reason == "it was never looked up" for doubt in first]
    assert is_idle == sorted(is_idle)
    assert not all(is_idle)
    assert "ids are left for the next pulls" in str(results.lines())


def test_a_window_near_the_cap_is_split_and_nothing_is_lost(
    served: Served, tmp_path: Path
) -> None:
    _pull(served, tmp_path / "whole", _only("reports"))
    served.service.faults = Faults(row_cap=60)
    results = _pull(served, tmp_path / "split", _only("reports"), row_caps=(60,))
    name = "reports/WorkSessionEvents"
    (whole,) = _files(tmp_path / "whole", name).values()
    parts = _files(tmp_path / "split", name)
    assert len(parts) > 1
    lines = [line for body in parts.values() for line in body.splitlines()[1:]]
    assert set(lines) == set(whole.splitlines()[1:])
    assert max(len(body.splitlines()) for body in parts.values()) <= 55
    assert "came back near the cap" in str(results.extracts[name].notes)


def test_a_day_that_cannot_be_split_is_said_to_be_cut(
    served: Served, tmp_path: Path
) -> None:
    served.service.faults = Faults(row_cap=20)
    asked = Wanted(
        frozenset({"reports"}), frozenset({"ContactTimestampsReport"}), SINCE
    )
    results = _pull(served, tmp_path, asked, row_caps=(20,))
    assert results.exit == Exit.LOST
    assert all("-capped.csv" in name for name in _files(tmp_path)) is False
    assert any("-capped.csv" in name for name in _files(tmp_path))


def test_windows_are_made_for_the_rows_of_a_day(served: Served, tmp_path: Path) -> None:
    asked = Wanted(
        frozenset({"reports"}), frozenset({"ConversationExportReport"}), SINCE
    )
    served.service.faults = Faults(row_cap=40)
    _pull(served, tmp_path, asked, row_caps=(40,))
    _move(served, hours=24)
    results = _pull(served, tmp_path, asked, row_caps=(40,))
    # The second time no body is thrown away.
    assert not results.extracts["reports/ConversationExportReport"].notes


def test_the_days_of_a_contact_that_is_open_are_asked_for_again(
    served: Served, tmp_path: Path
) -> None:
    settings = settings_for(served, tmp_path)
    _pull(served, tmp_path, _only("reports"))
    ledger = Ledger(tmp_path / STATE)
    with sqlite3.connect(tmp_path / STATE) as base:
        base.execute(
            "insert into contacts values ('old', '20250106T020000Z', '2025-01-02', '')"
        )
    _move(served, days=20)
    chosen = Wanted(frozenset({"reports"}), frozenset({"ContactExportReportV3"}))
    plan = make_plan(ledger, settings, chosen, served.service.world.now())
    ledger.close()
    assert str(plan.windows[0][1][0].first) == "2025-01-01"


def test_a_user_without_a_role_costs_one_extract(
    served: Served, tmp_path: Path
) -> None:
    served.service.faults = Faults(forbidden=["teams", "events"])
    results = _pull(served, tmp_path)
    assert results.exit == Exit.PARTIAL
    assert {problem.extract for problem in results.problems} == {
        "entities/teams",
        "events",
    }
    assert all("no role" in problem.sentence for problem in results.problems)
    assert _files(tmp_path, "lookups/customers")


def test_a_token_that_expires_midway_ends_the_pull_and_loses_nothing(
    served: Served, tmp_path: Path
) -> None:
    served.service.faults = Faults(expires_after=25)
    results = _pull(served, tmp_path / "stopped")
    assert results.exit == Exit.REFUSED
    assert _files(tmp_path / "stopped")
    served.service.faults = Faults()
    assert _pull(served, tmp_path / "stopped").exit == Exit.DONE
    _pull(served, tmp_path / "at-once")
    assert _files(tmp_path / "stopped") == _files(tmp_path / "at-once")


def test_what_cannot_be_had_is_said_and_the_rest_is_pulled(
    served: Served, tmp_path: Path
) -> None:
    served.service.faults = Faults(error=1.0, only=["topics"])
    results = _pull(served, tmp_path, attempts=2)
    (problem,) = results.problems
    assert (problem.extract, results.exit) == ("entities/topics", Exit.PARTIAL)
    served.service.faults = Faults()
    results = _pull(served, tmp_path)
    assert (results.exit, results.of("entities/topics").files) == (Exit.DONE, 1)
    assert results.of("entities/agents").files == 0


def test_every_fault_at_once_changes_nothing_that_is_kept(
    served: Served, tmp_path: Path
) -> None:
    _pull(served, tmp_path / "calm")
    served.service.faults = Faults.all_of_them(0.03, seed=5)
    results = _pull(served, tmp_path / "storm", attempts=20)
    happened = served.service.faults.happened
    assert set(happened) >= {"storm", "error", "html", "empty", "cut", "trimmed"}
    assert not results.problems
    assert _files(tmp_path / "storm") == _files(tmp_path / "calm")
    assert sum(results.counts.retries.values()) >= 10


def test_a_slow_report_is_waited_for(served: Served, tmp_path: Path) -> None:
    served.service.faults = Faults(report_seconds=0.2)
    results = _pull(served, tmp_path, _only("reports"), timeout=0.1)
    assert not results.problems


def test_a_clock_that_is_off_is_said_to_be_and_not_used(
    served: Served, tmp_path: Path
) -> None:
    results = _pull(served, tmp_path, _only("entities"))
    assert "The clock of this machine is off by" in str(results.lines())
    assert all("/20250106T020000Z__" in name for name in _files(tmp_path))


def test_limits_are_kept_when_the_server_holds_to_them(tmp_path: Path) -> None:
    with gladly(10, 4, 1) as served:
        served.service.limits.per_second = 40
        results = _pull(served, tmp_path, _only("entities", "lookups", "reports"))
        assert not results.problems
        assert served.service.limits.refused <= 1


def test_a_full_disk_ends_the_pull_in_a_sentence(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = LocalFolder.keep

    def full(self: LocalFolder, draft: Any, path: str) -> None:
        if path.startswith("exports"):
            raise OSError(28, "No space left on device")
        keep(self, draft, path)

    monkeypatch.setattr(LocalFolder, "keep", full)
    results = _pull(served, tmp_path)
    assert results.exit == Exit.PARTIAL
    assert "No space left on device" in results.problems[0].sentence
    assert _files(tmp_path, "events")
    assert not list(tmp_path.rglob(".*.partial"))
    monkeypatch.undo()
    assert _pull(served, tmp_path).exit == Exit.DONE


def test_a_first_pull_says_where_reports_begin(served: Served, tmp_path: Path) -> None:
    results = _pull(served, tmp_path, Wanted(probe_limit=0), first_days=3)
    assert "They begin at 2025-01-04; --since DATE" in str(results.lines())
    results = _pull(served, tmp_path, Wanted(probe_limit=0))
    assert "They begin" not in str(results.lines())


def test_one_pull_at_a_time(served: Served, tmp_path: Path) -> None:
    with LocalFolder(tmp_path).lock(), pytest.raises(BusyError, match="Another pull"):
        _pull(served, tmp_path)
    # The lock file stays; nothing holds it.
    assert (tmp_path / LOCK).exists()
    assert _pull(served, tmp_path, _only("entities")).exit == Exit.DONE


def test_what_a_crash_left_half_written_is_cleared_away(
    served: Served, tmp_path: Path
) -> None:
    place = tmp_path / "reports/AnswerUsageReport"
    place.mkdir(parents=True)
    (place / ".abc.partial").write_bytes(b"Timezone Fil")
    _pull(served, tmp_path, _only("entities"))
    assert not list(place.iterdir())


def _dump(path: Path) -> dict[str, list[Any]]:
    with sqlite3.connect(path) as base:
        names = [
            name
            for (name,) in base.execute(
                "select name from sqlite_master where type = 'table'"
            )
        ]
        return {
            name: sorted(base.execute(f"select * from {name}"), key=repr)
            for name in names
        }


@pytest.fixture
def pulled_days(served: Served, tmp_path: Path) -> Iterator[Path]:
    for _ in range(3):
        _pull(served, tmp_path)
        _move(served, hours=24)
    yield tmp_path


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_the_ledger_is_made_anew_from_the_folder(pulled_days: Path, how: str) -> None:
    before = _dump(pulled_days / STATE)
    (pulled_days / STATE).unlink()
    if how == "damaged":
        (pulled_days / STATE).write_bytes(b"no database" * 1000)
    ledger = Ledger(pulled_days / STATE)
    ledger.read(LocalFolder(pulled_days))
    ledger.close()
    assert _dump(pulled_days / STATE) == before


def test_a_file_taken_out_of_the_folder_is_pulled_again(
    served: Served, tmp_path: Path
) -> None:
    _pull(served, tmp_path)
    before = _files(tmp_path)
    victims = [
        next(iter(_files(tmp_path, below)))
        for below in ("reports/AnswerUsageReport", "entities/agents", "exports")
    ]
    for name in victims:
        (tmp_path / name).unlink()
    _pull(served, tmp_path)
    assert _files(tmp_path) == before


@pytest.mark.parametrize(
    ("only", "groups", "reports"),
    [
        ("events,lookups", {"events", "lookups"}, set()),
        ("aggregated", {"aggregated"}, "seven"),
        ("AnswerUsageReport", {"reports"}, {"AnswerUsageReport"}),
        ("ContactSummaryCountsReport", {"aggregated"}, {"ContactSummaryCountsReport"}),
    ],
)
def test_only_names_groups_and_reports(
    served: Served, tmp_path: Path, only: str, groups: set[str], reports: Any
) -> None:
    settings = settings_for(served, tmp_path)
    found = wanted(settings, only=only.split(","))
    assert found.groups == groups
    chosen = {report.name for report in found.chosen_reports(settings)}
    assert (len(chosen) == 7) if reports == "seven" else (chosen == reports)
    with pytest.raises(SettingsError, match="knows no nonsense"):
        wanted(settings, only=["nonsense"])


def test_aggregated_reports_come_when_asked_for(served: Served, tmp_path: Path) -> None:
    asked = wanted(
        settings_for(served, tmp_path),
        only=["ContactSummaryCountsReport"],
        since=SINCE,
    )
    _pull(served, tmp_path, asked)
    ((name, body),) = _files(tmp_path).items()
    assert name.startswith("reports/ContactSummaryCountsReport/20250106T020000Z__")
    assert len(body.splitlines()) == 1 + 6
