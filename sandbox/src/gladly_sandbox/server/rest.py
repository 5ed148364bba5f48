"""GET endpoints: lists, single objects, events and export jobs."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from gladly_sandbox.clock import moment
from gladly_sandbox.extracts.emitted import Emitted
from gladly_sandbox.extracts.entities import write_entities, write_fetched
from gladly_sandbox.extracts.events import write_events
from gladly_sandbox.extracts.lookups import write_lookups
from gladly_sandbox.extracts.plan import Capture
from gladly_sandbox.ids import slug
from gladly_sandbox.server.replies import as_json, as_lines, error, limited
from gladly_sandbox.server.tray import objects, tray
from gladly_sandbox.server.world import EVENTS_KEPT, World
from gladly_sandbox.things import Json

#: Path below /api/v1 -> the entity that lists it.
LISTS = {
    "agents": "agents",
    "teams": "teams",
    "inboxes": "inboxes",
    "topics": "topics",
    "business-hours": "business_hours",
    "organization": "organization",
}
#: Longest lists that Gladly gives.
MOST_CONVERSATIONS, MOST_TASKS = 100, 2000
_NOT_FOUND = ("not_exist", "there is no such thing")


def entity_list(world: World, name: str) -> list[Json]:
    """Return the full list of an entity."""
    capture = Capture(world.now(), entities=[name])
    made = tray(world.tenant, world.state, world.now(), world.emitted, capture)
    write_entities(made)
    return objects(made)


def get_list(world: World, path: str) -> Response:
    """Answer GET /agents and its like."""
    found = entity_list(world, LISTS[path])
    return as_json(found[0] if path == "organization" else found)


def get_one(world: World, path: str, an_id: str) -> Response:
    """Answer GET /agents/{id} and its like."""
    for found in entity_list(world, LISTS[path]):
        if found["id"] == an_id:
            return as_json(found)
    return error(404, *_NOT_FOUND, "id")


def get_customer(world: World, an_id: str) -> Response:
    """Answer GET /customer-profiles/{id}: the profile, 301 or 404."""
    now = world.now()
    if an_id not in world.state.customers:
        return error(404, *_NOT_FOUND, "customerId")
    capture = Capture(now, customer_lookups=[an_id])
    made = tray(world.tenant, world.state, now, world.emitted, capture)
    write_lookups(made)
    (line,) = objects(made)
    if line["status"] == 301:
        to = line["resolvedId"]
        moved = error(
            301, "moved", "the profile was merged", "customerId", old=an_id, new=to
        )
        moved.headers["location"] = f"/api/v1/customer-profiles/{to}"
        return moved
    if line["status"] == 404:
        return error(404, *_NOT_FOUND, "customerId")
    capture = Capture(now, profiles=[an_id])
    made = tray(world.tenant, world.state, now, world.emitted, capture)
    write_fetched(made)
    return as_json(objects(made)[0])


def get_conversation(world: World, an_id: str) -> Response:
    """Answer GET /conversations/{id}: the conversation or 404, never a redirect."""
    now = world.now()
    if an_id not in world.state.conversations:
        return error(404, *_NOT_FOUND, "conversationId")
    capture = Capture(now, conversation_lookups=[an_id])
    made = tray(world.tenant, world.state, now, world.emitted, capture)
    write_lookups(made)
    if objects(made)[0]["status"] == 404:
        return error(404, *_NOT_FOUND, "conversationId")
    capture = Capture(now, conversations=[an_id])
    made = tray(world.tenant, world.state, now, world.emitted, capture)
    write_fetched(made)
    return as_json(objects(made)[0])


def get_conversations(world: World, customer_id: str) -> Response:
    """Answer GET /customers/{id}/conversations, oldest first, at most 100."""
    found = world.state.customers.get(customer_id)
    if found is None or found.merged_into or found.deleted_at:
        return error(404, *_NOT_FOUND, "customerId")
    ids = [
        held.id
        for held in world.state.conversations.values()
        if held.customer.current() is found
        and not held.absorbed_into
        and not held.deleted_at
    ]
    now = world.now()
    # No extract is made of this list, so nothing is noted of it.
    made = tray(
        world.tenant,
        world.state,
        now,
        Emitted(now),
        Capture(now, conversations=ids or ["none"]),
    )
    write_fetched(made)
    return limited(objects(made) if ids else [], MOST_CONVERSATIONS)


def get_tasks(world: World, customer_id: str) -> Response:
    """Answer GET /customers/{id}/tasks, newest first, at most 2000."""
    found = world.state.customers.get(customer_id)
    if found is None or found.merged_into or found.deleted_at:
        return error(404, *_NOT_FOUND, "customerId")
    mine = {
        task.id: task
        for task in world.state.tasks.values()
        if task.customer.current() is found
    }
    now = world.now()
    capture = Capture(now, entities=["tasks"])
    made = tray(world.tenant, world.state, now, world.emitted, capture, {"tasks": mine})
    write_entities(made)
    newest_first = sorted(
        objects(made), key=lambda t: str(t["timestamp"]), reverse=True
    )
    return limited(newest_first, MOST_TASKS)


def get_answer(world: World, an_id: str) -> Response:
    """Answer GET /answers/{id}."""
    found = world.state.answers.get(an_id)
    if found is None:
        return error(404, *_NOT_FOUND, "answerId")
    now = world.now()
    made = tray(
        world.tenant,
        world.state,
        now,
        world.emitted,
        Capture(now, entities=["answers"]),
        {"answers": {an_id: found}},
    )
    write_entities(made)
    body = objects(made)
    if not body or body[0].get("status") == 404:
        return error(404, *_NOT_FOUND, "answerId")
    return as_json(body[0])


def get_content(world: World, an_id: str, language: str, kind: str) -> Response:
    """Answer GET /answers/{id}/languages/{language}/type/{type}."""
    found = world.state.answers.get(an_id)
    if found is None or found.deleted_at:
        return error(404, *_NOT_FOUND, "answerId")
    body = found.contents.get((language, kind))
    if body is None:
        return error(404, *_NOT_FOUND, "type")
    world.emitted.at = world.now()
    world.emitted.answer_contents[an_id, language, kind] = body["bodyHtml"]
    return as_json(body)


def get_events(world: World, request: Request) -> Response:
    """Answer GET /events: JSON Lines, ascending, of the last 24 hours."""
    asked = request.query_params
    now = world.now()
    try:
        start = moment(asked["startAt"])
        end = moment(asked["endAt"]) if "endAt" in asked else now
    except (KeyError, ValueError) as problem:
        return error(400, "invalid", f"startAt or endAt: {problem}")
    if start < now - EVENTS_KEPT:
        return error(400, "invalid", "startAt is more than 24 hours ago", "startAt")
    if end < start:
        return error(400, "invalid", "endAt is before startAt", "endAt")
    wanted = asked.getlist("entities")
    capture = Capture(now, events=(start, end))
    made = tray(world.tenant, world.state, now, world.emitted, capture)
    write_events(made, (start, end))
    (text,) = made.written
    if wanted:
        text = "".join(
            f"{line}\n" for line in text.splitlines() if _entity(line) in wanted
        )
    return as_lines(text)


def _entity(line: str) -> str:
    kind = str(json.loads(line)["type"]).partition("/")[0]
    return "CONVERSATION" if kind == "CONVERSATION_ASSIGNEE" else kind


def get_schedules(world: World) -> Response:
    """Answer GET /export/schedules: one, daily."""
    now = world.now()
    midnight = now.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    return as_json(
        [
            {
                "id": slug(world.tenant.seed, "schedule"),
                "frequency": "DAILY",
                "type": "CONVERSATIONS",
                "nextStartAt": f"{midnight:%Y-%m-%dT%H:%M:%SZ}",
                "updatedAt": f"{world.tenant.start:%Y-%m-%dT%H:%M:%SZ}",
            }
        ]
    )


def get_jobs(world: World, request: Request) -> Response:
    """Answer GET /export/jobs, filtered by status and updatedAt."""
    asked = request.query_params
    found: list[dict[str, Any]] = world.jobs()
    if "status" in asked:
        found = [job for job in found if job["status"] == asked["status"]]
    if "startAt" in asked:
        start = moment(asked["startAt"])
        found = [job for job in found if _updated(job) >= start]
    if "endAt" in asked:
        end = moment(asked["endAt"])
        found = [job for job in found if _updated(job) <= end]
    return as_json(found)


def _updated(job: dict[str, Any]) -> datetime:
    return moment(str(job["updatedAt"]))


def get_job_file(world: World, job_id: str, name: str) -> Response:
    """Answer GET /export/jobs/{id} and its files."""
    body = world.job_file(job_id, name)
    if body is None:
        return error(404, *_NOT_FOUND, "jobId")
    if name == "job.json":
        return as_json(json.loads(body))
    return as_lines(body)


def delete_job(world: World, job_id: str) -> Response:
    """Answer DELETE /export/jobs/{id}."""
    if world.job_file(job_id, "job.json") is None:
        return error(404, *_NOT_FOUND, "jobId")
    world.forget_job(job_id)
    return Response(status_code=204)
