"""Stories 21 to 23: who a conversation belongs to, and inboxes that change."""

from __future__ import annotations

from gladly_sandbox.stories.stage import Cast, Stage, later
from gladly_sandbox.things import RULE, by_agent


def four_kinds(stage: Stage) -> Cast:
    """Assign to an inbox, to an agent, to both, and to neither (rule R18).

    Each is its own assignee type; the unassigned conversation is still counted.
    """
    company, tenant = stage.company, stage.tenant
    kinds: dict[str, tuple[str | None, str | None]] = {
        "inbox": (company.support, None),
        "agent": (None, company.ada),
        "inbox_and_agent": (company.vip, company.ben),
        "unassigned": (None, None),
    }
    cast: Cast = {}
    for number, (kind, (inbox, agent)) in enumerate(kinds.items()):
        at = later("2025-03-11 14:00", number * 15)
        owner = stage.person(at, f"Quatro {kind.replace('_', ' ').title()}")
        made = tenant.open_conversation(
            at, owner, inbox=inbox, agent=agent, by=by_agent(company.ada)
        )
        tenant.change_topics(
            later(at, 5), made, add=[company.refund], by=by_agent(company.ada)
        )
        tenant.close(later(at, 180), made, by=by_agent(company.ada))
        cast[kind] = made
    stage.watch("2025-03-11")
    return cast


def four_causes(stage: Stage) -> Cast:
    """Reassign by hand, by a rule, by a merge, and by deactivating the agent.

    Four intervals more than the first, each with its reason; all but the first of
    them automatic.
    """
    company, tenant = stage.company, stage.tenant
    owner = stage.person("2025-03-12 13:00", "Wander Round")
    other = stage.person("2025-03-12 13:05", "W. Round", emails=["wander@example.net"])
    made = tenant.open_conversation("2025-03-12 14:00", owner, inbox=company.support)
    tenant.assign(
        "2025-03-12 14:20",
        made,
        inbox=company.billing,
        agent=company.ada,
        by=by_agent(company.ada),
    )
    tenant.assign(
        "2025-03-12 15:00",
        made,
        inbox=company.refunds,
        reason="AUTOMATED_ASSIGNMENT",
        by=RULE,
    )
    goes = tenant.open_conversation("2025-03-12 15:10", other, inbox=company.vip)
    stage.handled("2025-03-12 15:10", goes, other, company.fay, inbox=company.vip)
    tenant.merge_profiles("2025-03-13 15:00", owner, other)
    tenant.assign(
        "2025-03-13 15:00",
        made,
        inbox=company.vip,
        agent=company.fay,
        reason="CUSTOMER_CONVERSATION_MERGE",
    )
    tenant.change_topics("2025-03-13 15:30", made, add=[company.refund])
    tenant.deactivate_agent("2025-03-14 15:00", company.fay)
    tenant.close("2025-03-14 18:00", made, by=by_agent(company.ada))
    stage.watch("2025-03-12", "2025-03-13", "2025-03-14")
    return {"survivor": owner, "absorbed": other, "conversation": made, "goes": goes}


def inbox_changes(stage: Stage) -> Cast:
    """Rename an inbox, disable and enable it, and swap names with another.

    Versions by capture; what was queued under a name belongs to the inbox that had
    the name then, so the two "East" contacts are of two different inboxes.
    """
    company, tenant = stage.company, stage.tenant
    one = tenant.add_inbox("East Coast", at="2025-01-13 09:00")
    two = tenant.add_inbox("West", at="2025-01-13 09:00")
    tenant.rename_inbox("2025-01-29 12:00", one, "East")
    tenant.disable_inbox("2025-02-07 12:00", one)
    tenant.enable_inbox("2025-02-21 12:00", one)
    tenant.swap_inbox_names("2025-03-21 12:00", one, two)
    cast: Cast = {"one": one, "two": two}
    visits = (
        ("as_east_coast", "2025-01-21 15:00", one),
        ("as_east", "2025-03-04 16:00", one),
        ("as_east_after_swap", "2025-03-25 16:00", two),
        ("as_west_after_swap", "2025-03-26 16:00", one),
    )
    for name, at, inbox in visits:
        owner = stage.person(at, f"Compass {name.title().replace('_', ' ')}")
        cast[name] = stage.settled(at, owner, company.ben, inbox=inbox)
    return cast
