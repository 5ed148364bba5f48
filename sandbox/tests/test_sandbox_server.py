"""The served tenant keeps Gladly's documented habits."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from gladly_sandbox.cli import app
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.server import Faults, Limits, Served, World, serving
from gladly_sandbox.server.app import Service
from gladly_sandbox.server.control import duration
from gladly_sandbox.tenant import Tenant


class HandClock:
    """A clock that says what it is given."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return random_tenant(40, 9, 15)


@pytest.fixture
def served(tenant: Tenant) -> Iterator[Served]:
    with serving(Service(World(tenant, "2025-01-15 02:00"), Limits(0, 0, 0))) as made:
        yield made


@pytest.fixture
def ask(served: Served) -> Iterator[httpx.Client]:
    service = served.service
    with httpx.Client(
        base_url=f"{served.url}/api/v1/", auth=(service.user, service.token)
    ) as client:
        yield client


def _report(ask: httpx.Client, name: str, **more: str) -> httpx.Response:
    asked = {"metricSet": name, "startAt": "2025-01-01", "endAt": "2025-01-20"}
    return ask.post("reports", json={**asked, **more})


def test_responses_are_dated_by_the_tenants_clock(ask: httpx.Client) -> None:
    assert ask.get("agents").headers["date"] == "Wed, 15 Jan 2025 02:00:00 GMT"


def test_the_clock_is_moved_and_never_goes_back(
    ask: httpx.Client, served: Served
) -> None:
    clock = f"{served.url}/_sandbox/clock"
    assert ask.post(clock, json={"advance": "1d12h"}).json() == {
        "now": "2025-01-16T14:00:00.000Z"
    }
    assert ask.post(clock, json={"to": "2025-01-15 02:00"}).status_code == 400
    assert ask.get(clock).json() == {"now": "2025-01-16T14:00:00.000Z"}


@pytest.mark.parametrize("text", ["", "1", "d", "1w", "1d x"])
def test_a_length_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        duration(text)


def test_a_running_clock_runs(tenant: Tenant) -> None:
    world = World(tenant, speed=86_400.0)
    before = world.now()
    while world.now() < before + timedelta(hours=1):
        pass
    world.close()


@pytest.mark.parametrize("auth", [None, ("sandbox@example.com", "wrong")])
def test_nobody_gets_in_without_the_token(served: Served, auth: Any) -> None:
    response = httpx.get(f"{served.url}/api/v1/agents", auth=auth)
    assert response.status_code == 401
    assert response.json()["errors"][0]["code"] == "unauthorized"


def test_the_sixth_request_of_a_second_is_refused() -> None:
    clock = HandClock()
    limits = Limits(5, 0, 0, clock)
    assert [limits.admits("GET") for _ in range(6)] == [True] * 5 + [False]
    assert limits.admits("POST")
    assert limits.headers("GET") == {
        "Ratelimit-Limit-Second": "5",
        "Ratelimit-Remaining-Second": "0",
    }
    clock.at += 1.0
    assert limits.admits("GET")


def test_reports_are_limited_by_the_minute_and_at_once() -> None:
    clock = HandClock()
    limits = Limits(0, 10, 2, clock)
    assert [limits.admits_report() for _ in range(11)] == [True] * 10 + [False]
    clock.at += 60.0
    assert limits.admits_report()
    limits.running = 2
    assert not limits.admits_report()


def test_limits_are_said_in_headers(ask: httpx.Client, served: Served) -> None:
    served.service.limits.per_second = 10
    headers = ask.get("agents").headers
    assert headers["ratelimit-limit-second"] == "10"
    assert headers["ratelimit-remaining-second"] == "9"


def test_jobs_and_their_files_are_kept_for_two_weeks(
    ask: httpx.Client, served: Served
) -> None:
    jobs = ask.get("export/jobs").json()
    assert len(jobs) == 14
    first = jobs[-1]["id"]
    path = f"export/jobs/{first}/files/conversation_items.jsonl"
    assert ask.get(path).status_code == 200
    served.service.world.move(served.service.world.now() + timedelta(days=1))
    assert first not in {job["id"] for job in ask.get("export/jobs").json()}
    assert ask.get(path).status_code == 404
    assert ask.get(f"export/jobs/{first}").status_code == 404


