"""Requests a second for each method, reports a minute, reports at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable


class Limits:
    """The organisation's limits, by the real clock; 0 turns one off."""

    def __init__(
        self,
        per_second: int = 10,
        reports_per_minute: int = 10,
        reports_at_once: int = 2,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start with nothing used."""
        self.per_second = per_second
        self.reports_per_minute = reports_per_minute
        self.reports_at_once = reports_at_once
        self.running = 0
        self.refused = 0
        self._clock = clock
        self._requests: dict[str, deque[float]] = {}
        self._reports: deque[float] = deque()

    def admits(self, method: str) -> bool:
        """Count a request; return whether it is within the limit of its method."""
        used = self._requests.setdefault(method, deque())
        return self._count(used, self.per_second, 1.0)

    def admits_report(self) -> bool:
        """Count a report; return whether it is within both of its limits."""
        if self.reports_at_once and self.running >= self.reports_at_once:
            self.refused += 1
            return False
        return self._count(self._reports, self.reports_per_minute, 60.0)

    def headers(self, method: str) -> dict[str, str]:
        """Return what is left of this second."""
        if not self.per_second:
            return {}
        left = max(0, self.per_second - len(self._requests.get(method, ())))
        return {
            "Ratelimit-Limit-Second": str(self.per_second),
            "Ratelimit-Remaining-Second": str(left),
        }

    def _count(self, used: deque[float], limit: int, period: float) -> bool:
        now = self._clock()
        while used and used[0] <= now - period:
            used.popleft()
        if limit and len(used) >= limit:
            self.refused += 1
            return False
        used.append(now)
        return True
