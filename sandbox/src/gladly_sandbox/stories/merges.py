"""Stories 8 to 17, 56 and 57: profiles that merge, and how much of it can be seen."""

from __future__ import annotations

from gladly_sandbox.stories.corrections import (
    conversation_unknown,
    created_and_absorbed,
    customer_stays_apart,
    last_seen_at_the_end,
    mark_conflicted,
    resolved_by_open_rule,
    resolved_by_redirect,
)
from gladly_sandbox.stories.stage import Cast, Stage, later
from gladly_sandbox.things import by_agent, by_customer


def nothing_open(stage: Stage) -> Cast:
    """Merge two profiles whose conversations are all closed (rule R12).

    Both conversations keep their ids; the absorbed profile's moves to the survivor.
    """
    agent = stage.company.ada
    kept = stage.person("2025-01-14 14:00", "Stella Remains")
    lost = stage.person("2025-01-15 14:00", "S. Remains", emails=["stella@example.net"])
    own = stage.settled("2025-01-14 15:00", kept, agent)
    moved = stage.settled("2025-01-15 15:00", lost, agent, channel="EMAIL")
    stage.tenant.merge_profiles("2025-02-10 16:00", kept, lost, by=by_agent(agent))
    stage.watch("2025-02-10")
    return {"survivor": kept, "absorbed": lost, "own": own, "moved": moved}


def both_open(stage: Stage) -> Cast:
    """Merge two profiles that each have a conversation open (rule R11).

    The absorbed conversation's id is gone for good: MERGED in Conversation Export,
    404 on look-up. Its contact and seconds count for the conversation that stays,
    and its intervals end at the merge.
    """
    company, tenant = stage.company, stage.tenant
    kept = stage.person("2025-02-10 09:00", "Flo Fiction")
    lost = stage.person(
        "2025-02-11 13:30", "Flo F.", emails=[], phones=["+12025550103"]
    )
    stays = tenant.open_conversation("2025-02-11 14:00", kept, inbox=company.support)
    stage.handled("2025-02-11 14:00", stays, kept, company.ada, channel="EMAIL")
    goes = tenant.open_conversation("2025-02-11 14:30", lost, inbox=company.support)
    call = stage.handled(
        "2025-02-11 14:30", goes, lost, company.ben, channel="SMS", handle_seconds=210.5
    )
    tenant.change_topics(
        "2025-02-11 14:45", goes, add=[company.late], by=by_agent(company.ben)
    )
    cut_off = tenant.start_contact("2025-02-11 14:55", goes, "SMS", sla_seconds=600)
    tenant.message(
        "2025-02-11 14:55",
        goes,
        "Are you still there?",
        by=by_customer(lost),
        channel="SMS",
        contact=cut_off,
    )
    tenant.end_contact("2025-02-11 15:00", cut_off, "UNKNOWN", "MERGED")
    tenant.merge_profiles("2025-02-11 15:00", kept, lost, by=by_agent(company.ben))
    tenant.change_topics(
        "2025-02-11 15:30", stays, add=[company.late], by=by_agent(company.ben)
    )
    tenant.close("2025-02-11 16:00", stays, by=by_agent(company.ben))
    stage.watch("2025-02-11")
    return {
        "survivor": kept,
        "absorbed": lost,
        "stays": stays,
        "goes": goes,
        "contact": call.id,
        "cut_off": cut_off,
    }


def chain_over_months(stage: Stage) -> Cast:
    """Merge A into B in February and B into C in April, open into open each time.

    Work recorded at every stage names the id of its day for ever; all of it counts
    for C and for C's conversation, two hops from A.
    """
    company, tenant = stage.company, stage.tenant
    cast: Cast = {}
    for name, at in (
        ("a", "2025-01-20 15:00"),
        ("b", "2025-02-12 15:00"),
        ("c", "2025-04-14 15:00"),
    ):
        person = stage.person(at, f"Chain {name.upper()} Linkley")
        made = tenant.open_conversation(at, person, inbox=company.support)
        done = stage.handled(
            later(at, 5), made, person, company.cleo, handle_seconds=300.25
        )
        cast |= {name: person, f"conversation_{name}": made, f"contact_{name}": done.id}
    tenant.merge_profiles("2025-02-13 16:00", cast["b"], cast["a"])
    stage.handled(
        "2025-02-20 15:00",
        cast["conversation_b"],
        cast["b"],
        company.dev,
        handle_seconds=120,
    )
    tenant.merge_profiles("2025-04-15 16:00", cast["c"], cast["b"])
    stage.handled("2025-04-16 15:00", cast["conversation_c"], cast["c"], company.dev)
    tenant.change_topics(
        "2025-04-16 15:20", cast["conversation_c"], add=[company.wrong]
    )
    tenant.close("2025-04-16 16:00", cast["conversation_c"], by=by_agent(company.dev))
    stage.watch("2025-02-13", "2025-04-15")
    return cast


