"""REST objects, one a line: full lists where the API has them, else what was got."""

from __future__ import annotations

from collections.abc import Callable

from gladly_sandbox.clock import rfc3339
from gladly_sandbox.extracts.desk import Desk
from gladly_sandbox.extracts.export_jobs import agents_json, topics_json
from gladly_sandbox.things import Conversation, Customer, Json


def write_entities(desk: Desk) -> None:
    """Write entities/<name>/ for what the capture asks for."""
    for name in desk.capture.entities:
        records = _LISTS[name](desk)
        if name in ("agents", "topics", "inboxes", "answers"):
            records = records + desk.extra(name)
        desk.write_lines(desk.path("entities", name, suffix="jsonl"), records)


def write_fetched(desk: Desk) -> None:
    """Write entities/customer_profiles and entities/conversations."""
    if desk.capture.profiles:
        lines = _profiles(desk) + desk.extra("customer_profiles")
        path = desk.path("entities", "customer_profiles", suffix="jsonl")
        desk.write_lines(path, lines)
    if desk.capture.conversations:
        lines = _conversations(desk) + desk.extra("conversations")
        path = desk.path("entities", "conversations", suffix="jsonl")
        desk.write_lines(path, lines)


def _gone(an_id: str) -> Json:
    return {"id": an_id, "status": 404}


def _profiles(desk: Desk) -> list[Json]:
    wanted = desk.capture.profiles
    ids = list(desk.emitted.customers) if wanted == "seen" else list(wanted)
    made = []
    for an_id in ids:
        found = desk.state.customers.get(an_id)
        if desk.hides("customer_profiles", an_id):
            continue
        desk.emitted.note(desk.emitted.customers, an_id)
        if found is None or (found.deleted_at and found.merged_into is None):
            desk.emitted.note(desk.emitted.gone_customers, an_id)
            made.append(_gone(an_id))
        elif found.merged_into is None:
            mobiles = sum(phone.type == "MOBILE" for phone in found.phones)
            desk.emitted.addresses[an_id] = (len(found.emails), mobiles)
            made.append(_profile(found))
    return made


def _profile(customer: Customer) -> Json:
    made: Json = {"id": customer.id}
    if customer.name:
        made["name"] = customer.name
    if customer.address:
        made["address"] = customer.address
    made["emails"] = [
        {"original": email, "normalized": email.strip().lower()}
        for email in customer.emails
    ]
    made["phones"] = [
        {
            "original": phone.number,
            "normalized": phone.number,
            "regionCode": "US",
            "smsPreference": "ON",
            "type": phone.type,
        }
        for phone in customer.phones
    ]
    if customer.external_ids:
        made["externalCustomerIds"] = dict(customer.external_ids)
    made["customAttributes"] = dict(customer.custom_attributes)
    made["createdAt"] = rfc3339(customer.created_at)
    # Profiles carry up to nine fractional digits.
    made["updatedAt"] = f"{rfc3339(customer.updated_at)[:-1]}07293Z"
    return made


def _conversations(desk: Desk) -> list[Json]:
    wanted = desk.capture.conversations
    if wanted == "seen":
        ids = list(desk.emitted.conversations)
    elif wanted == "open":
        ids = [
            held.id
            for held in desk.state.conversations.values()
            if held.status != "CLOSED"
            and held.absorbed_into is None
            and held.deleted_at is None
        ]
    else:
        ids = list(wanted)
    made = []
    for an_id in ids:
        if desk.hides("conversations", an_id):
            continue
        desk.emitted.note(desk.emitted.conversations, an_id)
        found = desk.state.conversations.get(an_id)
        if found is None or found.absorbed_into or found.deleted_at:
            desk.emitted.note(desk.emitted.gone_conversations, an_id)
            made.append(_gone(an_id))
        else:
            desk.emitted.note(desk.emitted.histories, an_id)
            desk.emitted.note(desk.emitted.statuses, an_id)
            desk.show_conversation("conversations", found)
            made.append(_conversation(desk, found))
    return made


