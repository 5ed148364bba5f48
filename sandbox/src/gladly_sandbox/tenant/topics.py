"""Topics and their place in the tree."""

from __future__ import annotations

from gladly_sandbox.clock import When
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    Topic,
)


class Topics(Log):
    """What happens to topics."""

    def add_topic(
        self,
        name: str,
        parent: str | None = None,
        *,
        at: When | None = None,
        topic_id: str | None = None,
    ) -> str:
        """Create a topic under a parent id and return its id (rule R25: names)."""
        made = topic_id or self.new_id()
        self._add(
            at or self.start,
            f"topic {name!r}",
            lambda state: state.topics.update({made: Topic(made, name, parent)}),
        )
        return made

    def rename_topic(self, at: When, topic_id: str, name: str) -> None:
        """Rename a topic."""
        self._add(
            at,
            "rename topic",
            lambda state: state.set_topic(topic_id, name, None, False),
        )

    def move_topic(self, at: When, topic_id: str, parent: str | None) -> None:
        """Put a topic under another parent, or none (rule R24)."""
        self._add(at, "move topic", lambda state: state.move_topic(topic_id, parent))

    def disable_topic(self, at: When, topic_id: str) -> None:
        """Disable a topic."""
        self._add(
            at,
            "disable topic",
            lambda state: state.set_topic(topic_id, None, True, False),
        )

    def enable_topic(self, at: When, topic_id: str) -> None:
        """Enable a topic again."""
        self._add(
            at,
            "enable topic",
            lambda state: state.set_topic(topic_id, None, False, False),
        )

    def delete_topic(self, at: When, topic_id: str) -> None:
        """Take a topic off every list; conversations keep it."""
        self._add(
            at,
            "delete topic",
            lambda state: state.set_topic(topic_id, None, None, True),
        )