def test_jobs_are_found_by_when_they_were_updated(ask: httpx.Client) -> None:
    asked = {"startAt": "2025-01-10T00:00:00Z", "status": "COMPLETED"}
    assert len(ask.get("export/jobs", params=asked).json()) == 6
    assert ask.get("export/jobs", params={"status": "FAILED"}).json() == []


def test_a_job_can_be_deleted(ask: httpx.Client) -> None:
    first = ask.get("export/jobs").json()[0]["id"]
    assert ask.delete(f"export/jobs/{first}").status_code == 204
    assert ask.delete(f"export/jobs/{first}").status_code == 404
    assert len(ask.get("export/jobs").json()) == 13


def test_a_job_holds_what_was_so_when_it_ran(
    tenant: Tenant,
) -> None:
    """Ids in its files are those of then, whatever was merged since."""
    merged = [c for c in tenant.state_at().customers.values() if c.merged_into]
    with serving(Service(World(tenant), Limits(0, 0, 0))) as served:
        service = served.service
        with httpx.Client(
            base_url=f"{served.url}/api/v1/", auth=(service.user, service.token)
        ) as ask:
            seen = set()
            for _ in range(12):
                service.world.move(service.world.now() + timedelta(days=1))
                job = ask.get("export/jobs").json()[0]["id"]
                path = f"export/jobs/{job}/files/conversation_items.jsonl"
                text = ask.get(path).text
                seen |= {c.id for c in merged if f'"customerId":"{c.id}"' in text}
    assert seen


def test_events_reach_back_a_day_in_ascending_order(ask: httpx.Client) -> None:
    late = ask.get("events", params={"startAt": "2025-01-14T01:59:59Z"})
    assert late.status_code == 400
    fine = ask.get("events", params={"startAt": "2025-01-14T02:00:00Z"})
    assert fine.status_code == 200
    world_events = ask.get("events")
    assert world_events.status_code == 400


def test_events_are_chosen_by_entity(ask: httpx.Client, tenant: Tenant) -> None:
    with serving(Service(World(tenant, "2025-01-06 02:00"), Limits(0, 0, 0))) as early:
        auth = (early.service.user, early.service.token)
        params = [("startAt", "2025-01-05T02:00:00Z"), ("entities", "CONVERSATION")]
        response = httpx.get(f"{early.url}/api/v1/events", params=params, auth=auth)
    kinds = {
        line.split('"type":"')[1].split("/")[0]
        for line in response.text.split("\n")
        if line
    }
    assert kinds == {"CONVERSATION", "CONVERSATION_ASSIGNEE"}


def test_a_merged_profile_moves_and_a_deleted_one_is_gone(
    ask: httpx.Client, served: Served
) -> None:
    customers = served.service.world.state.customers.values()
    old = next(c for c in customers if c.merged_into)
    moved = ask.get(f"customer-profiles/{old.id}")
    assert moved.status_code == 301
    assert moved.json()["errors"][0]["meta"] == {
        "old": old.id,
        "new": old.merged_into.id,
    }
    assert moved.headers["location"].endswith(f"/{old.merged_into.id}")
    gone = next(c for c in customers if c.deleted_at and not c.merged_into)
    assert ask.get(f"customer-profiles/{gone.id}").status_code == 404
    there = next(c for c in customers if not c.deleted_at and not c.merged_into)
    assert ask.get(f"customer-profiles/{there.id}").json()["id"] == there.id


