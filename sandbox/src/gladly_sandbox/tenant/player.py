"""Plays the log of a company forward."""

from __future__ import annotations

from datetime import datetime

from gladly_sandbox.clock import rfc3339
from gladly_sandbox.state import State
from gladly_sandbox.tenant.log import Log


class ImpossibleError(ValueError):
    """A recorded happening cannot happen; the message says what, when and why."""


class Player:
    """Plays a log forward, so that later moments build on earlier ones."""

    def __init__(self, log: Log) -> None:
        """Start before the first happening."""
        self._log = sorted(log.log, key=lambda entry: (entry.at, entry.number))
        self._next = 0
        self.state = State(log.seed)

    def advance(self, at: datetime | None = None) -> State:
        """Play up to and including ``at`` (None: to the end) and return the state.

        Raises:
            ImpossibleError: when a happening cannot happen.
        """
        while self._next < len(self._log):
            entry = self._log[self._next]
            if at is not None and entry.at > at:
                break
            try:
                entry.play(self.state)
            except ValueError as error:
                raise ImpossibleError(
                    f"{entry.what} at {rfc3339(entry.at)}: {error}"
                ) from error
            self._next += 1
        return self.state