def two_into_one(stage: Stage) -> Cast:
    """Merge two profiles into one survivor within an hour, one with both open.

    Two absorbed profiles, one absorbed conversation, one that only changed owner.
    """
    company, tenant = stage.company, stage.tenant
    kept = stage.person("2025-02-03 10:00", "Hubert Magnet")
    first = stage.person("2025-02-04 10:00", "H. Magnet", emails=["hub@example.net"])
    second = stage.person(
        "2025-02-05 10:00", "Bert Magnet", emails=[], phones=["+12025550104"]
    )
    moved = stage.settled("2025-02-05 15:00", second, company.ada, channel="SMS")
    stays = tenant.open_conversation("2025-02-14 14:00", kept, inbox=company.vip)
    goes = tenant.open_conversation("2025-02-14 14:10", first, inbox=company.support)
    stage.handled("2025-02-14 14:10", goes, first, company.eli)
    tenant.merge_profiles("2025-02-14 15:00", kept, first)
    tenant.merge_profiles("2025-02-14 15:40", kept, second)
    stage.handled("2025-02-14 16:00", stays, kept, company.ada, inbox=company.vip)
    tenant.change_topics("2025-02-14 16:10", stays, add=[company.refund])
    tenant.close("2025-02-14 17:00", stays, by=by_agent(company.ada))
    stage.watch("2025-02-14")
    return {
        "survivor": kept,
        "first": first,
        "second": second,
        "stays": stays,
        "goes": goes,
        "moved": moved,
    }


def merge_never_captured(stage: Stage) -> Cast:
    """Absorb a conversation without a merge event: only Status MERGED shows it.

    The survivor had one conversation open, so rule R08 names it. The absorbed
    profile itself is seen in frozen extracts only and stays unresolved.
    """
    company, tenant = stage.company, stage.tenant
    kept = stage.person("2025-02-18 13:00", "Mona Onlyopen")
    lost = stage.person("2025-02-18 13:05", "Mona Unseen", emails=[])
    stays = tenant.open_conversation("2025-02-18 14:00", kept, inbox=company.support)
    stage.handled("2025-02-18 14:00", stays, kept, company.ben, channel="EMAIL")
    goes = tenant.open_conversation("2025-02-18 14:30", lost, inbox=company.support)
    done = stage.handled(
        "2025-02-18 14:30", goes, lost, company.cleo, channel="SMS", handle_seconds=95.5
    )
    tenant.merge_profiles(
        "2025-02-18 15:30", kept, lost, in_events=False, in_timestamps=False
    )
    tenant.change_topics("2025-02-18 18:00", stays, add=[company.damaged])
    tenant.close("2025-02-18 19:00", stays, by=by_agent(company.ben))
    for extract in ("events", "customer_profiles", "customer_lookups"):
        tenant.hide(extract, lost, goes)
    # The conversation's merge is inferred (R08), the profile's is not: nothing in
    # the extracts says that the profile moved.
    stage.corrections += [
        lambda truth: resolved_by_open_rule(truth, goes),
        lambda truth: customer_stays_apart(truth, lost),
    ]
    return {
        "survivor": kept,
        "absorbed": lost,
        "stays": stays,
        "goes": goes,
        "contact": done.id,
    }


def merge_with_two_candidates(stage: Stage) -> Cast:
    """Show a conversation as MERGED when the survivor had two open at once.

    Rule R08 is broken, so it is unknown which of the two absorbed it: the id
    stays unresolved and its contact with it. The redirect still reports the profile.
    """
    company, tenant = stage.company, stage.tenant
    kept = stage.person("2025-02-19 13:00", "Dora Twodoors")
    lost = stage.person("2025-02-19 13:05", "Dora Unseen", emails=[])
    goes = tenant.open_conversation("2025-02-19 14:30", lost, inbox=company.support)
    done = stage.handled(
        "2025-02-19 14:30", goes, lost, company.cleo, channel="SMS", handle_seconds=95.5
    )
    cast = {"survivor": kept, "absorbed": lost, "goes": goes, "contact": done.id}
    for minute, name in ((0, "stays"), (10, "second")):
        at = later("2025-02-19 14:00", minute)
        cast[name] = tenant.open_conversation(
            at, kept, inbox=company.billing, second_open=minute > 0
        )
        stage.handled(at, cast[name], kept, company.dev, inbox=company.billing)
        tenant.close(
            later("2025-02-19 19:00", minute), cast[name], by=by_agent(company.dev)
        )
    # The world has to choose a survivor, and other reports would betray the choice.
    # So it forgets the conversation, and only its row with Status MERGED is written.
    tenant.delete_conversation("2025-02-19 15:29", goes)
    tenant.merge_profiles(
        "2025-02-19 15:30", kept, lost, in_events=False, in_timestamps=False
    )
    for when in ("2025-02-20 00:00", "2025-06-29 00:00"):
        _merged_row(stage, when, kept, goes)
    stage.corrections += [
        lambda truth: resolved_by_redirect(truth, lost),
        lambda truth: conversation_unknown(truth, goes),
        lambda truth: created_and_absorbed(
            truth, goes, "2025-02-19 14:30:00.000", company.support
        ),
    ]
    return cast