def test_an_absorbed_conversation_never_redirects(
    ask: httpx.Client, served: Served
) -> None:
    held = served.service.world.state.conversations.values()
    absorbed = next(c for c in held if c.absorbed_into)
    assert ask.get(f"conversations/{absorbed.id}").status_code == 404
    there = next(c for c in held if not c.absorbed_into and not c.deleted_at)
    found = ask.get(f"conversations/{there.id}").json()
    assert found["id"] == there.id
    listed = ask.get(f"customers/{found['customerId']}/conversations").json()
    assert there.id in {one["id"] for one in listed}


def test_a_list_that_is_cut_says_so(ask: httpx.Client, served: Served) -> None:
    from gladly_sandbox.server.replies import limited

    assert "Gladly-Limited-Data" not in limited([1, 2], 2).headers
    cut = limited([1, 2, 3], 2)
    assert cut.headers["Gladly-Limited-Data"] == "true"
    assert cut.body == b"[1,2]"


@pytest.mark.parametrize(
    "path",
    ["agents", "teams", "inboxes", "topics", "business-hours"],
)
def test_lists_and_single_objects_agree(ask: httpx.Client, path: str) -> None:
    listed = ask.get(path).json()
    assert listed
    assert ask.get(f"{path}/{listed[0]['id']}").json() == listed[0]
    assert ask.get(f"{path}/nothing").status_code == 404


def test_answers_and_contents_are_had_one_by_one(
    ask: httpx.Client, served: Served
) -> None:
    answers = served.service.world.state.answers
    there = next(a for a in answers.values() if a.contents and not a.deleted_at)
    assert ask.get(f"answers/{there.id}").json()["id"] == there.id
    language, kind = next(iter(there.contents))
    content = f"answers/{there.id}/languages/{language}/type"
    assert ask.get(f"{content}/{kind}").json()["answerId"] == there.id
    assert ask.get(f"{content}/nothing").status_code == 404
    gone = next(a for a in answers.values() if a.deleted_at)
    assert ask.get(f"answers/{gone.id}").status_code == 404


def test_a_report_is_made_as_of_the_clock(ask: httpx.Client, served: Served) -> None:
    before = _report(ask, "ConversationExportReport", timezone="UTC").text
    assert before.startswith("Timezone Filter,Inboxes Filter,Created At,")
    count = len(served.service.world.state.conversations)
    deleted = sum(
        bool(c.deleted_at or c.current().deleted_at)
        for c in served.service.world.state.conversations.values()
    )
    assert len(before.splitlines()) == 1 + count - deleted


def test_both_days_of_a_window_are_included(ask: httpx.Client) -> None:
    def days(first: str, last: str) -> set[str]:
        asked = {"startAt": first, "endAt": last, "timezone": "UTC"}
        text = _report(ask, "ConversationExportReport", **asked).text
        return {line.split(",")[2][:10] for line in text.splitlines()[1:]}

    assert days("2025-01-03", "2025-01-04") == {"2025-01-03", "2025-01-04"}


def test_without_a_zone_it_is_the_organisations(ask: httpx.Client) -> None:
    assert "\nAmerica/New_York," in _report(ask, "ConversationExportReport").text


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"metricSet": "NoSuchReport"}, 400),
        ({"metricSet": "ContactExportReport"}, 400),
        ({"startAt": "2025-01-21"}, 400),
        ({"startAt": "yesterday"}, 400),
        ({"timezone": "Mars/Olympus"}, 400),
        ({"metricSet": "TaskSummaryReport"}, 200),
        ({"metricSet": "ContactSummaryCountsReport"}, 200),
    ],
)
def test_requests_are_read_with_care(
    ask: httpx.Client, asked: dict[str, str], status: int
) -> None:
    made = {"metricSet": "ConversationExportReport", **asked}
    assert _report(ask, made.pop("metricSet"), **made).status_code == status


def test_the_legacy_endpoint_takes_moments(ask: httpx.Client) -> None:
    path = "reports/work-session-events"
    asked = {"startAtTime": "2025-01-01T00:00Z", "endAtTime": "2025-01-15T02:00Z"}
    response = ask.post(path, json=asked)
    assert response.text.startswith("id,contact_session_id,")
    assert response.headers["content-type"] == "text/csv"
    asked["endAtTime"] = asked["startAtTime"]
    assert ask.post(path, json=asked).status_code == 400


