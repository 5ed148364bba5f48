"""Stories 18 to 20: what is erased, and what outlives it."""

from __future__ import annotations

from gladly_sandbox.stories.corrections import (
    contact_seen_in_work_sessions,
    conversation_unknown,
    customer_unknown,
    without_history,
)
from gladly_sandbox.stories.stage import Cast, Stage
from gladly_sandbox.things import by_agent

#: Extracts that would show a conversation besides Work Sessions.
ELSEWHERE = (
    "contact_export",
    "conversation_export",
    "conversation_timestamps",
    "contact_timestamps",
    "events",
    "conversations",
)


def customer_erased(stage: Stage) -> Cast:
    """Erase a customer on request, with one conversation closed and one contact open.

    Gone from every report computed afterwards; Work Sessions and Contact Export keep
    the ids, so totals stay. No name, address or text is left in the warehouse.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-02-12 14:00", "Ezra Erasewell", phones=["+12025550118"])
    closed = stage.settled(
        "2025-02-12 15:00",
        owner,
        company.ada,
        channel="EMAIL",
        question="My name is Ezra Erasewell and I live at 1 Invented Street.",
    )
    second = tenant.open_conversation("2025-04-10 14:00", owner, inbox=company.billing)
    done = stage.handled(
        "2025-04-10 14:00",
        second,
        owner,
        company.dev,
        inbox=company.billing,
        question="Please erase all you know about me.",
    )
    last = tenant.start_contact("2025-04-10 15:30", second, "EMAIL", sla_seconds=3600)
    tenant.delete_customer("2025-04-10 16:00", owner)
    stage.watch("2025-02-12", "2025-04-10")
    return {
        "customer": owner,
        "conversation": closed,
        "second": second,
        "contact": done.id,
        "ended_by_erasure": last,
    }


def in_work_sessions_only(stage: Stage) -> Cast:
    """Erase one conversation before any report but Work Sessions showed it.

    A tombstone with the seconds of its one work session; the look-up says 404.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-03-04 14:00", "Wanda Lastrow")
    kept = stage.settled("2025-03-04 15:00", owner, company.cleo)
    made = tenant.open_conversation("2025-03-05 15:00", owner, inbox=company.support)
    done = stage.handled(
        "2025-03-05 15:00", made, owner, company.cleo, handle_seconds=77.125
    )
    tenant.close("2025-03-05 15:30", made, by=by_agent(company.cleo))
    tenant.delete_conversation("2025-03-05 20:00", made)
    for extract in ELSEWHERE:
        tenant.hide(extract, made, done.id)
    # It was open for half an hour, but no event of it was ever captured.
    stage.corrections += [
        lambda truth: without_history(truth, made),
        lambda truth: contact_seen_in_work_sessions(truth, done.id),
    ]
    return {"customer": owner, "kept": kept, "conversation": made, "contact": done.id}


def no_evidence(stage: Stage) -> Cast:
    """Leave one Work Sessions row whose ids nothing else ever mentions.

    Neither alive nor deleted nor merged can be said: both ids are unresolved, and
    the row still counts.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-03-06 14:00", "Ignota Nobody")
    made = tenant.open_conversation("2025-03-06 15:00", owner, inbox=company.support)
    done = stage.handled(
        "2025-03-06 15:00", made, owner, company.ben, handle_seconds=61
    )
    tenant.close("2025-03-06 15:30", made, by=by_agent(company.ben))
    tenant.delete_customer("2025-03-06 20:00", owner)
    for extract in ELSEWHERE:
        tenant.hide(extract, made, done.id, owner)
    tenant.hide("customer_lookups", owner)
    tenant.hide("customer_profiles", owner)
    tenant.hide("conversation_lookups", made)
    # In the world they were deleted; the extracts hold no proof of it.
    stage.corrections += [
        lambda truth: customer_unknown(truth, owner),
        lambda truth: conversation_unknown(truth, made),
        lambda truth: contact_seen_in_work_sessions(truth, done.id),
    ]
    return {"customer": owner, "conversation": made, "contact": done.id}
