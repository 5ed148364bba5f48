"""Inboxes, topics and business hours."""

from __future__ import annotations

from gladly_sandbox.state.world import World
from gladly_sandbox.things import (
    Json,
)


class Company(World):
    """What can happen to the house itself."""

    def set_business_hours(self, hours: Json) -> None:
        """Add or replace business hours."""
        self.business_hours[str(hours["id"])] = hours

    def swap_inbox_names(self, first: str, second: str) -> None:
        """Let two inboxes change names (rule R23 holds throughout)."""
        one = self._find("inbox", self.inboxes, first)
        two = self._find("inbox", self.inboxes, second)
        one.name, two.name = two.name, one.name

    def set_inbox(self, inbox_id: str, name: str | None, disabled: bool | None) -> None:
        """Rename, disable or enable an inbox."""
        inbox = self._find("inbox", self.inboxes, inbox_id)
        inbox.name = inbox.name if name is None else name
        inbox.disabled = inbox.disabled if disabled is None else disabled

    def set_topic(
        self, topic_id: str, name: str | None, disabled: bool | None, deleted: bool
    ) -> None:
        """Rename, disable, enable or delete a topic."""
        topic = self._find("topic", self.topics, topic_id)
        topic.name = topic.name if name is None else name
        topic.disabled = topic.disabled if disabled is None else disabled
        topic.deleted = deleted

    def move_topic(self, topic_id: str, parent_id: str | None) -> None:
        """Put a topic under another parent; cycles are not prevented."""
        self._find("topic", self.topics, topic_id).parent_id = parent_id
