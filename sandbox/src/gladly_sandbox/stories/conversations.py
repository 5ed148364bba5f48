"""Stories 1 to 7, and 58: how conversations live."""

from __future__ import annotations

from gladly_sandbox.extracts import Capture, Pull
from gladly_sandbox.stories.stage import Cast, Stage, later
from gladly_sandbox.things import AI, RULE, SYSTEM, by_agent, by_customer


def one_contact(stage: Stage) -> Cast:
    """Play the plainest conversation: a chat, one agent, closed.

    The warehouse shows one contact, one work session, two messages and no reopen.
    """
    company = stage.company
    owner = stage.person("2025-02-03 15:00", "Uno Plainly")
    conversation = stage.tenant.open_conversation(
        "2025-02-03 15:00", owner, inbox=company.support
    )
    contact = stage.handled("2025-02-03 15:00", conversation, owner, company.ada)
    stage.tenant.change_topics(
        "2025-02-03 15:09", conversation, add=[company.late], by=by_agent(company.ada)
    )
    stage.tenant.close("2025-02-03 15:20", conversation, by=by_agent(company.ada))
    stage.watch("2025-02-03")
    return {"customer": owner, "conversation": conversation, "contact": contact.id}


def three_channels(stage: Stage) -> Cast:
    """Go from e-mail to chat to a call within one conversation.

    One conversation with three contacts; first channel e-mail, last channel phone.
    """
    company = stage.company
    owner = stage.person("2025-02-04 14:00", "Tria Hopper", phones=["+12025550102"])
    conversation = stage.tenant.open_conversation(
        "2025-02-04 15:00", owner, inbox=company.support
    )
    stage.handled("2025-02-04 15:00", conversation, owner, company.ada, channel="EMAIL")
    stage.handled("2025-02-04 16:00", conversation, owner, company.ben)
    call = stage.handled(
        "2025-02-04 18:00", conversation, owner, company.ben, channel="PHONE_CALL"
    )
    stage.tenant.hold("2025-02-04 18:03", call.id, 35.5)
    stage.tenant.change_topics(
        "2025-02-04 18:10",
        conversation,
        add=[company.damaged],
        by=by_agent(company.ben),
    )
    stage.tenant.close("2025-02-04 18:30", conversation, by=by_agent(company.ben))
    stage.watch("2025-02-04")
    return {"customer": owner, "conversation": conversation, "call": call.id}


def reopened_three_times(stage: Stage) -> Cast:
    """Close four times and reopen three times, one of the closes by a rule.

    Close count 4, reopen count 3; four open and three closed intervals in between.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-02-05 14:00", "Rhea Open")
    conversation = tenant.open_conversation(
        "2025-02-05 15:00", owner, inbox=company.support
    )
    agent = by_agent(company.cleo)
    stage.handled("2025-02-05 15:00", conversation, owner, company.cleo)
    tenant.change_topics(
        "2025-02-05 15:10", conversation, add=[company.wrong], by=agent
    )
    tenant.close("2025-02-05 15:30", conversation, by=agent)
    tenant.reopen("2025-02-05 19:00", conversation, by=by_customer(owner))
    stage.handled("2025-02-05 19:00", conversation, owner, company.cleo)
    tenant.close("2025-02-06 15:00", conversation, by=RULE)
    tenant.reopen("2025-02-06 16:00", conversation, by=agent)
    tenant.close("2025-02-06 16:05", conversation, by=agent)
    tenant.reopen("2025-02-07 09:00", conversation, by=by_customer(owner))
    stage.handled("2025-02-07 09:00", conversation, owner, company.dev)
    tenant.close("2025-02-07 10:00", conversation, by=by_agent(company.dev))
    return {"customer": owner, "conversation": conversation}


def resolved_by_ai(stage: Stage) -> Cast:
    """Let the AI answer and close: no one on the team is ever contacted.

    A conversation without any contact, counted and marked as self-served.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-02-06 14:00", "Botwin Talker")
    conversation = tenant.open_conversation(
        "2025-02-06 15:00", owner, inbox=company.support
    )
    tenant.message(
        "2025-02-06 15:00",
        conversation,
        "How do I reset my password?",
        by=by_customer(owner),
    )
    tenant.message(
        "2025-02-06 15:00:03.120", conversation, "Use the link under Sign in.", by=AI
    )
    tenant.change_topics(
        "2025-02-06 15:01", conversation, add=[company.password], by=SYSTEM
    )
    tenant.close("2025-02-06 17:00", conversation, by=AI)
    return {"customer": owner, "conversation": conversation}


