"""Look-ups of ids: 200, 301 (customers only) or 404.

Redirects are not followed, unless the client of the capture does so by itself.
"""

from __future__ import annotations

from gladly_sandbox.extracts.desk import Desk
from gladly_sandbox.things import Json


def write_lookups(desk: Desk) -> None:
    """Write lookups/customers and lookups/conversations for the ids asked for.

    A merged customer answers 301 with the profile it was merged into, which may have
    been merged or deleted itself since (rule R05). A conversation never redirects
    (rule R11).
    """
    wanted = desk.capture.customer_lookups
    if wanted:
        ids = list(desk.emitted.customers) if wanted == "seen" else list(wanted)
        lines = [
            _customer(desk, an_id)
            for an_id in ids
            if not desk.hides("customer_lookups", an_id)
        ]
        desk.write_lines(
            desk.path("lookups", "customers", suffix="jsonl"),
            lines + desk.extra("customer_lookups"),
        )
    wanted = desk.capture.conversation_lookups
    if wanted:
        ids = list(desk.emitted.conversations) if wanted == "seen" else list(wanted)
        lines = [
            _conversation(desk, an_id)
            for an_id in ids
            if not desk.hides("conversation_lookups", an_id)
        ]
        desk.write_lines(
            desk.path("lookups", "conversations", suffix="jsonl"),
            lines + desk.extra("conversation_lookups"),
        )


def _customer(desk: Desk, an_id: str) -> Json:
    desk.emitted.note(desk.emitted.customers, an_id)
    found = desk.state.customers.get(an_id)
    follows = desk.capture.follows_redirects
    if found is not None and found.merged_into is not None and follows:
        found = found.current()
        if found.deleted_at is None:
            desk.emitted.note(desk.emitted.customers, found.id)
            return {"requestedId": an_id, "status": 200, "resolvedId": found.id}
    elif found is not None and found.merged_into is not None:
        to = found.merged_into.id
        desk.emitted.note(desk.emitted.customers, to)
        return {"requestedId": an_id, "status": 301, "resolvedId": to}
    is_gone = found is None or found.deleted_at is not None
    if is_gone:
        desk.emitted.note(desk.emitted.gone_customers, an_id)
    return {"requestedId": an_id, "status": 404 if is_gone else 200}


def _conversation(desk: Desk, an_id: str) -> Json:
    desk.emitted.note(desk.emitted.conversations, an_id)
    found = desk.state.conversations.get(an_id)
    is_gone = (
        found is None or found.absorbed_into is not None or found.deleted_at is not None
    )
    if is_gone:
        desk.emitted.note(desk.emitted.gone_conversations, an_id)
    return {"requestedId": an_id, "status": 404 if is_gone else 200}
