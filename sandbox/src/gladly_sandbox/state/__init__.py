"""What a tenant looks like at a moment: the log of its happenings, played so far.

``State`` is changed only by the methods below, each of which is one thing that can
happen in Gladly. ``Tenant`` records calls to them; ``Tenant.state_at`` plays them in
time order. Ids given to a method may be old ones: an absorbed profile or
conversation is followed to the one that holds it now.
"""

from __future__ import annotations

from gladly_sandbox.state.agents import Agents
from gladly_sandbox.state.answers import Answers
from gladly_sandbox.state.company import Company
from gladly_sandbox.state.customers import Customers
from gladly_sandbox.state.events import assignee
from gladly_sandbox.state.items import MESSAGE_CHANNELS
from gladly_sandbox.state.tasks import Tasks


class State(Customers, Agents, Company, Answers, Tasks):
    """A company at a moment: its things, and all that can happen to them."""


__all__ = ["MESSAGE_CHANNELS", "State", "assignee"]
