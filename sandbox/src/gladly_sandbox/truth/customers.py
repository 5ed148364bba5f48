"""The truth about customers, and what they came for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gladly_sandbox.clock import naive_utc
from gladly_sandbox.things import Conversation
from gladly_sandbox.truth.tables import Row
from gladly_sandbox.truth.view import View, seen_between, status


def customers(view: View) -> Iterator[Row]:
    """Yield rows of ``dim_customers``."""
    families: dict[str, list[str]] = {}
    for an_id in view.emitted.customers:
        found = view.state.customers.get(an_id)
        owner = an_id if found is None else found.current().id
        families.setdefault(owner, []).append(an_id)
    owned: dict[str, list[Conversation]] = {}
    for held in view.canonical:
        owned.setdefault(held.customer.current().id, []).append(held)
    for owner, members in families.items():
        found = view.state.customers.get(owner)
        is_deleted = found is not None and found.deleted_at is not None
        held_by = owned.get(owner, [])
        contacts = [
            contact for held in held_by for contact in view.contacts_of.get(held.id, [])
        ]
        open_count = sum(
            held.deleted_at is None and held.status != "CLOSED" for held in held_by
        )
        row: Row = {
            **seen_between(*(view.emitted.customers[an_id] for an_id in members)),
            "customer_id": owner,
            "customer_status": "unresolved" if found is None else status(found),
            "absorbed_profile_count": len(members) - (owner in members),
            "conversation_count": len(held_by),
            "open_conversation_count": open_count,
            "has_open_conversation": open_count > 0,
            "contact_count": len(contacts),
            "repeat_contact_count": sum(map(view.returns.is_repeat, contacts)),
            "last_contact_at": naive_utc(
                max((contact.queued_at for contact in contacts), default=None)
            ),
            "is_deleted": is_deleted,
            "email_count": None,
            "mobile_count": None,
        }
        if not is_deleted and owner in view.emitted.addresses:
            emails, mobiles = view.emitted.addresses[owner]
            row.update(email_count=emails, mobile_count=mobiles)
        # Who deleted a conversation may have had its creation reported before.
        if all(held.deleted_at is None for held in held_by):
            begun = [held.created_at for held in held_by]
            row.update(
                first_conversation_at=naive_utc(min(begun, default=None)),
                last_conversation_at=naive_utc(max(begun, default=None)),
            )
        yield row


def customer_topics(
    stays: Iterable[Row], conversations: Iterable[Row]
) -> Iterator[Row]:
    """Yield ``fct_customer_topics``.

    Args:
        stays: rows of ``fct_conversation_topics``.
        conversations: rows of ``fct_conversations``.
    """
    held = {row["conversation_id"]: row for row in conversations}
    reasons: dict[tuple[str, str], list[Row]] = {}
    for stay in stays:
        if stay["is_current"]:
            customer_id = held[stay["conversation_id"]]["customer_id"]
            reasons.setdefault((customer_id, stay["topic_id"]), []).append(stay)
    for (customer_id, topic_id), current in reasons.items():
        times = sorted(stay["added_at"] for stay in current)
        counts = [
            held[stay["conversation_id"]].get("contact_count") for stay in current
        ]
        row: Row = {
            "customer_id": customer_id,
            "topic_id": topic_id,
            "conversation_count": len(current),
            "first_added_at": times[0],
            "last_added_at": times[-1],
        }
        if None not in counts:
            row["contact_count"] = sum(counts)
        yield row
