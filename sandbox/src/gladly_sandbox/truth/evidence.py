"""What partial extracts show of the history of conversations, and what they cannot.

The world knows what happened and the writers know what they wrote. A probe is a moment
at which a file shows the assignee or the status of a conversation: whoever read that
file knows it, so a build must say the same of that moment. Between probes nothing is
expected, but that what a build claims was so: see ``states_around``.

Conversations of merged families and deleted ones are left out: what becomes of those
when evidence is missing is a matter of identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from gladly_sandbox.extracts import NOT_SHOWN, Written
from gladly_sandbox.things import Conversation, Event

#: What a conversation is at a moment: (inbox, agent), or a status.
State = Any
#: Before and after a moment that a report cuts to the second.
_AROUND = (timedelta(milliseconds=-1), timedelta(), timedelta(seconds=1))


class Probe(NamedTuple):
    """A moment at which an extract shows what a conversation is.

    An inbox or agent of which the extract has no column is NOT_SHOWN.
    ``evidence`` is ``created``, ``capture``, ``closing``, ``event`` or ``item``.
    """

    conversation_id: str
    at: datetime
    evidence: str
    state: State


class Closing(NamedTuple):
    """A closing that some extract dates; ``agent_id`` when one shows who did it."""

    conversation_id: str
    at: datetime
    agent_id: str | None


def judged(written: Written) -> list[Conversation]:
    """Return the conversations that an extract shows and no merge or deletion hit."""
    return [
        held
        for held in written.state.conversations.values()
        if held.id in written.emitted.conversations
        and held.deleted_at is None
        and held.absorbed_into is None
        and not held.absorbed
    ]


def assignee_at(held: Conversation, at: datetime) -> State:
    """Return inbox and agent of a conversation at a moment; None before it began."""
    given = [each for each in held.assignments if each.at <= at]
    return (given[-1].inbox_id, given[-1].agent_id) if given else None


def status_at(held: Conversation, at: datetime) -> State:
    """Return ``open`` or ``closed``; None before it began."""
    changes = [each for each in held.statuses if each.at <= at]
    return changes[-1].status.lower() if changes else None


def states_around(what: str, held: Conversation, at: datetime) -> set[State]:
    """Return what a conversation may be said to be at a moment, seconds being cut.

    Args:
        what: ``assignee`` or ``status``.
        held: the conversation.
        at: the moment.
    """
    return {_STATE_AT[what](held, at + gap) for gap in _AROUND}


_STATE_AT = {"assignee": assignee_at, "status": status_at}


def assignment_probes(written: Written) -> Iterator[Probe]:
    """Yield every moment at which an extract shows whose a conversation is."""
    emitted = written.emitted
    for held in judged(written):
        shown = emitted.conversations_shown.get(held.id, [])
        if any(each.created for each in shown):
            first = held.assignments[0]
            yield from _settled(
                "assignee", held, first.at, "created", (first.inbox_id, first.agent_id)
            )
        named = {each.last_closed_at for each in shown if each.last_closed}
        for closing in held.closes:
            at = closing["at"]
            if {at, at.replace(microsecond=0)} & named:
                state = (closing["inbox"], closing["agent"])
                yield from _settled("assignee", held, at, "closing", state)
        for each in shown:
            if {each.inbox_id, each.agent_id} != {NOT_SHOWN}:
                yield Probe(held.id, each.at, "capture", (each.inbox_id, each.agent_id))
    for event, held, at in _dated(written, "CONVERSATION_ASSIGNEE/UPDATED"):
        given = event.content["assignee"]
        yield from _settled(
            "assignee", held, at, "event", (given.get("inboxId"), given.get("agentId"))
        )


def status_probes(written: Written) -> Iterator[Probe]:
    """Yield every moment at which an extract shows whether a conversation is open."""
    emitted = written.emitted
    for held in judged(written):
        for each in emitted.conversations_shown.get(held.id, []):
            yield Probe(held.id, each.at, "capture", each.status.lower())
        for item in held.items:
            status = item.content.get("status")
            is_shown = any(an_id in emitted.items for an_id in item.ids)
            if is_shown and status and "STATUS_CHANGE" in item.content["type"]:
                yield from _settled("status", held, item.at, "item", status.lower())
        for closing in closings(written, [held]):
            yield from _settled("status", held, closing.at, "closing", "closed")
    for type_, status in (("CLOSED", "closed"), ("REOPENED", "open")):
        for _, held, at in _dated(written, f"CONVERSATION/{type_}"):
            yield from _settled("status", held, at, "event", status)


def closings(
    written: Written, conversations: Iterable[Conversation] | None = None
) -> Iterator[Closing]:
    """Yield every closing that some extract dates.

    Args:
        written: the landing.
        conversations: those asked about; all that are judged by default.
    """
    emitted = written.emitted
    events = {
        (held.id, event.at) for event, held, _ in _dated(written, "CONVERSATION/CLOSED")
    }
    for held in judged(written) if conversations is None else conversations:
        shown = emitted.conversations_shown.get(held.id, [])
        edges = {each.first_closed_at for each in shown}
        edges |= {each.last_closed_at for each in shown}
        # The report names who closed it last, and no agent of its other closings.
        named = {
            each.last_closed_at
            for each in shown
            if each.extract == "conversation_export"
        }
        items = {
            item.at
            for item in held.items
            if item.content.get("status") == "CLOSED"
            and any(an_id in emitted.items for an_id in item.ids)
        }
        for closing in held.closes:
            cut = closing["at"].replace(microsecond=0)
            is_dated = (held.id, closing["at"]) in events or closing["at"] in items
            if is_dated or {closing["at"], cut} & edges:
                by = closing["by"]
                is_named = is_dated or {closing["at"], cut} & named
                agent = by.id if by.type == "AGENT" and is_named else None
                yield Closing(held.id, closing["at"], agent)


def _dated(written: Written, type_: str) -> list[tuple[Event, Conversation, datetime]]:
    """Return the events of a type that an extract shows, and when it says they were."""
    emitted = written.emitted
    kept = {held.id for held in judged(written)}
    found = []
    for event in written.state.events:
        held = event.conversation
        if event.type != type_ or held is None or held.id not in kept:
            continue
        if event.id in emitted.events:
            found.append((event, held, event.at))
        elif event.id in emitted.conversation_moments:
            found.append((event, held, emitted.conversation_moments[event.id]))
    return found


def _settled(
    what: str, held: Conversation, at: datetime, evidence: str, state: State
) -> Iterator[Probe]:
    """Yield a probe for the second after, as reports cut seconds, if it holds then."""
    after = at + timedelta(seconds=1)
    if _STATE_AT[what](held, after) == state:
        yield Probe(held.id, after, evidence, state)
