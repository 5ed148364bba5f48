"""The truth about ids: which stand for which, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from gladly_sandbox.clock import naive_utc
from gladly_sandbox.truth.tables import Row
from gladly_sandbox.truth.view import View, seen_between, status


def customer_ids(view: View) -> Iterator[Row]:
    """Yield rows of ``bridge_customer_ids``."""
    for an_id, seen in view.emitted.customers.items():
        found = view.state.customers.get(an_id)
        if found is None:
            yield {
                **seen_between(seen),
                "reported_customer_id": an_id,
                "customer_id": an_id,
                "resolution_status": "unresolved",
                "customer_status": "unresolved",
                "hop_count": 0,
                "merged_at": None,
            }
            continue
        hops, here = 0, found
        while here.merged_into is not None:
            hops, here = hops + 1, here.merged_into
        yield {
            **seen_between(seen),
            "reported_customer_id": an_id,
            "customer_id": here.id,
            "resolution_status": "merged" if hops else status(found),
            "customer_status": status(here),
            "hop_count": hops,
            "merged_at": naive_utc(found.merged_at),
        }


def conversation_ids(view: View) -> Iterator[Row]:
    """Yield rows of ``bridge_conversation_ids``."""
    for an_id, seen in view.emitted.conversations.items():
        found = view.state.conversations.get(an_id)
        if found is None:
            yield {
                **seen_between(seen),
                "reported_conversation_id": an_id,
                "conversation_id": an_id,
                "resolution_status": "unresolved",
                "conversation_status": "unresolved",
                "hop_count": 0,
                "merged_at": None,
            }
            continue
        hops, here = 0, found
        while here.absorbed_into is not None:
            hops, here = hops + 1, here.absorbed_into
        yield {
            **seen_between(seen),
            "reported_conversation_id": an_id,
            "conversation_id": here.id,
            "resolution_status": "merged" if hops else status(found),
            "conversation_status": status(here),
            "hop_count": hops,
            "merged_at": naive_utc(found.absorbed_at),
        }


def item_ids(view: View) -> Iterator[Row]:
    """Yield rows of ``bridge_conversation_item_ids``."""
    for shown_id, item in view.items:
        for an_id in item.ids:
            if an_id in view.emitted.items:
                is_latest = an_id == shown_id
                yield {
                    "reported_item_id": an_id,
                    "message_id": shown_id,
                    "resolution_status": "current" if is_latest else "reissued",
                }
