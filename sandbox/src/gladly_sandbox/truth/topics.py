"""The truth about topics: their place in the tree, its history, and their stays.

Lists show the state of topics capture by capture. What is not listed is known by its
id alone: a name that only reports print is not claimed, nor a path it is part of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from gladly_sandbox.clock import naive_utc
from gladly_sandbox.extracts.emitted import Emitted, ListedTopic
from gladly_sandbox.things import Actor, Conversation
from gladly_sandbox.truth.history import end_of
from gladly_sandbox.truth.tables import Row

#: From when on the first version of anything is valid.
SINCE_EVER = "1900-01-01 00:00:00.000"


class _Stay(NamedTuple):
    start: datetime
    end: datetime | None
    by: Actor


class _Tree:
    """Topics as they hung at one moment; None stands for one that is not listed."""

    def __init__(self, topics: dict[str, ListedTopic | None]) -> None:
        self.topics = topics

    def reported_parent(self, topic_id: str) -> str | None:
        """Return the parent a list names, when any extract knows it."""
        topic = self.topics[topic_id]
        parent = topic.parent_id if topic else None
        return parent if parent in self.topics else None

    def is_in_circle(self, topic_id: str) -> bool:
        """Return whether its parents lead back to it."""
        seen: set[str] = set()
        here = self.reported_parent(topic_id)
        while here is not None and here not in seen:
            if here == topic_id:
                return True
            seen.add(here)
            here = self.reported_parent(here)
        return False

    def parent(self, topic_id: str) -> str | None:
        """Return the parent; topics that lie in a circle have none."""
        return None if self.is_in_circle(topic_id) else self.reported_parent(topic_id)

    def line(self, topic_id: str) -> list[str]:
        """Return the ids from the topic up to its root."""
        made = [topic_id]
        while (parent := self.parent(made[-1])) is not None:
            made.append(parent)
        return made

    def path(self, topic_id: str) -> str | None:
        """Return the names from the root down; None when one was never listed."""
        topics = [self.topics[each] for each in reversed(self.line(topic_id))]
        names = [topic.name for topic in topics if topic is not None]
        return " > ".join(names) if len(names) == len(topics) else None


class _Lists:
    """Every list of topics the landing has, and the tree at each of them."""

    def __init__(self, emitted: Emitted) -> None:
        ordered = sorted(emitted.topic_lists, key=lambda found: found[0])
        self.lists = [found for found in ordered if found[1]]
        self.first: dict[str, int] = {}
        for number, (_, listed) in enumerate(self.lists):
            for topic_id in listed:
                self.first.setdefault(topic_id, number)
        self.ids = list(dict.fromkeys([*emitted.topics, *self.first]))

    def tree(self, number: int) -> _Tree:
        """Return the tree at a list: each topic as last listed, else as first."""
        topics: dict[str, ListedTopic | None] = dict.fromkeys(self.ids)
        for topic_id, first in self.first.items():
            topics[topic_id] = self.lists[first][1][topic_id]
        for _, listed in self.lists[: number + 1]:
            topics.update(listed)
        return _Tree(topics)

    def is_there(self, topic_id: str, number: int) -> bool:
        """Return whether a list has the topic, or was too early to have it."""
        first = self.first.get(topic_id)
        return first is None or number < first or topic_id in (self.lists[number][1])


def topics(emitted: Emitted, stays: Iterable[Row]) -> Iterator[Row]:
    """Yield ``dim_topics``; ``stays`` are rows of ``fct_conversation_topics``."""
    lists = _Lists(emitted)
    last = len(lists.lists) - 1
    tree = lists.tree(last)
    parents = {tree.parent(topic_id) for topic_id in lists.ids}
    current = [row["topic_id"] for row in stays if row["is_current"]]
    names = [topic.name for topic in tree.topics.values() if topic is not None]
    for topic_id in lists.ids:
        topic = tree.topics[topic_id]
        line = tree.line(topic_id)
        path = tree.path(topic_id)
        row: Row = {
            "topic_id": topic_id,
            "parent_topic_id": tree.parent(topic_id),
            "root_topic_id": line[-1],
            "depth": len(line) - 1,
            "is_disabled": topic.disabled if topic else False,
            "is_deleted": not lists.is_there(topic_id, last),
            "is_leaf": topic_id not in parents,
            "is_in_circle": tree.is_in_circle(topic_id),
            "conversation_count": current.count(topic_id),
            "is_known": topic is not None,
        }
        if topic is not None:
            row["topic_name"] = topic.name
            if len(names) == len(lists.ids):
                row["has_namesakes"] = names.count(topic.name) > 1
        if path is not None:
            row["topic_path"] = path
        yield row


def versions(emitted: Emitted) -> Iterator[Row]:
    """Yield ``dim_topic_versions``, a change counted from the list that shows it."""
    lists = _Lists(emitted)
    trees = [lists.tree(number) for number in range(len(lists.lists))]
    for topic_id in lists.ids:
        made: list[Row] = []
        for number, tree in enumerate(trees):
            at = naive_utc(lists.lists[number][0])
            if made and made[-1]["valid_to"] is None:
                if lists.is_there(topic_id, number) and _looks(made[-1]) == _looks(
                    _version(tree, topic_id)
                ):
                    continue
                made[-1].update(valid_to=at, is_current=False)
            if lists.is_there(topic_id, number):
                made.append(_version(tree, topic_id))
                made[-1]["valid_from"] = at if len(made) > 1 else SINCE_EVER
        yield from made


def _version(tree: _Tree, topic_id: str) -> Row:
    topic = tree.topics[topic_id]
    row: Row = {
        "topic_id": topic_id,
        "parent_topic_id": tree.parent(topic_id),
        "is_disabled": topic.disabled if topic else False,
        "valid_to": None,
        "is_current": True,
    }
    if topic is not None:
        row["topic_name"] = topic.name
    if (path := tree.path(topic_id)) is not None:
        row["topic_path"] = path
    return row


def _looks(version: Row) -> Row:
    times = ("valid_from", "valid_to", "is_current")
    return {name: value for name, value in version.items() if name not in times}


def ancestors(emitted: Emitted) -> Iterator[Row]:
    """Yield ``bridge_topic_ancestors``: each topic with itself and all above it."""
    lists = _Lists(emitted)
    tree = lists.tree(len(lists.lists) - 1)
    for topic_id in lists.ids:
        for distance, ancestor in enumerate(tree.line(topic_id)):
            yield {
                "topic_id": topic_id,
                "ancestor_topic_id": ancestor,
                "distance": distance,
            }


def conversation_topics(
    conversations: Iterable[Conversation], emitted: Emitted
) -> Iterator[Row]:
    """Yield ``fct_conversation_topics``: overlapping stays of a family are one.

    Args:
        conversations: those that the landing shows, absorbed ones included.
        emitted: what the landing shows.
    """
    families: dict[str, dict[str, list[_Stay]]] = {}
    for held in conversations:
        if held.id not in emitted.histories:
            continue
        of_topics = families.setdefault(held.current().id, {})
        stop, _ = end_of(held, emitted)
        for span in held.topics:
            stay = _Stay(span.added_at, span.removed_at or stop, span.by)
            of_topics.setdefault(span.topic_id, []).append(stay)
    for conversation_id, of_topics in families.items():
        joined = {topic: _joined(stays) for topic, stays in of_topics.items()}
        current = sum(stays[-1].end is None for stays in joined.values())
        for topic_id, stays in joined.items():
            for number, stay in enumerate(stays):
                is_current = stay.end is None
                is_agent = stay.by.type == "AGENT"
                yield {
                    "conversation_id": conversation_id,
                    "topic_id": topic_id,
                    "interval_number": number + 1,
                    "added_at": naive_utc(stay.start),
                    "removed_at": naive_utc(stay.end),
                    "added_by_type": stay.by.type.lower(),
                    "added_by_agent_id": stay.by.id if is_agent else None,
                    "is_current": is_current,
                    "allocation_weight": 1 / current if is_current else 0.0,
                }


def _joined(stays: list[_Stay]) -> list[_Stay]:
    """Merge overlapping stays; an end of None is still going on."""
    made: list[_Stay] = []
    for stay in sorted(stays, key=lambda each: each.start):
        if made and (made[-1].end is None or stay.start < made[-1].end):
            first = made[-1]
            is_over = first.end is not None and stay.end is not None
            end = max(first.end, stay.end) if is_over else None  # type: ignore[type-var]
            made[-1] = first._replace(end=end)
        else:
            made.append(stay)
    return made