def _merged_row(stage: Stage, at: str, customer: str, conversation: str) -> None:
    stage.tenant.add_record(
        "conversation_export",
        at,
        {
            "Created At": "2025-02-19 14:30:00.000",
            "Conversation ID": conversation,
            "Customer ID": customer,
            "Status": "MERGED",
            "Inbox ID - Created": stage.company.support,
            "Inbox Name - Created": "Support",
            "Initiator Type - Created": "Customer",
        },
    )


def survivor_deleted_later(stage: Stage) -> Cast:
    """Merge a profile in February and erase the survivor in May.

    The absorbed id still resolves to the survivor, whose status is deleted; nothing
    personal of either is left, and no seconds are lost.
    """
    agent = stage.company.ada
    kept = stage.person("2025-01-16 14:00", "Gone Tomorrow")
    lost = stage.person("2025-01-17 14:00", "Gone Today", emails=["gone@example.net"])
    own = stage.settled("2025-01-16 15:00", kept, agent, channel="EMAIL")
    moved = stage.settled("2025-01-17 15:00", lost, agent)
    stage.tenant.merge_profiles("2025-02-20 16:00", kept, lost)
    stage.tenant.delete_customer("2025-05-12 10:00", kept)
    stage.watch("2025-02-20", "2025-05-12")
    return {"survivor": kept, "absorbed": lost, "own": own, "moved": moved}


def contradictory_evidence(stage: Stage) -> Cast:
    """Claim two survivors for one id, a circle of two, and a merge with oneself.

    The event wins over the report row; the circle ends at the profile that was
    seen alive last; the self merge means nothing. The conflicts are reported.
    """
    agent = stage.company.ben
    names = ("torn", "right", "wrong", "stale", "alive", "self")
    cast = {
        name: stage.person(f"2025-01-2{day} 14:00", f"Conny {name.title()}")
        for day, name in enumerate(names)
    }
    for day, name in enumerate(names):
        stage.settled(f"2025-01-2{day} 15:00", cast[name], agent)
    merge = stage.tenant.merge_profiles
    merge("2025-02-21 15:00", cast["right"], cast["torn"], in_timestamps=False)
    merge("2025-02-21 16:00", cast["alive"], cast["stale"])
    _claim_in_report(stage, "2025-02-21 14:00", cast["wrong"], cast["torn"])
    for at, survivor, absorbed in (
        ("2025-02-21 16:30", cast["stale"], cast["alive"]),
        ("2025-02-21 17:00", cast["self"], cast["self"]),
    ):
        stage.tenant.record_event(
            at,
            "CUSTOMER/MERGED",
            {"destinationCustomerId": survivor, "sourceCustomerId": absorbed},
        )
    # The world has no contradictions, so only the extracts can be in conflict.
    stage.corrections.append(
        lambda truth: mark_conflicted(truth, cast["torn"], cast["stale"], cast["alive"])
    )
    stage.watch("2025-02-21")
    return cast


def _claim_in_report(stage: Stage, at: str, survivor: str, absorbed: str) -> None:
    stage.tenant.add_record(
        "conversation_timestamps",
        at,
        {
            "Timestamp": f"{at}:00.000",
            "Event Type": "CUSTOMER/MERGED",
            "Customer ID": survivor,
            "Initiator Type": "SYSTEM",
            "Merged Customer ID": absorbed,
        },
    )


