"""Export jobs: job.json and the JSONL files of a window of conversation items."""

from __future__ import annotations

import hashlib
from datetime import datetime

from gladly_sandbox.clock import rfc3339
from gladly_sandbox.extracts.desk import Desk, to_json
from gladly_sandbox.extracts.emitted import Emitted, ListedTopic
from gladly_sandbox.extracts.plan import Pull, bounds
from gladly_sandbox.ids import slug
from gladly_sandbox.things import Customer, Item, Json


def write_export_job(desk: Desk, pull: Pull, number: int) -> datetime:
    """Write exports/<job id>/ as of the capture; returns when it completed.

    Items carry the ids they have now: older jobs keep older ids (rules R04, R10,
    R15). ``updatedAt`` is the capture time with up to nine fractional digits.

    Raises:
        ValueError: when the job exists already.
    """
    start, end = bounds((pull.start, pull.end), desk.capture.timezone)
    seed = (desk.tenant.seed, "job", desk.at.isoformat(), desk.capture.label, number)
    job_id = pull.job_id or slug(*seed)
    folder = desk.out / "exports" / job_id
    if folder.exists():
        raise ValueError(f"export job {job_id!r} is written twice")
    folder.mkdir(parents=True)
    digits = int(hashlib.blake2b(repr(seed).encode(), digest_size=4).hexdigest(), 16)
    digits %= 1_000_000_000
    fraction = f"{digits:09d}".rstrip("0") or "0"
    updated_at = desk.at.replace(microsecond=digits // 1000)
    job: Json = {
        "id": job_id,
        "scheduleId": slug(desk.tenant.seed, "schedule"),
        "status": "COMPLETED",
        "updatedAt": f"{desk.at:%Y-%m-%dT%H:%M:%S}.{fraction}Z",
        "parameters": {
            "type": "CONVERSATIONS",
            "startAt": rfc3339(start),
            "endAt": rfc3339(end),
        },
        "files": list(pull.files),
    }
    desk.write_text(folder / "job.json", to_json(job) + "\n")
    desk.emitted.at = updated_at
    owners: dict[str, Customer] = {}
    lines = []
    for item in desk.state.items.values():
        if not start <= item.at < end or not item.in_export:
            continue
        owner = item.customer.current()
        held = item.conversation.current() if item.conversation else None
        if owner.deleted_at or (held is not None and held.deleted_at):
            continue
        if desk.hides("conversation_items", item.id, item.ids[0]):
            continue
        owners.setdefault(owner.id, owner)
        lines.append(_item_json(desk, item))
    lines += desk.extra("conversation_items")
    contents = {
        "conversation_items.jsonl": lines,
        "customers.jsonl": _customers(desk, owners),
        "agents.jsonl": agents_json(desk),
        "topics.jsonl": topics_json(desk, updated_at)
        if "topics.jsonl" in pull.files
        else [],
    }
    desk.emitted.at = desk.at
    for name in pull.files:
        desk.write_lines(folder / name, contents[name])
    return updated_at


def _item_json(desk: Desk, item: Item) -> Json:
    owner = item.customer.current()
    emitted = desk.emitted
    emitted.note(emitted.items, item.id)
    if item.is_redacted:
        emitted.note(emitted.redacted_items, item.id)
    emitted.note(emitted.customers, owner.id)
    made: Json = {"id": item.id, "customerId": owner.id}
    if item.conversation is not None:
        held = item.conversation.current()
        emitted.note(emitted.conversations, held.id)
        made["conversationId"] = held.id
    emitted.item_owners[item.id] = (made.get("conversationId"), owner.id)
    for name, actor in (("initiator", item.initiator), ("responder", item.responder)):
        if actor is not None:
            made[name] = actor.json()
            emitted.note_actor(actor)
    made["timestamp"] = rfc3339(item.at)
    made["content"] = item.content
    for key in ("addedTopicIds", "removedTopicIds"):
        for topic_id in item.content.get(key, ()):
            emitted.note(emitted.topics, topic_id)
    # Property order varies between lines of real files.
    return dict(reversed(made.items())) if ord(item.id[0]) % 3 == 0 else made


def _customers(desk: Desk, owners: dict[str, Customer]) -> list[Json]:
    shown = [
        customer
        for customer in owners.values()
        if not desk.hides("customers_file", customer.id)
    ]
    for customer in shown:
        _note_addresses(desk.emitted, customer)
    return [customer_json(customer) for customer in shown] + desk.extra(
        "customers_file"
    )


def _note_addresses(emitted: Emitted, customer: Customer) -> None:
    """Note what a job shows; which phones are mobile, profiles alone say."""
    _, mobiles = emitted.addresses.get(customer.id, (0, None))
    emitted.addresses[customer.id] = (len(customer.emails), mobiles)


def customer_json(customer: Customer) -> Json:
    """Return a customer as customers.jsonl has it: flat, absent keys left out."""
    made: Json = {"id": customer.id}
    if customer.name:
        made["name"] = customer.name
    if customer.address:
        made["address"] = customer.address
    made["emailAddresses"] = list(customer.emails)
    made["phoneNumbers"] = [phone.number for phone in customer.phones]
    if customer.external_ids:
        made["externalCustomerIds"] = dict(customer.external_ids)
    return made


def agents_json(desk: Desk) -> list[Json]:
    """Return the agents, as an export job and GET /agents both have them."""
    made = []
    for agent in desk.state.agents.values():
        if not desk.hides("agents", agent.id):
            desk.emitted.note(desk.emitted.agents, agent.id)
            made.append(
                {"id": agent.id, "name": agent.name, "emailAddress": agent.email}
            )
    return made


def topics_json(desk: Desk, at: datetime) -> list[Json]:
    """Return the topics, as an export job and GET /topics both have them.

    ``parentId`` is absent for roots.

    Args:
        desk: the capture at work.
        at: capture time of the file the list goes into.
    """
    made = []
    listed: dict[str, ListedTopic] = {}
    for topic in desk.state.topics.values():
        if topic.deleted or desk.hides("topics", topic.id):
            continue
        desk.emitted.note(desk.emitted.topics, topic.id)
        listed[topic.id] = ListedTopic(topic.name, topic.parent_id, topic.disabled)
        body: Json = {"id": topic.id, "name": topic.name, "disabled": topic.disabled}
        if topic.parent_id is not None:
            body["parentId"] = topic.parent_id
        made.append(body)
    desk.emitted.topic_lists.append((at, listed))
    return made
