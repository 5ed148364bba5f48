"""The truth about inboxes over time, from what each delivered list said of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gladly_sandbox.clock import naive_utc
from gladly_sandbox.extracts.emitted import Emitted
from gladly_sandbox.state import State

#: Since when the first version of anything holds, naive UTC text.
EVER = "1900-01-01 00:00:00.000"


def inbox_versions(state: State, emitted: Emitted) -> Iterator[dict[str, Any]]:
    """Yield a row per name and status of each inbox that some extract showed.

    A change is dated by the first list that shows it: when between two lists it was
    made is unknown. An inbox that no list held has one version, for all time.
    """
    for inbox_id in emitted.inboxes:
        changes: list[tuple[str, str | None, bool]] = []
        for at, listed in emitted.inbox_lists:
            if inbox_id not in listed:
                continue
            name, disabled = listed[inbox_id]
            if not changes:
                changes.append((EVER, name, disabled))
            elif changes[-1][1:] != (name, disabled):
                changes.append((str(naive_utc(at)), name, disabled))
        if not changes:
            found = state.inboxes.get(inbox_id)
            changes.append((EVER, found.name if found else None, False))
        ends = [start for start, _, _ in changes[1:]]
        for change, end in zip(changes, [*ends, None], strict=True):
            start, called, is_disabled = change
            yield {
                "inbox_id": inbox_id,
                "inbox_name": called,
                "is_disabled": is_disabled,
                "valid_from": start,
                "valid_to": end,
                "is_current": end is None,
            }
