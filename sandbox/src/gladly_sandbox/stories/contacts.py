"""Stories 30 to 39: contacts, work sessions and the messages of a contact."""

from __future__ import annotations

from gladly_sandbox.extracts import Capture
from gladly_sandbox.stories.corrections import contact_seen_in_work_sessions
from gladly_sandbox.stories.stage import Cast, Stage, later
from gladly_sandbox.things import by_agent, by_customer


def none_one_three(stage: Stage) -> Cast:
    """Abandon one call, have one agent take one, and pass a third through three.

    0, 1 and 3 work sessions; the transfers move the contact from inbox to inbox.
    """
    company, tenant = stage.company, stage.tenant
    cast: Cast = {}
    for number, name in enumerate(("none", "one", "three")):
        at = f"2025-03-24 1{number + 4}:00"
        owner = stage.person(at, f"Callie {name.title()}", emails=[])
        cast[f"{name}_customer"] = owner
        cast[f"{name}_conversation"] = tenant.open_conversation(
            at, owner, inbox=company.support
        )
    _abandoned(stage, cast)
    done = stage.handled(
        "2025-03-24 15:00",
        cast["one_conversation"],
        cast["one_customer"],
        company.ada,
        channel="PHONE_CALL",
    )
    cast["one"] = done.id
    _passed_on(stage, cast)
    for name in ("none", "one", "three"):
        made = cast[f"{name}_conversation"]
        tenant.change_topics("2025-03-24 18:00", made, add=[company.orders])
        tenant.close("2025-03-24 18:30", made)
    stage.watch("2025-03-24")
    return cast


def _abandoned(stage: Stage, cast: Cast) -> None:
    tenant, made = stage.tenant, cast["none_conversation"]
    contact = tenant.start_contact(
        "2025-03-24 14:00",
        made,
        "PHONE_CALL",
        sla_seconds=60,
        entry_point="+12025550100",
        ivr_selection="__orders",
    )
    caller = by_customer(cast["none_customer"])
    tenant.phone_call(
        "2025-03-24 14:00", made, contact=contact, by=caller, ring_seconds=95
    )
    tenant.offer("2025-03-24 14:00:30", contact, stage.company.ben)
    tenant.reject("2025-03-24 14:01:00", contact, stage.company.ben, "MISSED")
    tenant.end_contact(
        "2025-03-24 14:01:35", contact, "ABANDONED", "CUSTOMER_ABANDONED", by=caller
    )
    cast["none"] = contact


def _passed_on(stage: Stage, cast: Cast) -> None:
    company, tenant, made = stage.company, stage.tenant, cast["three_conversation"]
    contact = tenant.start_contact(
        "2025-03-24 16:00", made, "CHAT", sla_seconds=300, entry_point="chat-larkspur"
    )
    tenant.message(
        "2025-03-24 16:00",
        made,
        "I was charged twice.",
        by=by_customer(cast["three_customer"]),
        contact=contact,
    )
    legs = (
        (company.ada, company.support, 64.5),
        (company.dev, company.billing, 301.25),
        (company.cleo, company.refunds, 120.004),
    )
    for number, (agent, inbox, handle_seconds) in enumerate(legs):
        at = later("2025-03-24 16:01", number * 6)
        if number:
            tenant.transfer(
                later(at, seconds=-5),
                contact,
                inbox,
                kind="COLD" if number > 1 else "WARM",
            )
        tenant.offer(at, contact, agent)
        tenant.accept(later(at, seconds=3), contact, agent)
        tenant.assign(
            later(at, seconds=3),
            made,
            inbox=inbox,
            agent=agent,
            reason="CONTACT_OFFERED",
        )
        tenant.message(
            later(at, 2), made, "Let me look.", by=by_agent(agent), contact=contact
        )
        if not number:
            tenant.fulfil(later(at, 2), contact)
        tenant.work(later(at, 5), contact, agent, handle_seconds)
    tenant.end_contact("2025-03-24 16:20", contact)
    cast["three"] = contact


