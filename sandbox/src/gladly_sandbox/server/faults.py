"""What goes wrong on purpose, by chance from a seed."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from random import Random
from typing import Any

#: What can happen to one request; each has a share of requests.
KINDS = ("storm", "error", "html", "empty", "cut", "trimmed", "slow")


@dataclass
class Faults:
    """Faults in force.

    Attributes:
        storm: share of requests that start a storm of 429.
        storm_length: how many requests in a row a storm refuses.
        error: share answered 500, 502, 503 or 504.
        html: share answered 200 with an error page.
        empty: share answered 200 without a body.
        cut: share whose body ends before its Content-Length.
        trimmed: share whose body ends in the middle of a line, its length said so.
        slow: share kept waiting for ``slow_seconds``.
        slow_seconds: how long.
        report_seconds: how long every report is computed.
        expires_after: requests until the token is refused with 401; None for never.
        row_cap: rows after which a report stops without a word; None for no cap.
        forbidden: beginnings of paths that the user has no role for (403).
        skew_seconds: how far ahead the Date header is of the tenant's clock.
        only: beginnings of paths that chance faults hit; empty for all.
        seed: decides which request is hit.
    """

    storm: float = 0.0
    storm_length: int = 3
    error: float = 0.0
    html: float = 0.0
    empty: float = 0.0
    cut: float = 0.0
    trimmed: float = 0.0
    slow: float = 0.0
    slow_seconds: float = 0.05
    report_seconds: float = 0.0
    expires_after: int | None = None
    row_cap: int | None = None
    forbidden: list[str] = field(default_factory=list)
    skew_seconds: float = 0.0
    only: list[str] = field(default_factory=list)
    seed: int = 0

    def __post_init__(self) -> None:
        """Seed the chance."""
        self._random = Random(f"gladly-sandbox/faults/{self.seed}")
        self._storm_left = 0
        self._requests = 0
        self.happened: dict[str, int] = {}

    @classmethod
    def of(cls, wanted: dict[str, Any]) -> Faults:
        """Return faults from JSON.

        Raises:
            ValueError: for a name that is none of theirs.
        """
        known = {each.name for each in fields(cls)}
        if unknown := set(wanted) - known:
            raise ValueError(
                f"no fault {', '.join(sorted(unknown))}; there are "
                f"{', '.join(sorted(known))}"
            )
        return cls(**wanted)

    @classmethod
    def all_of_them(cls, share: float = 0.05, seed: int = 0) -> Faults:
        """Return every fault of chance, each with the same share of requests."""
        return cls(**{kind: share for kind in KINDS}, seed=seed)  # type: ignore[arg-type]

    def draw(self, path: str) -> str | None:
        """Return what happens to the next request, or None."""
        self._requests += 1
        if self.expires_after is not None and self._requests > self.expires_after:
            return self._note("expired")
        if any(path.startswith(start) for start in self.forbidden):
            return self._note("forbidden")
        if self._storm_left:
            self._storm_left -= 1
            return self._note("storm")
        if self.only and not any(path.startswith(start) for start in self.only):
            return None
        roll = self._random.random()
        for kind in KINDS:
            roll -= float(getattr(self, kind))
            if roll < 0:
                if kind == "storm":
                    self._storm_left = self.storm_length - 1
                return self._note(kind)
        return None

    def one_of(self, values: tuple[int, ...]) -> int:
        """Return one of the values by chance."""
        return values[self._random.randrange(len(values))]

    def _note(self, kind: str) -> str:
        self.happened[kind] = self.happened.get(kind, 0) + 1
        return kind
