"""The log of a company: what happens, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gladly_sandbox.clock import When, moment
from gladly_sandbox.ids import IdFactory
from gladly_sandbox.state import State
from gladly_sandbox.things import (
    Json,
)


@dataclass(frozen=True)
class Happening:
    """One entry of the log."""

    at: datetime
    number: int
    what: str
    play: Callable[[State], None]


class Log:
    """What everything that can happen is written into.

    Attributes:
        seed: decides every id that the caller does not supply.
        start: when inboxes, agents and topics exist by default.
        log: the happenings recorded so far.
        hidden: (extract, id) pairs that the writers leave out.
        extra: (extract, earliest capture, record) written beside the world.
    """

    def __init__(
        self,
        seed: int = 0,
        start: When = "2025-01-01",
        *,
        name: str = "Larkspur Outfitters",
        timezone: str = "America/New_York",
    ) -> None:
        """Found the company; ``timezone`` is the organisation's IANA zone."""
        self.seed = seed
        self.start = moment(start)
        self.log: list[Happening] = []
        self.hidden: set[tuple[str, str]] = set()
        self.extra: list[tuple[str, datetime, Json]] = []
        self._ids = IdFactory(seed)
        organization = {
            "id": self.new_id(),
            "loginDomain": "larkspur.example.com",
            "name": name,
            "timezone": timezone,
            "gladlyUrl": "https://larkspur.example.com",
        }
        self._add(
            self.start,
            "organization",
            lambda state: state.organization.update(organization),
        )

    def _add(self, at: When, what: str, play: Callable[[State], None]) -> datetime:
        when = moment(at)
        self.log.append(Happening(when, len(self.log), what, play))
        return when

    def new_id(self) -> str:
        """Return a fresh 22-character slug (it may begin with ``-`` or ``_``)."""
        return self._ids.slug()

    def new_hex_id(self) -> str:
        """Return a fresh id of 32 hex digits, as inboxes and teams have."""
        return self._ids.hex_id()
