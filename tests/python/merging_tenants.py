"""Small tenants whose profiles merge, played from scripts, and what extracts report.

A script is a list of moves that always plays: a move that is impossible when its turn
comes is left out. So hypothesis can shorten a script that fails, and a seed can make
a long one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from gladly_sandbox.extracts import Capture, whole_history
from gladly_sandbox.state import State
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import Json, by_agent, by_customer
from merge_rules import Edge

#: What can happen: to one person, to two (merge), or to the extracts (pull).
KINDS = ("open", "close", "contact", "merge", "erase", "erase conversation", "pull")


@dataclass(frozen=True)
class Move:
    """Something that happens a minute after the move before.

    Attributes:
        kind: one of ``KINDS``.
        one: number of a person; in a merge the survivor.
        two: number of the person absorbed.
        in_events: whether Events report the merge.
        in_timestamps: whether Conversation Timestamps do.
        at_once: merge in the very millisecond of the move before, a merge too.
    """

    kind: str
    one: int = 0
    two: int = 0
    in_events: bool = True
    in_timestamps: bool = True
    at_once: bool = False


@dataclass(frozen=True)
class Script:
    """Moves of some people; ``unseen`` are never looked up nor their profiles read."""

    people: int
    moves: list[Move]
    unseen: frozenset[int] = frozenset()

    def tells_all(self) -> bool:
        """Return whether every merge is in the events."""
        return all(move.in_events for move in self.moves if move.kind == "merge")


@dataclass
class _Person:
    """A profile and the conversation it has open."""

    id: str
    open: str | None = None
    is_gone: bool = False


@dataclass
class _Stage:
    """A tenant while a script plays in it."""

    tenant: Tenant
    label: str
    plan: list[Capture] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = self.tenant.start + timedelta(hours=1)
        self.inbox = self.tenant.add_inbox(f"Inbox {self.label}")
        self.agent = self.tenant.add_agent(f"Agent {self.label}")

    def open(self, who: _Person) -> None:
        if who.open is None and not who.is_gone:
            who.open = self.tenant.open_conversation(self.at, who.id, inbox=self.inbox)

    def close(self, who: _Person) -> None:
        if who.open is not None:
            self.tenant.close(self.at, who.open, by=by_agent(self.agent))
            who.open = None

    def contact(self, who: _Person) -> None:
        """Let an agent answer within half a minute, in a conversation of theirs."""
        if who.is_gone:
            return
        self.open(who)
        assert who.open is not None
        tenant, held, end = self.tenant, who.open, self.at + timedelta(seconds=30)
        made = tenant.start_contact(self.at, held, "SMS")
        tenant.message(
            self.at, held, "Hello?", by=by_customer(who.id), channel="SMS", contact=made
        )
        tenant.accept(self.at, made, self.agent)
        tenant.work(end, made, self.agent, 20.5, after_contact_seconds=1.25)
        tenant.end_contact(end, made)

    def merge(self, one: _Person, two: _Person, move: Move) -> bool:
        """Absorb ``two`` into ``one``, if both are there; returns whether it did."""
        if one is two or one.is_gone or two.is_gone:
            return False
        self.tenant.merge_profiles(
            self.at,
            one.id,
            two.id,
            reissue_items=True,
            in_events=move.in_events,
            in_timestamps=move.in_timestamps,
        )
        one.open = one.open or two.open
        return True

    def erase(self, who: _Person) -> None:
        if not who.is_gone:
            self.tenant.delete_customer(self.at, who.id)
            who.is_gone, who.open = True, None

    def erase_conversation(self, who: _Person) -> None:
        if who.open is not None:
            held, who.open = who.open, None
            self.tenant.close(self.at, held)
            self.tenant.delete_conversation(self.at + timedelta(seconds=1), held)

    def pull(self) -> None:
        """Capture everything of all time half a minute later."""
        label = f"{self.label}-{len(self.plan)}"
        at = self.at + timedelta(seconds=45)
        window = (self.tenant.start, at)
        self.plan.append(whole_history(self.tenant, at, label=label, events=window))


def play(script: Script, seed: int) -> tuple[Tenant, list[Capture]]:
    """Return a tenant in which a script happened, and the captures it asks for."""
    stage = _Stage(Tenant(seed), f"tenant-{seed}")
    people = [
        _Person(stage.tenant.add_customer(stage.at, f"Person {number}"))
        for number in range(script.people)
    ]
    for number in script.unseen:
        for extract in ("customer_lookups", "customer_profiles", "customers_file"):
            stage.tenant.hide(extract, people[number % len(people)].id)
    stands_for = list(people)
    kind = ""
    for move in script.moves:
        if not (move.at_once and move.kind == kind == "merge"):
            stage.at += timedelta(minutes=1)
        kind = move.kind
        one = stands_for[move.one % len(people)]
        two = stands_for[move.two % len(people)]
        if move.kind == "open":
            stage.open(one)
        elif move.kind == "close":
            stage.close(one)
        elif move.kind == "contact":
            stage.contact(one)
        elif move.kind == "merge":
            if stage.merge(one, two, move):
                stands_for = [one if who is two else who for who in stands_for]
        elif move.kind == "erase":
            stage.erase(one)
        elif move.kind == "erase conversation":
            stage.erase_conversation(one)
        else:
            stage.pull()
    stage.at += timedelta(minutes=2)
    stage.pull()
    return stage.tenant, stage.plan


def random_script(seed: int, *, is_reported: bool) -> Script:
    """Return a script of 30 to 80 people: chains, stars, merges at one moment.

    Args:
        seed: any integer.
        is_reported: whether events report every merge and everybody is looked up.
    """
    rng = Random(f"merging-tenants/{seed}/{is_reported}")
    people = rng.randint(30, 80)
    moves = []
    for _ in range(people):
        for kind in ("contact", "close", "contact")[: rng.randrange(4)]:
            moves.append(Move(kind, rng.randrange(people)))

    def merge(one: int, two: int, *, at_once: bool = False) -> Move:
        tells = (True, True)
        if not is_reported:
            tells = (rng.random() < 0.4, rng.random() < 0.4)
        return Move("merge", one, two, *tells, at_once=at_once)

    for _ in range(people // 10):
        some = rng.sample(range(people), rng.randint(2, 6))
        shape = rng.choice(("chain", "star", "at once", "back and forth"))
        pairs = list(zip(some[1:], some, strict=False))
        if shape != "chain":
            pairs = [(some[0], other) for other in some[1:]]
        if shape == "back and forth":
            rng.shuffle(pairs)
            pairs = [pair if rng.random() < 0.5 else pair[::-1] for pair in pairs]
        for number, (one, two) in enumerate(pairs):
            moves.append(merge(one, two, at_once=number > 0 and shape == "at once"))
            roll = rng.random()
            if roll < 0.5:
                moves.append(Move(rng.choice(("close", "contact", "open")), one))
            if roll < 0.1:
                moves.append(Move("pull"))
        if rng.random() < 0.2:
            kind = rng.choice(("erase", "erase conversation"))
            moves.append(Move(kind, rng.choice(some)))
    unseen = frozenset() if is_reported else frozenset(rng.sample(range(people), 8))
    return Script(people, moves, unseen)


# What the files report -------------------------------------------------------


@dataclass
class Evidence:
    """What a folder of extracts reports of merges, read from the files themselves.

    ``customers`` and ``conversations`` are merges, ``alive`` customer ids that Gladly
    gave when asked.
    """

    customers: list[Edge] = field(default_factory=list)
    conversations: list[Edge] = field(default_factory=list)
    alive: set[str] = field(default_factory=set)


def read_evidence(extracts: Path) -> Evidence:
    """Read what extracts report of merges and of customers that are there."""
    found = Evidence()
    for event in _objects(extracts / "events"):
        if event["type"] == "CUSTOMER/MERGED":
            content = event["content"]
            at = _utc(datetime.fromisoformat(event["timestamp"].replace("Z", "+00:00")))
            found.customers.append(
                Edge(
                    content["sourceCustomerId"],
                    content["destinationCustomerId"],
                    "customer_merged_event",
                    at,
                )
            )
            found.conversations.append(
                Edge(
                    content.get("sourceConversationId"),
                    content.get("destinationConversationId"),
                    "customer_merged_event",
                    at,
                )
            )
    for row in _rows(extracts / "reports" / "ConversationTimestampsReport"):
        if row["Event Type"] != "CUSTOMER/MERGED":
            found.alive.add(row["Customer ID"])
            continue
        moment = datetime.fromisoformat(row["Timestamp"].replace("Z", "+00:00"))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(row["Timezone Filter"]))
        for told, entity in (
            (found.customers, "Customer"),
            (found.conversations, "Conversation"),
        ):
            told.append(
                Edge(
                    row[f"Merged {entity} ID"],
                    row[f"{entity} ID"],
                    "conversation_timestamps",
                    _utc(moment),
                )
            )
    for answer in _objects(extracts / "lookups" / "customers"):
        asked, answered = answer["requestedId"], answer.get("resolvedId") or ""
        if answered not in ("", asked):
            found.customers.append(Edge(asked, answered, "redirect_lookup"))
        if answer["status"] == 200:
            found.alive.add(answered or asked)
    for name in ("ConversationExportReport", "ContactTimestampsReport"):
        found.alive |= {
            row["Customer ID"] for row in _rows(extracts / "reports" / name)
        }
    for profile in _objects(extracts / "entities" / "customer_profiles"):
        if "status" not in profile:
            found.alive.add(profile["id"])
    for name in ("conversations", "tasks"):
        for each in _objects(extracts / "entities" / name):
            found.alive.add(each.get("customerId", ""))
    for path in extracts.glob("exports/*/customers.jsonl"):
        found.alive |= {each["id"] for each in _lines(path)}
    return found


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc).replace(tzinfo=None)


def _objects(folder: Path) -> Iterator[Json]:
    for path in sorted(folder.glob("*.jsonl")):
        yield from _lines(path)


def _lines(path: Path) -> Iterator[Json]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


# What truly happened ---------------------------------------------------------


def lineage(state: State, entity: str, an_id: str) -> list[str]:
    """Return what an id became, from itself to its last survivor."""
    if entity == "customer":
        customer = state.customers[an_id]
        path = [customer.id]
        while customer.merged_into is not None:
            customer = customer.merged_into
            path.append(customer.id)
        return path
    held = state.conversations[an_id]
    path = [held.id]
    while held.absorbed_into is not None:
        held = held.absorbed_into
        path.append(held.id)
    return path
