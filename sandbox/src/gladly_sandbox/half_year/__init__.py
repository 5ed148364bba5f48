"""Half a year of a mid-size company, made to be looked at: see ``play``."""

from gladly_sandbox.half_year.calendar import (
    BAD_WEEK,
    END,
    LAUNCHED,
    PEAK,
    START,
    TOPIC_MOVED,
    ZONE,
)
from gladly_sandbox.half_year.play import half_year

__all__ = [
    "BAD_WEEK",
    "END",
    "LAUNCHED",
    "PEAK",
    "START",
    "TOPIC_MOVED",
    "ZONE",
    "half_year",
]