def stacked_outbound(stage: Stage) -> Cast:
    """Let an agent write an e-mail and a text message to one customer at once.

    All time is the text message's; the e-mail's row has no agent and is no work
    session.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-03-25 14:00", "Stacy Pile", phones=["+12025550131"])
    agent = by_agent(company.ada)
    made = tenant.open_conversation(
        "2025-03-25 14:00", owner, inbox=company.support, agent=company.ada, by=agent
    )
    cast: Cast = {"customer": owner, "conversation": made}
    for channel, at in (("EMAIL", "2025-03-25 14:01"), ("SMS", "2025-03-25 14:02")):
        contact = tenant.start_contact(
            at, made, channel, initiator=agent, agent=company.ada
        )
        tenant.message(
            at,
            made,
            "Your parcel has a new date.",
            by=agent,
            channel=channel,
            contact=contact,
            subject="Your parcel" if channel == "EMAIL" else None,
        )
        cast[channel.lower()] = contact
    tenant.work("2025-03-25 14:06", cast["sms"], company.ada, 245.75)
    for name in ("email", "sms"):
        tenant.end_contact("2025-03-25 14:06", cast[name])
    tenant.change_topics("2025-03-25 14:07", made, add=[company.late], by=agent)
    tenant.close("2025-03-25 14:10", made, by=agent)
    stage.watch("2025-03-25")
    return cast


def placeholder_then_ended(stage: Stage) -> Cast:
    """Start a contact on Sunday night and end it on Tuesday.

    Monday's file holds a row without id and agent, next week's the ended row: one
    work session, and the first row is superseded.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-03-30 21:00", "Holda Place")
    made = tenant.open_conversation("2025-03-30 21:00", owner, inbox=company.support)
    done = stage.handled(
        "2025-03-30 21:00",
        made,
        owner,
        company.cleo,
        channel="EMAIL",
        sla_seconds=86_400,
        handle_seconds=512.5,
        minutes=60 * 41,
    )
    tenant.change_topics("2025-04-01 14:10", made, add=[company.damaged])
    tenant.close("2025-04-01 15:00", made, by=by_agent(company.cleo))
    return {"customer": owner, "conversation": made, "contact": done.id}


def after_contact_grows(stage: Stage) -> Cast:
    """Add after-contact and unknown seconds twice after the contact's end.

    Three captures show 4, 34.5 and 96 seconds: the latest one is true, not their sum.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-03-26 14:00", "Greta Grows")
    made = tenant.open_conversation("2025-03-26 14:00", owner, inbox=company.support)
    done = stage.handled(
        "2025-03-26 14:00", made, owner, company.dev, after_contact_seconds=4
    )
    tenant.work("2025-03-27 14:00", done.id, company.dev, 0, after_contact_seconds=30.5)
    tenant.work(
        "2025-04-01 14:00",
        done.id,
        company.dev,
        0,
        after_contact_seconds=61.5,
        unknown_seconds=12.25,
    )
    tenant.change_topics("2025-04-02 14:00", made, add=[company.refund])
    tenant.close("2025-04-02 14:10", made, by=by_agent(company.dev))
    stage.captures.append(
        Capture(
            "2025-03-27 03:00",
            "extra",
            reports={"WorkSessionEvents": ("2025-03-26", "2025-03-27 03:00")},
        )
    )
    return {"customer": owner, "conversation": made, "contact": done.id}


def in_one_report_only(stage: Stage) -> Cast:
    """Leave one contact out of Contact Export and another out of Work Sessions.

    Both are contacts; the second has no work session, and both gaps are reported.
    """
    company, tenant = stage.company, stage.tenant
    cast: Cast = {}
    for number, name in enumerate(("work_sessions_only", "contact_export_only")):
        at = f"2025-03-26 1{number + 6}:00"
        owner = stage.person(at, f"Lona {name.replace('_', ' ').title()}")
        made = tenant.open_conversation(at, owner, inbox=company.support)
        done = stage.handled(at, made, owner, company.ben)
        tenant.change_topics(later(at, 9), made, add=[company.late])
        tenant.close(later(at, 12), made, by=by_agent(company.ben))
        cast[name] = done.id
    tenant.hide("contact_export", cast["work_sessions_only"])
    tenant.hide("work_sessions", cast["contact_export_only"])
    # Targets and entry points are in Contact Export only.
    stage.corrections.append(
        lambda truth: contact_seen_in_work_sessions(truth, cast["work_sessions_only"])
    )
    return cast


def id_used_twice(stage: Stage) -> Cast:
    """Give two contacts of February 2022 one work session id.

    Two work sessions all the same: the key is contact and agent, not the id.
    """
    company, tenant = stage.company, stage.tenant
    cast: Cast = {"work_session": tenant.new_id()}
    for number, name in enumerate(("first", "second")):
        at = f"2022-02-1{number + 4} 15:00"
        owner = stage.person(at, f"Old Timer {name.title()}")
        made = tenant.open_conversation(at, owner, inbox=company.support)
        contact = tenant.start_contact(at, made, "CHAT", sla_seconds=600)
        tenant.message(at, made, "Hi.", by=by_customer(owner), contact=contact)
        tenant.offer(later(at, 1), contact, company.ada)
        tenant.accept(later(at, 1), contact, company.ada)
        tenant.message(
            later(at, 2), made, "Hello.", by=by_agent(company.ada), contact=contact
        )
        tenant.fulfil(later(at, 2), contact)
        tenant.work(
            later(at, 5),
            contact,
            company.ada,
            100 + number,
            work_session_id=cast["work_session"],
        )
        tenant.end_contact(later(at, 5), contact)
        tenant.change_topics(later(at, 6), made, add=[company.account])
        tenant.close(later(at, 7), made, by=by_agent(company.ada))
        cast[name] = contact
    _retired_channel(stage, cast)
    return cast


def _retired_channel(stage: Stage, cast: Cast) -> None:
    """Play a Twitter conversation of the time before the channel was retired."""
    at = "2022-02-16 15:00"
    owner = stage.person(at, "Birdie Tweet", emails=[])
    cast["twitter"] = stage.settled(
        at, owner, stage.company.ben, channel="TWITTER", topic=stage.company.orders
    )


def fulfilled_by_another(stage: Stage) -> Cast:
    """Answer an e-mail by calling the customer back.

    The e-mail contact is fulfilled at the call, by the call's contact id; its SLA is
    met although no one replied to the e-mail itself.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-03-27 14:00", "Rory Backcall", phones=["+12025550137"])
    agent = by_agent(company.ben)
    made = tenant.open_conversation("2025-03-27 14:00", owner, inbox=company.support)
    mail = tenant.start_contact("2025-03-27 14:00", made, "EMAIL", sla_seconds=7200)
    tenant.message(
        "2025-03-27 14:00",
        made,
        "Please call me.",
        by=by_customer(owner),
        channel="EMAIL",
        contact=mail,
        subject="Call me",
    )
    call = tenant.start_contact(
        "2025-03-27 15:00", made, "PHONE_CALL", initiator=agent, agent=company.ben
    )
    tenant.phone_call(
        "2025-03-27 15:00",
        made,
        contact=call,
        by=agent,
        responder=by_customer(owner),
        talk_seconds=140.5,
    )
    tenant.fulfil("2025-03-27 15:00:08", mail, by_contact=call, by=agent)
    tenant.work("2025-03-27 15:04", call, company.ben, 190)
    for contact in (call, mail):
        tenant.end_contact("2025-03-27 15:04", contact, by=agent)
    tenant.change_topics("2025-03-27 15:05", made, add=[company.damaged], by=agent)
    tenant.close("2025-03-27 15:06", made, by=agent)
    stage.watch("2025-03-27")
    return {"conversation": made, "mail": mail, "call": call}


