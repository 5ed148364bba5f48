"""Writers of raw extracts, one module per family, and the plans they follow."""

from gladly_sandbox.extracts.emitted import NOT_SHOWN, Emitted
from gladly_sandbox.extracts.headers import HEADERS
from gladly_sandbox.extracts.landing import Written, write_extracts
from gladly_sandbox.extracts.plan import (
    ENTITIES,
    Capture,
    Pull,
    Window,
    regular_plan,
    whole_history,
)

__all__ = [
    "ENTITIES",
    "HEADERS",
    "NOT_SHOWN",
    "Capture",
    "Emitted",
    "Pull",
    "Window",
    "Written",
    "regular_plan",
    "whole_history",
    "write_extracts",
]
