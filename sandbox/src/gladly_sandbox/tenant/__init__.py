"""The world a story or a generator plays in: a log of happenings at UTC moments.

Every method records that something happens ``at`` a moment, given as an aware
datetime or as text (``2025-03-01 09:30``, UTC). Calls may come in any order: they
are played in time order, and in call order within one millisecond. Impossible
happenings (closing twice, a second open conversation, rule R08) raise
``ImpossibleError`` when played; call ``check()`` to play everything.
"""

from __future__ import annotations

from datetime import datetime

from gladly_sandbox.clock import When, moment
from gladly_sandbox.state import State
from gladly_sandbox.tenant.agents import Agents
from gladly_sandbox.tenant.answers import Answers
from gladly_sandbox.tenant.company import Company
from gladly_sandbox.tenant.contacts import Contacts
from gladly_sandbox.tenant.conversations import Conversations
from gladly_sandbox.tenant.customers import Customers
from gladly_sandbox.tenant.evidence import EXTRACTS, Evidence
from gladly_sandbox.tenant.items import Items
from gladly_sandbox.tenant.player import ImpossibleError, Player
from gladly_sandbox.tenant.tasks import Tasks
from gladly_sandbox.tenant.topics import Topics


class Tenant(
    Company,
    Agents,
    Topics,
    Answers,
    Customers,
    Conversations,
    Items,
    Contacts,
    Tasks,
    Evidence,
):
    """A fictitious company on Gladly."""

    def player(self) -> Player:
        """Return a player at the beginning of the log."""
        return Player(self)

    def state_at(self, at: When | None = None) -> State:
        """Return the world as of ``at`` (None: the end); plays from the start."""
        return self.player().advance(None if at is None else moment(at))

    def check(self) -> None:
        """Play everything once.

        Raises:
            ImpossibleError: when a happening cannot happen.
        """
        self.state_at()

    def end(self) -> datetime:
        """Return the moment of the last happening."""
        return max(entry.at for entry in self.log)


__all__ = ["EXTRACTS", "ImpossibleError", "Player", "Tenant"]