def _conversation(desk: Desk, held: Conversation) -> Json:
    owner = held.customer.current().id
    desk.emitted.note(desk.emitted.customers, owner)
    made: Json = {"id": held.id, "customerId": owner}
    if held.inbox_id is not None:
        desk.emitted.note(desk.emitted.inboxes, held.inbox_id)
        made["inboxId"] = held.inbox_id
    made["status"] = held.status
    made["createdAt"] = rfc3339(held.created_at)
    if held.status == "CLOSED":
        made["closedAt"] = rfc3339(held.closes[-1]["at"])
    if held.agent_id is not None:
        desk.emitted.note(desk.emitted.agents, held.agent_id)
        made["agentId"] = held.agent_id
    topics = held.current_topics()
    if topics:
        made["topicIds"] = topics
    for topic_id in topics:
        desk.emitted.note(desk.emitted.topics, topic_id)
    return made


def _teams(desk: Desk) -> list[Json]:
    made = []
    for team in desk.state.teams.values():
        body: Json = {"id": team.id, "name": team.name}
        if team.description is not None:
            body["description"] = team.description
        body["agentIds"] = list(team.agent_ids)
        for agent_id in team.agent_ids:
            desk.emitted.note(desk.emitted.agents, agent_id)
        made.append(body)
    return made


def _inboxes(desk: Desk) -> list[Json]:
    made = []
    listed = {}
    for inbox in desk.state.inboxes.values():
        if not desk.hides("inboxes", inbox.id):
            desk.emitted.note(desk.emitted.inboxes, inbox.id)
            listed[inbox.id] = (inbox.name, inbox.disabled)
            made.append(
                {"id": inbox.id, "name": inbox.name, "disabled": inbox.disabled}
            )
    desk.emitted.inbox_lists.append((desk.emitted.at, listed))
    return made


def _business_hours(desk: Desk) -> list[Json]:
    return list(desk.state.business_hours.values())


def _organization(desk: Desk) -> list[Json]:
    return [dict(desk.state.organization)]


def _tasks(desk: Desk) -> list[Json]:
    made = []
    for task in desk.state.tasks.values():
        owner = task.customer.current()
        if owner.deleted_at:
            continue
        desk.emitted.note(desk.emitted.customers, owner.id)
        to: Json = {"inboxId": task.inbox_id}
        desk.emitted.note(desk.emitted.inboxes, task.inbox_id)
        if task.agent_id is not None:
            to["agentId"] = task.agent_id
            desk.emitted.note(desk.emitted.agents, task.agent_id)
        made.append(
            {
                "id": task.id,
                "customerId": owner.id,
                "timestamp": rfc3339(task.at),
                "createdBy": task.by.json(),
                "assignee": to,
                "body": task.body,
                "dueAt": rfc3339(task.due_at),
                "status": task.status,
            }
        )
    return made


def _answers(desk: Desk) -> list[Json]:
    made = []
    for answer in desk.state.answers.values():
        if desk.hides("answers", answer.id):
            continue
        desk.emitted.note(desk.emitted.answers, answer.id)
        if answer.deleted_at is not None:
            desk.emitted.note(desk.emitted.gone_answers, answer.id)
            made.append(_gone(answer.id))
            continue
        body: Json = {"id": answer.id, "name": answer.name}
        if answer.description is not None:
            body["description"] = answer.description
        body["audienceIds"] = list(answer.audience_ids)
        body["createdAt"] = rfc3339(answer.created_at)
        body["updatedAt"] = rfc3339(answer.updated_at)
        made.append(body)
    return made


def _answer_contents(desk: Desk) -> list[Json]:
    made = []
    for answer in desk.state.answers.values():
        if answer.deleted_at is None and not desk.hides("answers", answer.id):
            desk.emitted.note(desk.emitted.answers, answer.id)
            for (language, type_), body in answer.contents.items():
                key = (answer.id, language, type_)
                desk.emitted.answer_contents[key] = body["bodyHtml"]
                made.append(body)
    return made


_LISTS: dict[str, Callable[[Desk], list[Json]]] = {
    "agents": agents_json,
    "teams": _teams,
    "inboxes": _inboxes,
    "topics": lambda desk: topics_json(desk, desk.at),
    "business_hours": _business_hours,
    "organization": _organization,
    "tasks": _tasks,
    "answers": _answers,
    "answer_contents": _answer_contents,
}
