"""Stories 24 to 29: topics on conversations, and topics that change."""

from __future__ import annotations

from gladly_sandbox.stories.stage import Cast, Stage
from gladly_sandbox.things import by_agent


def _talk(stage: Stage, at: str, name: str) -> tuple[str, str]:
    """Play an open conversation with one contact; returns owner and conversation."""
    owner = stage.person(at, name)
    made = stage.tenant.open_conversation(at, owner, inbox=stage.company.support)
    stage.handled(at, made, owner, stage.company.cleo)
    return owner, made


def added_removed_added(stage: Stage) -> Cast:
    """Add three topics in one change, remove one, and add it again.

    Three current topics weighing a third each; the one that came back has two
    intervals.
    """
    company, tenant = stage.company, stage.tenant
    _, made = _talk(stage, "2025-03-17 14:00", "Tagatha Triple")
    agent = by_agent(company.cleo)
    tenant.change_topics(
        "2025-03-17 14:10",
        made,
        add=[company.late, company.wrong, company.damaged],
        by=agent,
    )
    tenant.change_topics("2025-03-17 14:20", made, remove=[company.wrong], by=agent)
    tenant.change_topics("2025-03-17 14:40", made, add=[company.wrong])
    tenant.close("2025-03-17 15:00", made, by=agent)
    stage.watch("2025-03-17")
    return {"conversation": made, "again": company.wrong}


def removed_without_added(stage: Stage) -> Cast:
    """Remove a topic that was never put on.

    No interval can be built from a removal alone; the other topic is unharmed.
    """
    company, tenant = stage.company, stage.tenant
    _, made = _talk(stage, "2025-03-18 14:00", "Norma Neverhad")
    agent = by_agent(company.cleo)
    tenant.change_topics("2025-03-18 14:10", made, add=[company.refund], by=agent)
    tenant.change_topics("2025-03-18 14:20", made, remove=[company.password], by=agent)
    tenant.close("2025-03-18 15:00", made, by=agent)
    return {"conversation": made, "never_there": company.password}


def changed_while_closed(stage: Stage) -> Cast:
    """Tag a conversation two hours after it was closed (breaks rule R17).

    The topic counts, and the change is reported as a violation.
    """
    company, tenant = stage.company, stage.tenant
    _, made = _talk(stage, "2025-03-18 16:00", "Lata Tagger")
    agent = by_agent(company.cleo)
    tenant.close("2025-03-18 17:00", made, by=agent)
    tenant.change_topics(
        "2025-03-18 19:00", made, add=[company.damaged], by=agent, while_closed=True
    )
    stage.watch("2025-03-18")
    return {"conversation": made, "topic": company.damaged}


def moved_and_namesakes(stage: Stage) -> Cast:
    """Move a topic to another parent, disable one, and have two called Delay.

    Paths distinguish the namesakes; the moved topic has one version per parent.
    """
    company, tenant = stage.company, stage.tenant
    shipping = tenant.add_topic("Shipping", at="2025-02-01 09:00")
    under_orders = tenant.add_topic("Delay", company.orders, at="2025-02-01 09:00")
    under_shipping = tenant.add_topic("Delay", shipping, at="2025-02-01 09:00")
    moved = tenant.add_topic("Customs", company.orders, at="2025-02-01 09:00")
    cast: Cast = {
        "shipping": shipping,
        "under_orders": under_orders,
        "under_shipping": under_shipping,
        "moved": moved,
    }
    for number, name in enumerate(("under_orders", "under_shipping", "moved")):
        at = f"2025-03-19 1{number + 4}:00"
        owner = stage.person(at, f"Delia {name.replace('_', ' ').title()}")
        cast[f"tagged_{name}"] = stage.settled(at, owner, company.dev, topic=cast[name])
    tenant.move_topic("2025-03-20 12:00", moved, shipping)
    tenant.disable_topic("2025-03-27 12:00", under_orders)
    return cast


def parent_circle(stage: Stage) -> Cast:
    """Give two topics each other as parent.

    Paths end instead of running for ever, and both topics stay countable.
    """
    company, tenant = stage.company, stage.tenant
    egg = tenant.add_topic("Egg", at="2025-02-01 09:00")
    hen = tenant.add_topic("Hen", egg, at="2025-02-01 09:00")
    owner = stage.person("2025-03-20 14:00", "Cira Circle")
    made = stage.settled("2025-03-20 14:00", owner, company.ada, topic=hen)
    tenant.move_topic("2025-04-22 12:00", egg, hen)
    return {"egg": egg, "hen": hen, "conversation": made}


def topic_deleted(stage: Stage) -> Cast:
    """Delete a topic from the list while a conversation still carries it.

    The topic stays in the dimension, and the conversation keeps its tag.
    """
    company, tenant = stage.company, stage.tenant
    topic = tenant.add_topic("Fax orders", company.orders, at="2025-02-01 09:00")
    owner = stage.person("2025-03-21 14:00", "Vana Vanish")
    made = stage.settled("2025-03-21 14:00", owner, company.ben, topic=topic)
    tenant.delete_topic("2025-04-02 12:00", topic)
    return {"topic": topic, "conversation": made}
