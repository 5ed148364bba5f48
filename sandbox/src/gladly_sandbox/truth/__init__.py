"""What a correct build must find, worked out from the world and never from files.

Tables and columns are named like the marts. Times are naive UTC text to the
millisecond, durations seconds, enums lower snake case. Only ids that some extract of
the landing showed are in it: what no extract shows is unknown.
"""

from gladly_sandbox.truth.compute import add_days, compute_truth
from gladly_sandbox.truth.inbox_days import MOVEMENTS
from gladly_sandbox.truth.tables import KEYS, Truth

__all__ = ["KEYS", "MOVEMENTS", "Truth", "add_days", "compute_truth"]