@pytest.mark.parametrize("fault", ["storm", "error", "html", "empty", "trimmed"])
def test_faults_come_on_demand(ask: httpx.Client, served: Served, fault: str) -> None:
    url = f"{served.url}/_sandbox/faults"
    whole = ask.get("topics").content
    ask.post(url, json={fault: 1.0})
    response = ask.get("topics")
    if fault == "storm":
        assert response.status_code == 429
    elif fault == "error":
        assert response.status_code >= 500
    elif fault == "html":
        assert (response.status_code, response.text[:6]) == (200, "<html>")
    elif fault == "empty":
        assert (response.status_code, response.content) == (200, b"")
    else:
        assert whole.startswith(response.content)
        assert 0 < len(response.content) < len(whole)
    assert ask.get(url).json()["happened"] == {fault: 1}
    ask.delete(url)
    assert ask.get("topics").content == whole


def test_a_cut_body_ends_before_its_length(ask: httpx.Client, served: Served) -> None:
    served.service.faults = Faults(cut=1.0)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        ask.get("topics")


def test_a_token_expires_and_roles_are_missing_on_demand(
    ask: httpx.Client, served: Served
) -> None:
    served.service.faults = Faults(expires_after=1, forbidden=["teams"])
    assert ask.get("teams").status_code == 403
    assert ask.get("agents").status_code == 401


def test_rows_are_cut_without_a_word(ask: httpx.Client, served: Served) -> None:
    served.service.faults = Faults(row_cap=10)
    response = _report(ask, "ConversationExportReport", timezone="UTC")
    assert response.status_code == 200
    assert len(response.text.splitlines()) == 11


def test_a_fault_that_is_none_is_refused(ask: httpx.Client, served: Served) -> None:
    response = ask.post(f"{served.url}/_sandbox/faults", json={"earthquake": 1})
    assert response.status_code == 400
    assert "no fault earthquake" in response.text


def test_the_truth_is_of_what_was_shown(ask: httpx.Client, served: Served) -> None:
    url = f"{served.url}/_sandbox/truth"
    held = served.service.world.state.conversations
    shown = {
        row["reported_conversation_id"]
        for row in ask.get(url).json()["tables"]["bridge_conversation_ids"]
    }
    _report(ask, "ConversationExportReport", timezone="UTC")
    truth = ask.get(url).json()
    later = {
        row["reported_conversation_id"]
        for row in truth["tables"]["bridge_conversation_ids"]
    }
    assert shown <= later <= set(held)
    assert truth["as_of"] == "2025-01-15 02:00:00.000"


def test_the_command_serves_and_says_how_to_reach_it() -> None:
    command = "serve --customers 10 --days 3 --port 0 --at 2025-01-02T05:00:00Z"
    with subprocess.Popen(
        [sys.executable, "-m", "gladly_sandbox.cli", *command.split()],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            host = process.stdout.readline().strip().removeprefix("export GLADLY_HOST=")
            # Whoever knows the address is let in at once.
            port = int(host.rsplit(":", 1)[1])
            socket.create_connection(("127.0.0.1", port), timeout=60.0).close()
            user, token = (
                process.stdout.readline().strip().split("=", 1)[1] for _ in range(2)
            )
            assert "2025-01-02 05:00 UTC" in process.stdout.readline()
            response = httpx.get(
                f"{host}/api/v1/organization", auth=(user, token), timeout=60.0
            )
        finally:
            # Leaving the block waits for the process, which ends by itself never.
            process.terminate()
    assert response.json()["name"] == "Larkspur Outfitters"


def test_the_command_refuses_faults_that_are_none() -> None:
    arguments = ["serve", "--customers", "10", "--days", "3", "--faults", '{"x":1}']
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "300"})
    assert result.exit_code == 2
    assert "no fault x" in result.output