def still_open(stage: Stage) -> Cast:
    """Leave three conversations unfinished: new, in hand, and waiting.

    None has a closing time; REST shows the third as WAITING; the contact of the
    first has no agent and no seconds yet; intervals stay open.
    """
    company, tenant = stage.company, stage.tenant
    cast: Cast = {}
    for name, day in (("new", "28"), ("in_hand", "27"), ("waiting", "26")):
        at = f"2025-06-{day} 15:00"
        owner = stage.person(at, f"Penny {name.title().replace('_', ' ')}")
        made = tenant.open_conversation(at, owner, inbox=company.support)
        cast[name], cast[f"{name}_customer"] = made, owner
    cast["queued"] = tenant.start_contact(
        "2025-06-28 15:00", cast["new"], "EMAIL", sla_seconds=86_400
    )
    tenant.message(
        "2025-06-28 15:00",
        cast["new"],
        "Is this still in stock?",
        by=by_customer(cast["new_customer"]),
        channel="EMAIL",
        contact=cast["queued"],
    )
    stage.handled(
        "2025-06-27 15:00", cast["in_hand"], cast["in_hand_customer"], company.ada
    )
    stage.handled(
        "2025-06-26 15:00", cast["waiting"], cast["waiting_customer"], company.ben
    )
    tenant.change_topics("2025-06-26 15:10", cast["waiting"], add=[company.refund])
    tenant.wait("2025-06-26 15:12", cast["waiting"])
    stage.watch("2025-06-28")
    return cast


def never_tagged(stage: Stage) -> Cast:
    """Close a conversation that never had a topic.

    It is untagged, not missing: topic count 0 and no rows in the topic fact.
    """
    company = stage.company
    owner = stage.person("2025-02-07 14:00", "Nontag Smith")
    conversation = stage.tenant.open_conversation(
        "2025-02-07 15:00", owner, inbox=company.billing
    )
    stage.handled(
        "2025-02-07 15:00",
        conversation,
        owner,
        company.dev,
        channel="EMAIL",
        inbox=company.billing,
    )
    stage.tenant.close("2025-02-07 16:00", conversation, by=by_agent(company.dev))
    return {"customer": owner, "conversation": conversation}


def clock_change_night(stage: Stage) -> Cast:
    """Open at 01:50 and close at 03:10 New York time on the night clocks change.

    Twenty minutes passed, not eighty, whichever zone a report was printed in.
    """
    company = stage.company
    owner = stage.person("2025-03-08 14:00", "Nyx Hourless")
    conversation = stage.tenant.open_conversation(
        "2025-03-09 06:50", owner, inbox=company.support
    )
    stage.handled("2025-03-09 06:50", conversation, owner, company.cleo)
    stage.tenant.change_topics(
        later("2025-03-09 06:50", 9), conversation, add=[company.late]
    )
    stage.tenant.close("2025-03-09 07:10", conversation, by=by_agent(company.cleo))
    return {"customer": owner, "conversation": conversation}


def autumn_night(stage: Stage) -> Cast:
    """Open at 01:50, answer at 01:05 and close at 01:31 on the night of two ones.

    The report of the day after is printed in New York time: its rows show by their
    durations which of the two hours is meant. Forty-one minutes passed.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2024-11-02 14:00", "Otto Twicehour")
    made = tenant.open_conversation("2024-11-03 05:50", owner, inbox=company.support)
    contact = tenant.start_contact("2024-11-03 05:50", made, "CHAT", sla_seconds=600)
    tenant.message(
        "2024-11-03 05:50",
        made,
        "Which one o'clock is it?",
        by=by_customer(owner),
        contact=contact,
    )
    tenant.offer("2024-11-03 05:51", contact, company.cleo)
    tenant.accept("2024-11-03 05:52", contact, company.cleo)
    tenant.assign(
        "2024-11-03 05:52",
        made,
        inbox=company.support,
        agent=company.cleo,
        reason="CONTACT_OFFERED",
    )
    tenant.message(
        "2024-11-03 06:05",
        made,
        "The second one.",
        by=by_agent(company.cleo),
        contact=contact,
    )
    tenant.fulfil("2024-11-03 06:05", contact)
    tenant.work("2024-11-03 06:30", contact, company.cleo, 600)
    tenant.end_contact("2024-11-03 06:30", contact)
    tenant.change_topics("2024-11-03 06:30:30", made, add=[company.late])
    tenant.close("2024-11-03 06:31", made, by=by_agent(company.cleo))
    reports = (
        "ConversationExportReport",
        "ConversationTimestampsReport",
        "ContactTimestampsReport",
        "ContactExportReportV3",
        "WorkSessionEvents",
    )
    stage.captures.append(
        Capture(
            "2024-11-04 12:00",
            "autumn",
            reports=dict.fromkeys(reports, ("2024-11-02", "2024-11-04")),
            exports=[Pull("2024-11-02", "2024-11-04 11:00")],
            timezone="America/New_York",
        )
    )
    return {"customer": owner, "conversation": made, "contact": contact}
