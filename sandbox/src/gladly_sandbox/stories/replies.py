"""Story 55: what answers a customer."""

from __future__ import annotations

from gladly_sandbox.stories.stage import Cast, Stage
from gladly_sandbox.things import Actor, by_agent, by_customer

#: Somebody who is no customer.
SUPPLIER = "parts@supplier.example.com"


def answered_by_call(stage: Stage) -> Cast:
    """Pick one call up, miss another, and write to a supplier before the customer.

    The call that was picked up is the first reply, two days before the mail. Calling
    back in vain and asking a supplier reply to no one.
    """
    company, tenant = stage.company, stage.tenant
    agent = by_agent(company.dev)
    cast = {}
    for name, who in (("called", "Cal Pickedup"), ("written_to", "Vera Invain")):
        cast[f"{name}_customer"] = stage.person("2025-04-08 13:00", who)
        cast[name] = tenant.open_conversation(
            "2025-04-08 14:00", cast[f"{name}_customer"], inbox=company.support
        )
    caller, writer = (
        by_customer(cast[f"{n}_customer"]) for n in ("called", "written_to")
    )
    call = tenant.start_contact(
        "2025-04-08 14:00", cast["called"], "PHONE_CALL", sla_seconds=60
    )
    tenant.offer("2025-04-08 14:00:02", call, company.dev)
    tenant.accept("2025-04-08 14:00:09", call, company.dev)
    tenant.phone_call(
        "2025-04-08 14:00",
        cast["called"],
        contact=call,
        by=caller,
        responder=agent,
        talk_seconds=366,
        ring_seconds=9.31,
    )
    tenant.fulfil("2025-04-08 14:00:09.310", call)
    tenant.work("2025-04-08 14:07", call, company.dev, 400)
    tenant.end_contact("2025-04-08 14:07", call)
    _mail(stage, "2025-04-10 14:00", cast["called"], agent, "As promised, the form")
    where = cast["written_to"]
    _mail(stage, "2025-04-08 14:00", where, writer, "Please call me")
    back = tenant.start_contact(
        "2025-04-08 14:05", where, "PHONE_CALL", initiator=agent, agent=company.dev
    )
    tenant.phone_call(
        "2025-04-08 14:05", where, contact=back, by=agent, responder=writer
    )
    tenant.work("2025-04-08 14:06", back, company.dev, 30)
    tenant.end_contact("2025-04-08 14:06", back, "UNANSWERED")
    _mail(stage, "2025-04-08 14:20", where, agent, "Do you have it?", to=SUPPLIER)
    cast["reply"] = _mail(
        stage, "2025-04-08 15:00", where, agent, "We could not reach you"
    )
    for name in ("called", "written_to"):
        tenant.change_topics("2025-04-10 15:00", cast[name], add=[company.wrong])
        tenant.close("2025-04-10 15:10", cast[name], by=agent)
    return {**cast, "call": call, "called_back": back}


def _mail(
    stage: Stage, at: str, held: str, by: Actor, text: str, *, to: str | None = None
) -> str:
    return stage.tenant.message(
        at, held, text, by=by, channel="EMAIL", subject="Spare part", to=to
    )
