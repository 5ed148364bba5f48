"""Stories 42 to 46: unexpected values, and values that look alike."""

from __future__ import annotations

from gladly_sandbox.extracts import Capture, Pull
from gladly_sandbox.stories.stage import Cast, Stage, later
from gladly_sandbox.things import API, Phone, by_agent, by_customer


def unknown_values(stage: Stage) -> Cast:
    """Use a channel, a content type, event types and a status that are not known.

    Every one of them is kept and reported as unmapped; nothing fails or vanishes.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-04-02 14:00", "Xeno Novelty")
    made = tenant.open_conversation("2025-04-02 14:00", owner, inbox=company.support)
    contact = tenant.start_contact(
        "2025-04-02 14:00", made, "CARRIER_PIGEON", sla_seconds=86_400
    )
    item = tenant.add_item(
        "2025-04-02 14:00",
        {"type": "HOLOGRAM", "content": "Is this thing on?", "depth": 3},
        conversation_id=made,
        by=by_customer(owner),
    )
    tenant.accept("2025-04-02 14:05", contact, company.ada)
    tenant.work("2025-04-02 14:30", contact, company.ada, 66.6)
    tenant.end_contact("2025-04-02 14:30", contact, "DEFERRED")
    tenant.record_event(
        "2025-04-02 14:40",
        "CONVERSATION/MOOD_CHANGED",
        {"customerId": owner, "conversationId": made, "mood": "SUNNY"},
    )
    tenant.add_record(
        "conversation_timestamps",
        "2025-04-02 14:41",
        {
            "Timestamp": "2025-04-02 14:41:00.000",
            "Event Type": "CONVERSATION/SNOOZED",
            "Conversation ID": made,
            "Customer ID": owner,
            "Initiator Type": "ORACLE",
        },
    )
    tenant.change_topics("2025-04-02 14:42", made, add=[company.orders])
    tenant.close("2025-04-02 14:45", made, by=by_agent(company.ada))
    stage.watch("2025-04-02")
    return {"conversation": made, "contact": contact, "item": item}


def awkward_ids(stage: Stage) -> Cast:
    """Use ids that differ only by case, begin with a dash, or were made by callers.

    Each is its own customer, conversation, contact, item or topic.
    """
    company, tenant = stage.company, stage.tenant
    topic = tenant.add_topic("Gift cards", at="2025-02-01 09:00", topic_id="id1")
    cast: Cast = {"topic": topic}
    ids = (
        ("upper", "guest-7Kf", "QmE4fXb0T2aVn1LdPz8wHg", "-aR3kPq9S2mXv7LbNt0yWg"),
        ("lower", "guest-7kF", "qMe4FxB0t2AvN1lDpZ8WhG", "_aR3kPq9S2mXv7LbNt0yWg"),
    )
    for number, (name, customer_id, conversation_id, contact_id) in enumerate(ids):
        at = later("2025-04-03 14:00", number * 20)
        owner = stage.person(at, f"Iddy {name.title()}", customer_id=customer_id)
        made = tenant.open_conversation(
            at, owner, inbox=company.vip, conversation_id=conversation_id
        )
        stage.handled(
            at, made, owner, company.dev, inbox=company.vip, contact_id=contact_id
        )
        tenant.add_note(
            later(at, 10),
            made,
            'Gift card, not cash; the guest said "thanks", twice.\nÇa va.',
            by=by_agent(company.dev),
            item_id=f"Order-77-{'note' if number else 'NOTE'}",
        )
        tenant.change_topics(later(at, 11), made, add=[topic])
        tenant.close(later(at, 15), made, by=by_agent(company.dev))
        cast |= {
            f"{name}_customer": owner,
            f"{name}_conversation": made,
            f"{name}_contact": contact_id,
        }
    stage.watch("2025-04-03")
    return cast


def items_without_conversation(stage: Stage) -> Cast:
    """Write items that belong to a customer only, and a task.

    The e-mail sent by a program is a message without conversation or contact; the
    survey is no message; none of it is lost.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-04-03 13:00", "Solo Surveyed")
    settled = stage.settled("2025-04-03 17:00", owner, company.cleo)
    survey = tenant.add_item(
        "2025-04-04 14:00",
        {
            "type": "CUSTOMER_ACTIVITY",
            "activityType": "SURVEY",
            "title": "How did we do?",
            "body": "<p>5 of 5</p>",
            "sourceName": "Made-up Surveys",
            "receivedAt": "2025-04-04T14:00:00.000Z",
        },
        customer_id=owner,
        by=API,
        item_id="survey-0044",
    )
    mail = tenant.add_item(
        "2025-04-04 14:05",
        {
            "type": "EMAIL",
            "from": "news@larkspur.example.com",
            "to": ["solo.surveyed@example.com"],
            "content": "Thank you!",
        },
        customer_id=owner,
        by=API,
    )
    task = tenant.add_task(
        "2025-04-04 15:00",
        owner,
        "<p>Send a voucher</p>",
        inbox=company.billing,
        due_at="2025-04-07 15:00",
        agent=company.dev,
        by=by_agent(company.cleo),
    )
    tenant.change_task("2025-04-07 13:00", task, "CLOSED", by=by_agent(company.dev))
    stage.watch("2025-04-04")
    return {
        "customer": owner,
        "conversation": settled,
        "survey": survey,
        "mail": mail,
        "task": task,
    }


def redacted_item(stage: Stage) -> Cast:
    """Redact a message after one job had its text; a later job has it empty.

    The message still counts, marked as redacted; the latest delivery is true.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-04-04 16:00", "Reda Blackbar")
    made = tenant.open_conversation("2025-04-04 16:00", owner, inbox=company.billing)
    done = stage.handled(
        "2025-04-04 16:00",
        made,
        owner,
        company.dev,
        inbox=company.billing,
        question="My card number is 0000 0000 0000 0000.",
    )
    tenant.change_topics("2025-04-04 16:10", made, add=[company.refund])
    tenant.close("2025-04-04 16:20", made, by=by_agent(company.dev))
    tenant.redact("2025-04-08 12:00", done.question)
    stage.captures.append(
        Capture("2025-04-09 03:00", "late", exports=[Pull("2025-04-04", "2025-04-05")])
    )
    return {"conversation": made, "item": done.question}


def shared_addresses(stage: Stage) -> Cast:
    """Share an e-mail but for its case, a landline and a mobile between profiles.

    The e-mail (rule R02) and the mobile (R03) are violations, the landline is none.
    """
    agent = stage.company.ada
    landline, mobile = "+12025550146", "+12025550147"
    people: dict[str, tuple[list[str], list[Phone | str]]] = {
        "upper": (["Casey.Case@Example.com"], []),
        "lower": (["casey.case@example.com"], []),
        "home_one": (["home1@example.net"], [Phone(landline, "HOME")]),
        "home_two": (["home2@example.net"], [Phone(landline, "HOME")]),
        "mobile_one": (["mobile1@example.net"], [Phone(mobile)]),
        "mobile_two": (["mobile2@example.net"], [Phone(mobile), "+12025550148"]),
    }
    cast: Cast = {}
    for number, (name, (emails, phones)) in enumerate(people.items()):
        at = later("2025-04-07 14:00", number * 15)
        cast[name] = stage.person(
            at,
            f"Sharon {name.replace('_', ' ').title()}",
            emails=emails,
            phones=phones,
        )
        stage.settled(at, cast[name], agent, channel="EMAIL")
    return cast
