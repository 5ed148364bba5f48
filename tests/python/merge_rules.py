"""Where an id leads, worked out from what is reported about merges, one id at a time.

Written from the rules, not from the models: edges are walked one by one, a cycle is
seen by walking in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

#: Who reports a merge, most trusted first.
EVIDENCE = ("customer_merged_event", "conversation_timestamps", "redirect_lookup")


@dataclass(frozen=True)
class Edge:
    """One report: an id was absorbed into another, at a moment if it is known."""

    absorbed: str | None
    surviving: str | None
    source_extract: str
    merged_at: datetime | None = None


@dataclass(frozen=True)
class Resolution:
    """What an id stands for; one that stands for itself has no ``source_extract``."""

    canonical: str
    hop_count: int = 0
    source_extract: str | None = None
    merged_at: datetime | None = None
    is_conflicted: bool = False


def resolve(
    ids: Iterable[str], edges: Iterable[Edge], last_alive: Mapping[str, datetime]
) -> dict[str, Resolution]:
    """Return what every id stands for.

    Args:
        ids: the ids.
        edges: all that is reported; blank ids and merges with oneself mean nothing.
        last_alive: id -> newest proof that it was alive.
    """
    told: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.absorbed and edge.surviving and edge.absorbed != edge.surviving:
            told.setdefault(edge.absorbed, []).append(edge)
    best = {an_id: min(those, key=_trust) for an_id, those in told.items()}
    cycles = [_cycle(an_id, best) for an_id in best]
    in_cycle = {member for cycle in cycles for member in cycle}
    # Cutting the way out of one member makes it the end of its cycle.
    kept = dict(best)
    for cycle in cycles:
        if cycle:
            kept.pop(_end_of(cycle, last_alive), None)

    def end(an_id: str) -> str:
        return _walk(an_id, kept)[-1]

    found = {}
    for an_id in ids:
        path = _walk(an_id, kept)
        chosen = kept.get(an_id)
        ends = {end(edge.surviving) for edge in told.get(an_id, ()) if edge.surviving}
        found[an_id] = Resolution(
            path[-1],
            len(path) - 1,
            chosen.source_extract if chosen else None,
            chosen.merged_at if chosen else None,
            an_id in in_cycle or len(ends) > 1,
        )
    return found


def _trust(edge: Edge) -> tuple[int, datetime, str]:
    """Sort by evidence, then the earliest merge, then the smallest survivor."""
    return (
        EVIDENCE.index(edge.source_extract),
        edge.merged_at or datetime.max,
        edge.surviving or "",
    )


def _cycle(an_id: str, best: Mapping[str, Edge]) -> tuple[str, ...]:
    """Return the cycle that a walk from an id never leaves; empty if it ends."""
    path = [an_id]
    while (edge := best.get(path[-1])) is not None:
        assert edge.surviving is not None
        if edge.surviving in path:
            return tuple(path[path.index(edge.surviving) :])
        path.append(edge.surviving)
    return ()


def _end_of(cycle: Iterable[str], last_alive: Mapping[str, datetime]) -> str:
    """Return the member seen alive last, else the smallest."""
    newest = max(last_alive.get(member, datetime.min) for member in cycle)
    return min(
        member for member in cycle if last_alive.get(member, datetime.min) == newest
    )


def _walk(an_id: str, edges: Mapping[str, Edge]) -> list[str]:
    path = [an_id]
    while (edge := edges.get(path[-1])) is not None:
        assert edge.surviving is not None
        path.append(edge.surviving)
    return path
