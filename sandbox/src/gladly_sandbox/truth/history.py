"""How long conversations were open and with whom, as far as the extracts show.

A conversation of whose history nothing was reported has none here. What was absorbed
ends at the merge; what was deleted ends at the deletion, or, when no event reported it,
at the first capture that found it gone: before that, it is unknown.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import datetime

from gladly_sandbox.clock import between, naive_utc
from gladly_sandbox.extracts import Emitted
from gladly_sandbox.things import Conversation
from gladly_sandbox.truth.tables import Row


def status_intervals(
    conversations: Iterable[Conversation], emitted: Emitted
) -> Iterator[Row]:
    """Yield rows of fct_conversation_status_intervals."""
    for held in conversations:
        if held.id not in emitted.histories:
            continue
        stop, how = end_of(held, emitted)
        for number, change in enumerate(held.statuses):
            later = held.statuses[number + 1 :]
            ends = later[0].at if later else stop
            by = how
            if later:
                by = "closed" if later[0].status == "CLOSED" else "reopened"
            yield {
                "conversation_id": held.current().id,
                "reported_conversation_id": held.id,
                "status": change.status.lower(),
                "valid_from": naive_utc(change.at),
                "valid_to": naive_utc(ends),
                "ended_by": by,
            }


def assignments(
    conversations: Iterable[Conversation], emitted: Emitted
) -> Iterator[Row]:
    """Yield rows of fct_conversation_assignments, numbered from the creation on."""
    for held in conversations:
        if held.id not in emitted.histories:
            continue
        stop, _ = end_of(held, emitted)
        for number, given in enumerate(held.assignments):
            later = held.assignments[number + 1 :]
            ends = later[0].at if later else stop
            kind = {
                (True, True): "inbox_and_agent",
                (True, False): "inbox",
                (False, True): "agent",
                (False, False): "unassigned",
            }[given.inbox_id is not None, given.agent_id is not None]
            yield {
                "conversation_id": held.current().id,
                "reported_conversation_id": held.id,
                "sequence_number": number + 1,
                "inbox_id": given.inbox_id,
                "agent_id": given.agent_id,
                "assignee_type": kind,
                "assigned_at": naive_utc(given.at),
                "unassigned_at": naive_utc(ends),
                "assigned_seconds": between(given.at, ends) / 1000 if ends else None,
                "assignment_reason": given.reason.lower() if given.reason else None,
                "assigned_by_type": given.by.type.lower() if number else None,
                "assigned_by_agent_id": given.by.id
                if number and given.by.type == "AGENT"
                else None,
                "is_current": ends is None,
            }


def count_assignments(held: Conversation, emitted: Emitted) -> Row:
    """Return how often a conversation was assigned, and passed between agents.

    What an absorption moved no one decided, so it counts for neither.
    """
    if held.id not in emitted.histories:
        return {"assignment_count": None, "agent_reassignment_count": None}
    decided = [
        given
        for given in held.assignments
        if given.reason != "CUSTOMER_CONVERSATION_MERGE"
    ]
    agents = [given.agent_id for given in decided if given.agent_id]
    return {
        "assignment_count": len(decided),
        "agent_reassignment_count": sum(
            one != other for one, other in itertools.pairwise(agents)
        ),
    }


def end_of(held: Conversation, emitted: Emitted) -> tuple[datetime | None, str | None]:
    """Return when and how a conversation's own history ended, if it did.

    Args:
        held: a conversation, absorbed ones included.
        emitted: what the extracts showed.
    """
    if held.absorbed_at is not None:
        return held.absorbed_at, "merged"
    if held.deleted_at is None:
        return None, None
    owner = held.customer.current()
    proofs = [
        seen[an_id][0]
        for seen, an_id in (
            (emitted.gone_conversations, held.id),
            (emitted.gone_customers, owner.id),
        )
        if an_id in seen
    ]
    if owner.id in emitted.reported_deleted and owner.deleted_at is not None:
        proofs.append(owner.deleted_at)
    return (min(proofs), "deleted") if proofs else (None, None)