def four_ways_to_link(stage: Stage) -> Cast:
    """Send messages that an event, a voice id, or only their time ties to a contact.

    The last message lies in no contact at all and stays unlinked, not guessed.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-03-28 13:00", "Linka Chain", phones=["+12025550138"])
    made = tenant.open_conversation("2025-03-28 14:00", owner, inbox=company.support)
    chat = stage.handled("2025-03-28 14:00", made, owner, company.ada)
    call = stage.handled(
        "2025-03-28 15:00", made, owner, company.ada, channel="PHONE_CALL"
    )
    inferred = tenant.message(
        "2025-03-28 14:04",
        made,
        "One more thing.",
        by=by_customer(owner),
        contact=chat.id,
        in_events=False,
    )
    loose = tenant.message(
        "2025-03-28 19:00", made, "Thanks again!", by=by_customer(owner), channel="SMS"
    )
    tenant.change_topics("2025-03-28 19:05", made, add=[company.wrong])
    tenant.close("2025-03-28 20:00", made, by=by_agent(company.ada))
    stage.watch("2025-03-28")
    return {
        "by_event": chat.question,
        "chat": chat.id,
        "by_voice_id": call.id,
        "inferred": inferred,
        "not_linked": loose,
    }


def service_levels(stage: Stage) -> Cast:
    """Meet a target, miss one, have none, and have a transfer move the due time.

    Within SLA is true, false, null, and true for the one whose new target left time.
    """
    company, tenant = stage.company, stage.tenant
    targets = {"met": 300.0, "missed": 60.0, "none": None, "moved": 60.0}
    cast: Cast = {}
    for number, (name, target) in enumerate(targets.items()):
        at = later("2025-03-31 14:00", number * 20)
        owner = stage.person(at, f"Sally {name.title()}")
        made = tenant.open_conversation(at, owner, inbox=company.support)
        done = stage.handled(at, made, owner, company.cleo, sla_seconds=target)
        if name == "moved":
            tenant.transfer(
                later(at, seconds=30),
                done.id,
                company.billing,
                reason="AUTOMATION",
                sla_seconds=900,
            )
        tenant.change_topics(later(at, 9), made, add=[company.refund])
        tenant.close(later(at, 12), made, by=by_agent(company.cleo))
        cast[name] = done.id
    stage.watch("2025-03-31")
    return cast
