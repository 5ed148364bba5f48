"""What extracts show beside the world, or keep from it."""

from __future__ import annotations

from gladly_sandbox.clock import When, moment
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    SYSTEM,
    Actor,
    Json,
)

#: Names of the extracts that ``Tenant.hide`` understands.
EXTRACTS = (
    "work_sessions",
    "contact_export",
    "conversation_export",
    "conversation_timestamps",
    "contact_timestamps",
    "agent_timestamps",
    "answer_usage",
    "events",
    "conversation_items",
    "customers_file",
    "customer_profiles",
    "conversations",
    "customer_lookups",
    "conversation_lookups",
    "topics",
    "agents",
    "inboxes",
    "answers",
)


class Evidence(Log):
    """What the writers leave out, or write without its having happened."""

    def hide(self, extract: str, *ids: str) -> None:
        """Leave rows about ``ids`` out of every capture of an extract.

        Args:
            extract: one of ``EXTRACTS``.
            ids: for reports and entities the row's own id; for
                ``conversation_timestamps``, ``contact_timestamps`` and ``events``
                any id the event is about (contact, conversation, customer, task).

        Raises:
            ValueError: for an extract that does not exist.
        """
        if extract not in EXTRACTS:
            raise ValueError(f"no extract {extract!r}; one of {', '.join(EXTRACTS)}")
        self.hidden.update((extract, an_id) for an_id in ids)

    def add_record(self, extract: str, at: When, record: Json) -> None:
        """Write a record that the world knows nothing of, as evidence or noise.

        It lands in the first capture of the extract taken at or after ``at`` and in
        no other. Report rows are given by header text; missing columns stay blank
        and echo columns are filled in. Events, items and entities are given whole.

        Args:
            extract: one of ``EXTRACTS``.
            at: earliest capture.
            record: the row or object.

        Raises:
            ValueError: for an extract that does not exist.
        """
        if extract not in EXTRACTS:
            raise ValueError(f"no extract {extract!r}; one of {', '.join(EXTRACTS)}")
        self.extra.append((extract, moment(at), record))

    def record_event(
        self,
        at: When,
        type_: str,
        content: Json,
        *,
        by: Actor | None = SYSTEM,
        event_id: str | None = None,
        in_events: bool = True,
    ) -> None:
        """Record an event that changes nothing in the world (Events API only).

        For contradictory, cyclic or unknown evidence. Conversation and contact
        timestamps do not show it: use ``add_record`` for those.
        """
        when = moment(at)
        body = dict(content)
        self._add(
            at,
            f"event {type_}",
            lambda state: state.record(
                when,
                type_,
                by,
                body,
                in_events=in_events,
                in_timestamps=False,
                event_id=event_id,
            ),
        )
