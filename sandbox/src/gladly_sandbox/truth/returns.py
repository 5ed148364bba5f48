"""Who came back soon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from gladly_sandbox.clock import naive_utc
from gladly_sandbox.things import Contact
from gladly_sandbox.truth.tables import Row

#: An inbound contact this soon after an earlier one is a repeat.
SOON = timedelta(days=7)


class Returns:
    """When customers had been in touch before, by contact."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        """Sort contacts by customer.

        Args:
            contacts: those that the landing shows.
        """
        self._inbound: dict[str, list[Contact]] = {}
        for contact in contacts:
            if contact.direction == "INBOUND":
                self._inbound.setdefault(_owner(contact), []).append(contact)

    def columns(self, contact: Contact) -> Row:
        """Return the columns of ``fct_contacts`` that say whether it is a repeat."""
        before = self._before(contact)
        return {
            "previous_contact_at": naive_utc(before),
            "is_repeat_contact": self.is_repeat(contact),
        }

    def is_repeat(self, contact: Contact) -> bool:
        """Return whether the customer had been in touch in the seven days before."""
        before = self._before(contact)
        if before is None or contact.direction != "INBOUND":
            return False
        return contact.queued_at - before <= SOON

    def _before(self, contact: Contact) -> datetime | None:
        ends = [each.ended_at for each in self._inbound.get(_owner(contact), [])]
        past = [end for end in ends if end is not None and end < contact.queued_at]
        return max(past, default=None)


def _owner(contact: Contact) -> str:
    return contact.conversation.current().customer.current().id