def items_issued_again(stage: Stage) -> Cast:
    """Give the absorbed profile's items new ids, and send one word twice at once.

    Jobs before and after the merge name one message by two ids: it is one message
    under the new id. The two equal words came in one job, so they stay two.
    """
    company, tenant = stage.company, stage.tenant
    kept = stage.person("2025-02-24 13:00", "Rena Twice")
    lost = stage.person("2025-02-24 13:10", "R. Twice", emails=["rena@example.net"])
    moved = tenant.open_conversation("2025-02-24 14:00", lost, inbox=company.support)
    done = stage.handled("2025-02-24 14:00", moved, lost, company.ada, channel="SMS")
    tenant.change_topics(
        "2025-02-24 14:09", moved, add=[company.wrong], by=by_agent(company.ada)
    )
    tenant.close("2025-02-24 14:12", moved, by=by_agent(company.ada))
    tenant.merge_profiles("2025-02-25 15:00", kept, lost, reissue_items=True)
    again = tenant.open_conversation("2025-02-25 16:00", kept, inbox=company.support)
    twins = [
        tenant.message("2025-02-25 16:00:01.500", again, "Hello?", by=by_customer(kept))
        for _ in range(2)
    ]
    stage.handled("2025-02-25 16:05", again, kept, company.ada)
    tenant.change_topics("2025-02-25 16:20", again, add=[company.late])
    tenant.close("2025-02-25 16:30", again, by=by_agent(company.ada))
    stage.watch("2025-02-24", "2025-02-25")
    return {
        "survivor": kept,
        "absorbed": lost,
        "moved": moved,
        "old_item": done.question,
        "twin": twins[0],
        "other_twin": twins[1],
    }


def known_from_redirect(stage: Stage) -> Cast:
    """Merge two profiles unseen: only the 301 of the old id shows it (rule R05).

    The old id resolves by the look-up alone; when it happened is not known.
    """
    agent = stage.company.dev
    kept = stage.person("2025-01-27 14:00", "Dee Redirect")
    lost = stage.person("2025-01-28 14:00", "D. Redirect", emails=["dee@example.net"])
    own = stage.settled("2025-01-27 15:00", kept, agent)
    moved = stage.settled("2025-01-28 15:00", lost, agent, channel="EMAIL")
    stage.tenant.merge_profiles(
        "2025-02-26 15:00", kept, lost, in_events=False, in_timestamps=False
    )
    # The world knows the moment of the merge, a redirect does not.
    stage.corrections.append(lambda truth: resolved_by_redirect(truth, lost))
    return {"survivor": kept, "absorbed": lost, "own": own, "moved": moved}


def redirect_followed(stage: Stage) -> Cast:
    """Look an absorbed id up with a client that follows redirects by itself.

    It sees status 200 and another id, which proves what a 301 proves.
    """
    agent, tenant = stage.company.dev, stage.tenant
    kept = stage.person("2025-04-07 14:00", "Fola Lowed")
    lost = stage.person("2025-04-08 14:00", "F. Lowed", emails=["fola@example.net"])
    own = stage.settled("2025-04-07 15:00", kept, agent)
    moved = stage.settled("2025-04-08 15:00", lost, agent)
    tenant.merge_profiles(
        "2025-04-09 15:00", kept, lost, in_events=False, in_timestamps=False
    )
    tenant.hide("customer_lookups", lost)
    tenant.add_record(
        "customer_lookups",
        "2025-04-10",
        {"requestedId": lost, "status": 200, "resolvedId": kept},
    )
    stage.corrections.append(lambda truth: resolved_by_redirect(truth, lost))
    stage.corrections.append(lambda truth: last_seen_at_the_end(truth, lost))
    return {"survivor": kept, "absorbed": lost, "own": own, "moved": moved}


def redacted_and_issued_again(stage: Stage) -> Cast:
    """Redact a message after a job delivered it, then merge its profile.

    The next job delivers it emptied under a new id: one message, redacted. Of two
    words that look the same both get new ids, and stay two.
    """
    company, tenant = stage.company, stage.tenant
    kept = stage.person("2025-04-01 13:00", "Reda Acted")
    lost = stage.person("2025-04-01 13:10", "R. Acted", emails=["reda@example.net"])
    made = tenant.open_conversation("2025-04-01 14:00", lost, inbox=company.support)
    done = stage.handled(
        "2025-04-01 14:00", made, lost, company.ben, question="My card is invented"
    )
    twins = [
        tenant.message("2025-04-01 14:09", made, "Thanks", by=by_customer(lost))
        for _ in range(2)
    ]
    tenant.change_topics("2025-04-01 14:10", made, add=[company.password])
    tenant.close("2025-04-01 14:12", made, by=by_agent(company.ben))
    tenant.redact("2025-04-02 15:00", done.question)
    tenant.merge_profiles("2025-04-02 16:00", kept, lost, reissue_items=True)
    stage.watch("2025-04-01", "2025-04-02")
    return {
        "survivor": kept,
        "absorbed": lost,
        "conversation": made,
        "old_item": done.question,
        "twin": twins[0],
        "other_twin": twins[1],
    }
