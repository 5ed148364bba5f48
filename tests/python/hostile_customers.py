"""Customers whose records are as odd as JSON and CSV allow, all to be erased.

Each variant is one customer with a conversation of their own. Everything personal is a
text that ``leak`` makes, so that whatever holds one of them anywhere has leaked.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extracts_folder import STAMP, write

LEAK = "leak-of-"
DEEP = 60


def leak(what: str) -> str:
    """Return a text that must not be found anywhere after erasure."""
    return f"{LEAK}{what}-zz"


def _profile(customer: str, fields: str) -> str:
    return f'{{"id": "{customer}", {fields}}}'


def _text(fields: dict[str, Any]) -> str:
    return json.dumps(fields)[1:-1]


#: By customer: the rest of a profile as JSON text, for some of it json cannot write.
PROFILES = {
    "unknown-twice": f'"x": "{leak("x1")}", "x": "{leak("x2")}"',
    "name-twice": f'"name": "{leak("name1")}", "name": "{leak("name2")}"',
    "id-twice": f'"id": "somebody", "name": "{leak("of-two-ids")}"',
    "emails-text": f'"emails": "{leak("emails")}", "phones": {{"a": "{leak("ph")}"}}',
    "emails-nested": f'"emails": [["{leak("nested")}"], "{leak("flat")}", null, 7]',
    "name-object": f'"name": {{"a": "{leak("first")}", "b": ["{leak("last")}"]}}',
    "null-byte": f'"name": "a\\u0000{leak("null-byte")}", "address": "\\u0000"',
    "lone-surrogate": f'"name": "\\ud83d{leak("surrogate")}"',
    "huge-number": f'"weight": 1e999, "height": {"9" * 300}, "note": "{leak("huge")}"',
    "not-a-number": f'"weight": NaN, "high": -Infinity, "note": "{leak("nan")}"',
    "deep": '"customAttributes": '
    + '{"a": [' * DEEP
    + f'"{leak("deep")}"'
    + "]}" * DEEP,
    "field-named-after-them": f'"{leak("key")}@example.com": true, "1 {leak("no")}": 1',
    "attributes-text": f'"customAttributes": "{leak("attributes")}"',
    "ids-list": f'"externalCustomerIds": ["{leak("ids")}"], "externalCustomerId": 7',
    "type-of-phone": f'"phones": [{{"type": {{"x": "{leak("phone-type")}"}}}}]',
    "long": _text({"name": leak("long") + "y" * 300_000, "image": leak("image")}),
    "emoji": _text({"name": "🜂 " + leak("emoji"), "address": leak("straße")}),
    "status-text": f'"status": "200", "customAttributes": {{"x": "{leak("st")}"}}',
    "template": _text({"name": "{{ " + leak("jinja") + " }} '; drop table x --"}),
}
#: By customer: the content of one item.
ITEMS: dict[str, str] = {
    "content-twice": f'{{"type": "SMS", "content": "{leak("c1")}", "content": '
    f'"{leak("c2")}", "content": {{"x": "{leak("c3")}"}}}}',
    "content-text": f'"{leak("content")}"',
    "content-list": f'[{{"type": "EMAIL", "content": "{leak("in-list")}"}}]',
    "content-number": "12",
    "attachments": json.dumps(
        {
            "type": "CHAT_MESSAGE",
            "content": leak("text"),
            "attachments": [{"id": "file-1", "filename": leak("filename")}],
            "messageData": {"options": [{"id": "1", "label": leak("option")}]},
        }
    ),
    "topics-objects": json.dumps(
        {"type": "TOPIC_CHANGE", "addedTopicIds": [["topic-1", {"x": leak("topic")}]]}
    ),
    "recording": json.dumps(
        {
            "type": "PHONE_CALL",
            "from": leak("from"),
            "recordingUrl": leak("url"),
            "recordingSummary": {"status": "READY", "summary": leak("summary")},
        }
    ),
    "survey": json.dumps(
        {
            "type": "CUSTOMER_ACTIVITY",
            "activityType": "SURVEY",
            "sourceName": leak("source"),
        }
    ),
    "activity": json.dumps(
        {
            "type": "CUSTOMER_ACTIVITY",
            "title": leak("title"),
            "body": leak("body"),
            "link": {"url": leak("link"), "text": leak("link-text")},
        }
    ),
}
#: By customer: the content of one event, besides customer and conversation.
EVENTS: dict[str, dict[str, Any]] = {
    "event-context": {
        "sessionId": "session-1",
        "context": {"URL": f"https://shop/?email={leak('context')}", "assignee": "x"},
        "message": {"id": "m-1", "type": "TEXT", "content": {"body": leak("message")}},
    },
    "event-texts": {
        "context": leak("context-text"),
        "assignee": [leak("assignee")],
        "message": leak("message-text"),
    },
    "event-attribute": {"customAttributeKey": leak("attribute-key")},
}
CUSTOMERS = (
    *PROFILES,
    *ITEMS,
    *EVENTS,
    *("initiator", "task", "reports", "look-up", "with.dots"),
)


def conversation_of(customer: str) -> str:
    """Return the conversation of a customer."""
    return f"conversation-of-{customer}"


def write_hostile_customers(root: Path) -> None:
    """Write everything about them but the proof that they are deleted."""
    profiles = [_profile(customer, rest) for customer, rest in PROFILES.items()]
    profiles.append(f'{{"name": "{leak("without-id")}", "address": "{leak("addr")}"}}')
    profiles.append(_profile(" reports ", f'"name": "{leak("blanks-around-id")}"'))
    unreadable = {"id": "task", "createdAt": leak("no-time"), "name": leak("rejected")}
    profiles.append(json.dumps(unreadable))
    write(
        root,
        f"entities/customer_profiles/{STAMP}__hostile.jsonl",
        "".join(f"{line}\n" for line in profiles),
    )
    write(
        root,
        "exports/job-hostile/job.json",
        '{"id": "job-hostile", "updatedAt": "2025-03-02T02:00:00Z"}',
    )
    people = {customer: f'"{customer}"' for customer in ITEMS}
    items = [
        f'{{"id": "item-of-{customer}", "customerId": {customer_id}, '
        f'"conversationId": "{conversation_of(customer)}", '
        '"timestamp": "2025-03-01T10:00:00Z", '
        f'"initiator": {{"id": {customer_id}, "type": "CUSTOMER"}}, '
        f'"content": {ITEMS[customer]}}}\n'
        for customer, customer_id in people.items()
    ]
    items.append(
        json.dumps(
            {
                "id": "item-of-initiator",
                "customerId": "initiator",
                "conversationId": conversation_of("initiator"),
                "timestamp": "2025-03-01T10:00:00Z",
                "initiator": {
                    "id": "initiator",
                    "type": "CUSTOMER",
                    "name": leak("initiator"),
                },
                "responder": leak("responder"),
                "content": {"type": "SMS", "content": leak("sms")},
            }
        )
        + "\n"
    )
    # Nothing but who answered says whose it is.
    called = {"type": "PHONE_CALL", "to": leak("called")}
    items.append(
        json.dumps(
            {
                "id": "item-of-responder",
                "timestamp": "2025-03-01T10:00:00Z",
                "initiator": {"id": "agent-1", "type": "AGENT"},
                "responder": {"id": "initiator", "type": "CUSTOMER"},
                "content": called,
            }
        )
        + "\n"
    )
    # Cut off, and about somebody else as well, who is not deleted.
    items.append(
        '{"id": "item-of-dots", "customerId": "with.dots", "content": '
        f'{{"content": "{leak("dots")}, wrote bruno-customer\n'
    )
    write(root, "exports/job-hostile/conversation_items.jsonl", "".join(items))
    events = [
        {
            "id": f"event-of-{customer}",
            "type": "AUTOMATION/MESSAGE_RECEIVED",
            "timestamp": "2025-03-01T10:00:00Z",
            "initiator": {"type": "CUSTOMER", "id": customer, "mail": leak("actor")},
            "content": {
                "customerId": customer,
                "conversationId": conversation_of(customer),
                **content,
            },
        }
        for customer, content in EVENTS.items()
    ]
    # Nothing but who began it says whose it is.
    events.append(
        {
            "id": "event-of-initiator",
            "type": "SOMETHING/NEW",
            "timestamp": "2025-03-01T10:00:00Z",
            "initiator": {"type": "CUSTOMER", "id": "initiator"},
            "content": {"text": leak("initiated")},
        }
    )
    write(
        root,
        f"events/{STAMP}__hostile.jsonl",
        "".join(f"{json.dumps(event)}\n" for event in events),
    )
    write(
        root,
        f"entities/tasks/{STAMP}__hostile.jsonl",
        json.dumps(
            {
                "id": "task-1",
                "customerId": "task",
                "body": leak("task"),
                "createdBy": {"id": "agent-1", "type": "AGENT", "x": leak("creator")},
                "assignee": {"inboxId": "inbox-1", "note": leak("assigned")},
            }
        )
        + "\n",
    )
    write(
        root,
        f"reports/ConversationTimestampsReport/{STAMP}__hostile.csv",
        "Timezone Filter,Timestamp,Event Type,Conversation ID,Customer ID,Note\n"
        f"UTC,2025-03-01 10:00:00,CONVERSATION/CREATED,{conversation_of('reports')},"
        f'reports,"{leak("cell")}\nand ""{leak("second-line")}"""\n'
        f"UTC,2025-03-01 10:00:00,CONVERSATION/CREATED,{conversation_of('reports')},"
        f"reports,x,{leak('overlong')}\n"
        f"UTC,{leak('unreadable-time')},CONVERSATION/CREATED,"
        f"{conversation_of('reports')},reports,{leak('of-unreadable-time')}\n",
    )
    # Not a report at all: its first line is the whole body.
    write(
        root,
        f"reports/ContactTimestampsReport/{STAMP}__hostile.csv",
        f'{{"customer": "reports", "name": "{leak("body-of-json")}"}}\n',
    )
    write(
        root,
        f"reports/AgentTimestampsReport/{STAMP}__hostile.csv",
        f"{leak('first-row')},{leak('of-no-header')}\n1,2\n",
    )
    write(
        root,
        f"lookups/customers/{STAMP}__hostile.jsonl",
        json.dumps({"requestedId": "look-up", "status": 200, "name": leak("looked-up")})
        + "\n",
    )
