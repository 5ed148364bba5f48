"""Ids become one: the scenario book's stories of identity, and many random tenants.

The tenants share one folder of extracts, as if one company had them all: their ids
are theirs alone, so one build resolves every one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from compare import differences
from compiled import Compiled
from gladly_sandbox.extracts import (
    Capture,
    Written,
    regular_plan,
    whole_history,
    write_extracts,
)
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.stories import play_book, write_book
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.truth import KEYS, Truth, compute_truth
from merge_rules import resolve
from merging_tenants import (
    Move,
    Script,
    lineage,
    play,
    random_script,
    read_evidence,
)
from project import kept_open, query

CROSSWALKS = (
    "bridge_customer_ids",
    "bridge_conversation_ids",
    "bridge_conversation_item_ids",
)
#: Ids that facts carry: canonical, and as the extract said.
FACTS = {
    "fct_conversations": ("customer_id",),
    "fct_contacts": (
        "conversation_id",
        "reported_conversation_id",
        "customer_id",
        "reported_customer_id",
    ),
    "fct_work_sessions": (
        "conversation_id",
        "reported_conversation_id",
        "customer_id",
        "reported_customer_id",
    ),
}

Row = dict[str, Any]


def claimed(truth: Truth, table: str) -> list[str]:
    """Return the columns that the truth has of a table, keys left out."""
    names = {name for row in truth.tables[table] for name in row}
    return sorted(names.difference(KEYS[table]))


# The scenario book -----------------------------------------------------------


@dataclass(frozen=True)
class Book:
    """The book as built; ``casts`` has the ids of every story by their part in it."""

    truth: Truth
    database: Path
    casts: dict[str, dict[str, str]]

    @cached_property
    def tables(self) -> dict[str, dict[Any, Row]]:
        """Rows of each table by its first column."""
        return {
            name: {row[next(iter(row))]: row for row in self.rows(f"marts.{name}")}
            for name in (*CROSSWALKS, *FACTS, "dim_customers")
        }

    def rows(self, table: str, where: str = "true") -> list[Row]:
        """Return the rows of a table, ``schema.table``, that meet a condition."""
        names = [
            name
            for (name,) in query(
                self.database, f"select column_name from (describe {table})"
            )
        ]
        found = query(self.database, f"from {table} where {where}")
        return [dict(zip(names, row, strict=True)) for row in found]

    def customer(self, an_id: str) -> Resolved:
        """Return what the crosswalk says of a customer id."""
        row = self.tables["bridge_customer_ids"][an_id]
        return Resolved.of(row, "customer")

    def conversation(self, an_id: str) -> Resolved:
        """Return what the crosswalk says of a conversation id."""
        row = self.tables["bridge_conversation_ids"][an_id]
        return Resolved.of(row, "conversation")

    def fact(self, table: str, key: str) -> Row:
        """Return the row of a fact, by its first column."""
        return self.tables[table][key]

    def work_of(self, contact: str) -> Row:
        """Return the only work session of a contact."""
        (row,) = self.rows("marts.fct_work_sessions", f"contact_id = '{contact}'")
        return row


@dataclass(frozen=True)
class Resolved:
    """What a crosswalk says of an id."""

    canonical: str
    status: str
    canonical_status: str
    resolved_by: str = "none"
    hop_count: int = 0
    merged_at: datetime | None = None
    is_conflicted: bool = False

    @classmethod
    def of(cls, row: Row, entity: str) -> Resolved:
        """Read a row of a crosswalk."""
        return cls(
            row[f"{entity}_id"],
            row["resolution_status"],
            row[f"{entity}_status"],
            row["resolved_by"],
            row["hop_count"],
            row["merged_at"],
            row["is_conflicted"],
        )


def current(an_id: str) -> Resolved:
    return Resolved(an_id, "current", "current")


def deleted(an_id: str) -> Resolved:
    return Resolved(an_id, "deleted", "deleted")


def unresolved(an_id: str) -> Resolved:
    return Resolved(an_id, "unresolved", "unresolved")


def merged(into: str, at: str, *, hops: int = 1, status: str = "current") -> Resolved:
    """Return what a merge event says."""
    moment = datetime.fromisoformat(at)
    return Resolved(into, "merged", status, "customer_merged_event", hops, moment)


def redirected(into: str) -> Resolved:
    return Resolved(into, "merged", "current", "redirect_lookup", 1)


@pytest.fixture(scope="module")
def book(
    tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("book")
    truth = write_book(folder / "extracts")
    compiled.build(folder / "extracts", folder / "gladly.duckdb")
    with kept_open(folder / "gladly.duckdb"):
        yield Book(truth, folder / "gladly.duckdb", play_book().casts)


@pytest.mark.parametrize("table", [*CROSSWALKS, "dim_customers"])
def test_the_book_is_resolved_as_it_truly_happened(table: str, book: Book) -> None:
    columns = claimed(book.truth, table)
    assert columns
    assert not differences(book.truth, book.database, table, columns)


@pytest.mark.parametrize("table", FACTS)
def test_facts_of_the_book_carry_canonical_and_reported_ids(
    table: str, book: Book
) -> None:
    assert not differences(book.truth, book.database, table, FACTS[table])


def test_story_8_a_merge_with_nothing_open_moves_conversations_and_keeps_their_ids(
    book: Book,
) -> None:
    cast = book.casts["nothing_open"]
    kept, lost, moved = cast["survivor"], cast["absorbed"], cast["moved"]

    assert book.customer(lost) == merged(kept, "2025-02-10 16:00")
    assert book.customer(kept) == current(kept)
    for held in (cast["own"], moved):
        assert book.conversation(held) == current(held)
        assert book.fact("fct_conversations", held)["customer_id"] == kept
    (contact,) = book.rows("marts.fct_contacts", f"conversation_id = '{moved}'")
    work = book.work_of(contact["contact_id"])
    for row in (contact, work):
        assert (row["customer_id"], row["reported_customer_id"]) == (kept, lost)
        assert row["reported_conversation_id"] == moved
    owner = book.fact("dim_customers", kept)
    assert owner["absorbed_profile_count"] == 1
    assert owner["conversation_count"] == 2
    assert lost not in book.tables["dim_customers"]


def test_story_9_the_absorbed_of_two_open_conversations_becomes_the_other(
    book: Book,
) -> None:
    cast = book.casts["both_open"]
    kept, stays, goes = cast["survivor"], cast["stays"], cast["goes"]

    assert book.customer(cast["absorbed"]) == merged(kept, "2025-02-11 15:00")
    assert book.conversation(goes) == merged(stays, "2025-02-11 15:00")
    assert book.conversation(stays) == current(stays)
    assert goes not in book.tables["fct_conversations"]
    conversation = book.fact("fct_conversations", stays)
    assert conversation["customer_id"] == kept
    assert conversation["absorbed_conversation_count"] == 1
    assert conversation["contact_count"] == 3
    assert conversation["handle_seconds"] == 240 + 210.5
    for contact in (cast["contact"], cast["cut_off"]):
        row = book.fact("fct_contacts", contact)
        assert (row["conversation_id"], row["customer_id"]) == (stays, kept)
        assert row["reported_conversation_id"] == goes
        assert row["reported_customer_id"] == cast["absorbed"]


def test_story_10_a_chain_over_months_ends_at_its_last_survivor(book: Book) -> None:
    cast = book.casts["chain_over_months"]
    first, last = "2025-02-13 16:00", "2025-04-15 16:00"
    c, conversation_c = cast["c"], cast["conversation_c"]

    assert book.customer(cast["a"]) == merged(c, first, hops=2)
    assert book.customer(cast["b"]) == merged(c, last)
    assert book.customer(c) == current(c)
    assert book.conversation(cast["conversation_a"]) == merged(
        conversation_c, first, hops=2
    )
    assert book.conversation(cast["conversation_b"]) == merged(conversation_c, last)
    assert book.conversation(conversation_c) == current(conversation_c)
    for name in "abc":
        row = book.fact("fct_contacts", cast[f"contact_{name}"])
        assert (row["conversation_id"], row["customer_id"]) == (conversation_c, c)
        assert row["reported_conversation_id"] == cast[f"conversation_{name}"]
        assert row["reported_customer_id"] == cast[name]
    whole = book.fact("fct_conversations", conversation_c)
    assert whole["handle_seconds"] == 3 * 300.25 + 120 + 240
    assert whole["absorbed_conversation_count"] == 2
    assert book.fact("dim_customers", c)["absorbed_profile_count"] == 2


def test_story_11_two_profiles_merge_into_one_survivor(book: Book) -> None:
    cast = book.casts["two_into_one"]
    kept, stays, moved = cast["survivor"], cast["stays"], cast["moved"]

    assert book.customer(cast["first"]) == merged(kept, "2025-02-14 15:00")
    assert book.customer(cast["second"]) == merged(kept, "2025-02-14 15:40")
    assert book.conversation(cast["goes"]) == merged(stays, "2025-02-14 15:00")
    assert book.conversation(moved) == current(moved)
    assert book.fact("fct_conversations", moved)["customer_id"] == kept
    owner = book.fact("dim_customers", kept)
    assert owner["absorbed_profile_count"] == 2
    assert owner["conversation_count"] == 2


def test_story_12_an_absorption_no_extract_reports_is_resolved_by_the_single_open_rule(
    book: Book,
) -> None:
    cast = book.casts["merge_never_captured"]
    kept, lost, stays = cast["survivor"], cast["absorbed"], cast["stays"]

    assert book.conversation(cast["goes"]) == Resolved(
        stays, "merged", "current", "single_open_rule", 1
    )
    assert book.customer(lost) == unresolved(lost)
    contact = book.fact("fct_contacts", cast["contact"])
    assert (contact["conversation_id"], contact["customer_id"]) == (stays, kept)
    assert contact["reported_customer_id"] == lost
    assert book.work_of(cast["contact"])["handle_seconds"] == 95.5
    assert book.fact("dim_customers", lost)["contact_count"] == 0


def test_story_13_between_two_candidates_none_is_chosen(book: Book) -> None:
    cast = book.casts["merge_with_two_candidates"]
    kept, goes = cast["survivor"], cast["goes"]

    assert book.conversation(goes) == unresolved(goes)
    for name in ("stays", "second"):
        assert book.conversation(cast[name]) == current(cast[name])
        row = book.fact("fct_conversations", cast[name])
        assert row["absorbed_conversation_count"] == 0
    assert book.customer(cast["absorbed"]) == redirected(kept)
    contact = book.fact("fct_contacts", cast["contact"])
    assert contact["conversation_id"] == goes
    assert book.fact("fct_conversations", goes)["handle_seconds"] == 95.5


def test_story_14_what_a_deleted_survivor_absorbed_leads_to_its_tombstone(
    book: Book,
) -> None:
    cast = book.casts["survivor_deleted_later"]
    kept = cast["survivor"]

    assert book.customer(cast["absorbed"]) == merged(
        kept, "2025-02-20 16:00", status="deleted"
    )
    assert book.customer(kept) == deleted(kept)
    for name in ("own", "moved"):
        assert book.conversation(cast[name]) == deleted(cast[name])
        row = book.fact("fct_conversations", cast[name])
        assert row["is_deleted"]
        assert row["customer_id"] == kept
        assert row["handle_seconds"] == 240
    owner = book.fact("dim_customers", kept)
    assert owner["is_deleted"]
    assert (owner["absorbed_profile_count"], owner["contact_count"]) == (1, 2)
    assert (owner["email_count"], owner["mobile_count"]) == (None, None)


def test_story_15_contradictions_are_settled_by_evidence_and_reported(
    book: Book,
) -> None:
    cast = book.casts["contradictory_evidence"]
    torn, right, wrong = cast["torn"], cast["right"], cast["wrong"]
    stale, alive = cast["stale"], cast["alive"]

    assert book.customer(torn) == replace(
        merged(right, "2025-02-21 15:00"), is_conflicted=True
    )
    assert book.customer(stale) == replace(
        merged(alive, "2025-02-21 16:00"), is_conflicted=True
    )
    assert book.customer(alive) == replace(current(alive), is_conflicted=True)
    for bystander in (right, wrong, cast["self"]):
        assert book.customer(bystander) == current(bystander)
    conflicts = book.rows("audit.audit_identity_conflicts", "entity = 'customer'")
    claims = {
        (row["reported_id"], row["target_id"], row["source_extract"]): row["is_chosen"]
        for row in conflicts
    }
    event, report = "customer_merged_event", "conversation_timestamps"
    assert claims == {
        (torn, right, event): True,
        (torn, wrong, report): False,
        (torn, right, "redirect_lookup"): False,
        (stale, alive, event): True,
        (stale, alive, report): False,
        (stale, alive, "redirect_lookup"): False,
        (alive, stale, event): False,
    }


def test_story_16_an_item_issued_again_is_one_message_and_twins_are_two(
    book: Book,
) -> None:
    cast = book.casts["items_issued_again"]
    items = book.tables["bridge_conversation_item_ids"]

    old = items[cast["old_item"]]
    assert old["resolution_status"] == "reissued"
    assert old["message_id"] != cast["old_item"]
    assert items[old["message_id"]]["resolution_status"] == "current"
    for twin in (cast["twin"], cast["other_twin"]):
        assert items[twin]["message_id"] == twin
        assert items[twin]["resolution_status"] == "current"


def test_story_17_a_redirect_alone_resolves_but_dates_nothing(book: Book) -> None:
    cast = book.casts["known_from_redirect"]
    kept, lost, moved = cast["survivor"], cast["absorbed"], cast["moved"]

    assert book.customer(lost) == redirected(kept)
    assert book.conversation(moved) == current(moved)
    assert book.fact("fct_conversations", moved)["customer_id"] == kept
    (contact,) = book.rows("marts.fct_contacts", f"conversation_id = '{moved}'")
    assert contact["customer_id"] == kept
    assert contact["reported_customer_id"] == lost


def test_story_18_an_erased_customer_keeps_ids_and_totals_only(book: Book) -> None:
    cast = book.casts["customer_erased"]
    owner = cast["customer"]

    assert book.customer(owner) == deleted(owner)
    for name in ("conversation", "second"):
        assert book.conversation(cast[name]) == deleted(cast[name])
        assert book.fact("fct_conversations", cast[name])["customer_id"] == owner
    for name in ("contact", "ended_by_erasure"):
        row = book.fact("fct_contacts", cast[name])
        assert (row["conversation_id"], row["customer_id"]) == (cast["second"], owner)
    row = book.fact("dim_customers", owner)
    assert (row["conversation_count"], row["contact_count"]) == (2, 3)
    assert (row["email_count"], row["mobile_count"]) == (None, None)


def test_story_19_a_conversation_in_work_sessions_alone_leaves_a_tombstone(
    book: Book,
) -> None:
    cast = book.casts["in_work_sessions_only"]
    made, owner = cast["conversation"], cast["customer"]

    assert book.conversation(made) == deleted(made)
    assert book.customer(owner) == current(owner)
    row = book.fact("fct_conversations", made)
    assert (row["customer_id"], row["handle_seconds"]) == (owner, 77.125)
    assert book.work_of(cast["contact"])["conversation_id"] == made
    assert book.fact("dim_customers", owner)["conversation_count"] == 2


def test_story_20_ids_that_nothing_explains_are_unresolved_and_still_count(
    book: Book,
) -> None:
    cast = book.casts["no_evidence"]
    owner, made = cast["customer"], cast["conversation"]

    assert book.customer(owner) == unresolved(owner)
    assert book.conversation(made) == unresolved(made)
    work = book.work_of(cast["contact"])
    assert (work["customer_id"], work["conversation_id"]) == (owner, made)
    assert work["handle_seconds"] == 61
    assert book.fact("fct_conversations", made)["handle_seconds"] == 61
    assert not book.fact("dim_customers", owner)["is_deleted"]


def test_story_43_ids_that_look_alike_stay_apart(book: Book) -> None:
    cast = book.casts["awkward_ids"]

    for name in ("upper", "lower"):
        owner, made = cast[f"{name}_customer"], cast[f"{name}_conversation"]
        assert book.customer(owner) == current(owner)
        assert book.conversation(made) == current(made)
        row = book.fact("fct_contacts", cast[f"{name}_contact"])
        assert (row["conversation_id"], row["customer_id"]) == (made, owner)
        assert book.fact("dim_customers", owner)["conversation_count"] == 1
    notes = ("Order-77-NOTE", "Order-77-note")
    items = book.tables["bridge_conversation_item_ids"]
    assert [items[note]["message_id"] for note in notes] == [*notes]


def test_story_46_a_shared_address_merges_no_one_and_breaks_a_rule(book: Book) -> None:
    cast = book.casts["shared_addresses"]

    for owner in cast.values():
        assert book.customer(owner) == current(owner)
        assert book.fact("dim_customers", owner)["conversation_count"] == 1
    violations = book.rows(
        "audit.audit_rule_violations", "entity = 'customer' and rule_id < 'R04'"
    )
    assert {
        (row["rule_id"], row["entity_id"])
        for row in violations
        if row["entity_id"] in cast.values()
    } == {
        ("R02", cast["upper"]),
        ("R02", cast["lower"]),
        ("R03", cast["mobile_one"]),
        ("R03", cast["mobile_two"]),
    }


# Many tenants ----------------------------------------------------------------


@dataclass(frozen=True)
class Tenants:
    """Tenants in one folder of extracts, and the database built from it."""

    written: list[Written]
    extracts: Path
    database: Path

    def truth(self) -> Truth:
        """Return the truth about all of them."""
        each = [compute_truth(written) for written in self.written]
        whole = Truth(max(truth.as_of for truth in each))
        for truth in each:
            for name, rows in truth.tables.items():
                whole.tables[name] += rows
        return whole

    def crosswalk(self, entity: str) -> dict[str, Row]:
        """Return the rows of a crosswalk by reported id."""
        table = f"marts.bridge_{entity}_ids"
        names = ("canonical", "status", "resolved_by", "hop_count", "merged_at")
        found = query(
            self.database,
            f"""
            select
                reported_{entity}_id, {entity}_id, resolution_status, resolved_by,
                hop_count, merged_at
            from {table}
            """,
        )
        return {key: dict(zip(names, row, strict=True)) for key, *row in found}

    def lineages(self, entity: str) -> dict[str, list[str]]:
        """Return what every id seen truly became, from itself to its last survivor."""
        return {
            an_id: lineage(written.state, entity, an_id)
            for written in self.written
            for an_id in getattr(written.emitted, f"{entity}s")
        }


def build_together(
    tenants: list[tuple[Tenant, list[Capture]]], folder: Path, compiled: Compiled
) -> Tenants:
    """Write tenants into one folder and build it; ids must not be shared."""
    extracts, database = folder / "extracts", folder / "gladly.duckdb"
    together = Tenants(
        [write_extracts(tenant, plan, extracts) for tenant, plan in tenants],
        extracts,
        database,
    )
    for entity in ("customer", "conversation"):
        seen = [len(getattr(each.emitted, f"{entity}s")) for each in together.written]
        assert sum(seen) == len(together.lineages(entity))
    compiled.build(extracts, database)
    return together


def at_a_company(
    customers: int, days: int, seed: int, *, at_the_end: bool = False
) -> tuple[Tenant, list[Capture]]:
    """Return a tenant of everyday work, pulled daily or once, when all is over."""
    tenant = random_tenant(customers, days, seed)
    plan = regular_plan(tenant, days, report_every=3)
    if at_the_end:
        end = tenant.start + timedelta(days=days, hours=2)
        plan = [whole_history(tenant, end, timezone="America/New_York")]
    return tenant, [replace(capture, label=f"tenant-{seed}") for capture in plan]


@pytest.fixture(scope="module")
def well_recorded(
    tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> Iterator[Tenants]:
    """Twenty tenants whose extracts hold every merge event and look up every id."""
    tenants = [at_a_company(30 + 5 * seed, 6, seed) for seed in range(1, 11)]
    tenants += [
        play(random_script(seed, is_reported=True), seed) for seed in range(11, 21)
    ]
    yield build_together(tenants, tmp_path_factory.mktemp("well-recorded"), compiled)


@pytest.mark.parametrize("table", [*CROSSWALKS, "dim_customers"])
def test_every_id_of_twenty_well_recorded_tenants_is_resolved_as_it_happened(
    table: str, well_recorded: Tenants
) -> None:
    truth = well_recorded.truth()
    found = differences(truth, well_recorded.database, table, claimed(truth, table))
    assert not found, found[:10]


@pytest.mark.parametrize("table", FACTS)
def test_facts_of_twenty_well_recorded_tenants_carry_canonical_and_reported_ids(
    table: str, well_recorded: Tenants
) -> None:
    truth = well_recorded.truth()
    found = differences(truth, well_recorded.database, table, FACTS[table])
    assert not found, found[:10]


def test_well_recorded_tenants_never_had_two_conversations_open(
    well_recorded: Tenants,
) -> None:
    found = query(
        well_recorded.database, "from audit.audit_rule_violations where rule_id = 'R08'"
    )
    assert found == []


def test_well_recorded_tenants_have_chains_and_conversations_that_became_others(
    well_recorded: Tenants,
) -> None:
    for entity, least in (("customer", 100), ("conversation", 30)):
        lineages = well_recorded.lineages(entity).values()
        assert sum(len(path) > 1 for path in lineages) >= least
        assert max(len(path) for path in lineages) >= 4


def untold(survivor: int, absorbed: int) -> Move:
    return Move("merge", survivor, absorbed, in_events=False, in_timestamps=False)


#: Two conversations are absorbed one after the other, without an event. What the last
#: owner had open at the first merge, when it was another profile, is not what the
#: first conversation became.
ABSORBED_TWICE = Script(
    3,
    [
        *(Move("open", 0), Move("open", 1), Move("open", 2), Move("pull")),
        *(untold(1, 0), Move("pull"), Move("close", 2), Move("open", 2)),
        untold(2, 1),
    ],
)
#: The survivor closed one conversation before the absorbed one began, and opened
#: another after it was shown as merged: neither was open at the merge.
ONE_OF_THREE = Script(
    2,
    [
        *(Move("open", 1), Move("close", 1), Move("open", 1), Move("open", 0)),
        *(untold(1, 0), Move("pull"), Move("close", 1), Move("open", 1)),
    ],
)
#: The first of two merges is reported, the second is not.
HALF_TOLD = Script(
    3,
    [
        *(Move("open", 0), Move("open", 1), Move("open", 2)),
        *(Move("merge", 1, 0), untold(2, 1)),
    ],
)
#: Three merges in one millisecond, after which the survivor is erased.
AT_ONE_MOMENT = Script(
    4,
    [
        *(Move("contact", 0), Move("contact", 1), Move("contact", 2)),
        *(Move("merge", 1, 0), Move("merge", 2, 1, at_once=True)),
        *(Move("merge", 3, 2, at_once=True), Move("erase", 3)),
    ],
)


@pytest.fixture(scope="module")
def contradictory(
    tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> Iterator[Tenants]:
    """Tenants of whose merges extracts report a part, or none; four are tiny."""
    tiny = (ABSORBED_TWICE, HALF_TOLD, AT_ONE_MOMENT, ONE_OF_THREE)
    tenants = [play(script, seed) for seed, script in enumerate(tiny, 101)]
    tenants += [at_a_company(70, 9, seed, at_the_end=True) for seed in range(21, 25)]
    tenants += [
        play(random_script(seed, is_reported=False), seed) for seed in range(25, 41)
    ]
    yield build_together(tenants, tmp_path_factory.mktemp("contradictory"), compiled)


@pytest.mark.parametrize("entity", ["customer", "conversation"])
def test_no_id_resolves_to_what_it_never_became(
    entity: str, contradictory: Tenants
) -> None:
    built, truth = contradictory.crosswalk(entity), contradictory.lineages(entity)

    assert built.keys() == truth.keys()
    wrong = {
        an_id: (row, truth[an_id])
        for an_id, row in built.items()
        if row["canonical"] not in truth[an_id]
    }
    assert not wrong


def test_a_conversation_absorbed_twice_unrecorded_is_not_given_to_a_bystander(
    contradictory: Tenants,
) -> None:
    first, second, bystander, last = contradictory.written[0].state.conversations
    built = contradictory.crosswalk("conversation")
    assert built[first]["canonical"] in (first, second, last)
    assert built[second]["canonical"] in (second, last)
    assert built[bystander]["canonical"] == bystander


def test_rule_r08_only_looks_at_conversations_open_at_the_merge(
    contradictory: Tenants,
) -> None:
    written = contradictory.written[3]
    before, survivor, absorbed, after = written.state.conversations
    built = contradictory.crosswalk("conversation")
    assert built[absorbed] == {
        "canonical": survivor,
        "status": "merged",
        "resolved_by": "single_open_rule",
        "hop_count": 1,
        "merged_at": None,
    }
    for an_id in (before, survivor, after):
        assert built[an_id]["status"] == "current"


def test_an_unrecorded_merge_after_a_recorded_one_is_followed_too(
    contradictory: Tenants,
) -> None:
    first, second, last = contradictory.written[1].state.conversations
    built = contradictory.crosswalk("conversation")
    found = {
        an_id: (row["canonical"], row["hop_count"]) for an_id, row in built.items()
    }
    assert found[first] == (last, 2)
    assert found[second] == (last, 1)
    assert built[first]["resolved_by"] == "customer_merged_event"
    assert built[second]["resolved_by"] == "single_open_rule"


def test_three_merges_of_one_millisecond_lead_to_the_erased_survivor(
    contradictory: Tenants,
) -> None:
    written = contradictory.written[2]
    *absorbed, last = written.state.customers
    built = contradictory.crosswalk("customer")
    assert [(built[i]["canonical"], built[i]["hop_count"]) for i in absorbed] == [
        (last, 3),
        (last, 2),
        (last, 1),
    ]
    assert built[last]["status"] == "deleted"


def test_customer_ids_resolve_as_far_as_extracts_show(contradictory: Tenants) -> None:
    built = contradictory.crosswalk("customer")
    evidence = read_evidence(contradictory.extracts)
    expected = resolve(built, evidence.customers, {})
    for an_id, right in expected.items():
        assert built[an_id] | {"status": None} == {
            "canonical": right.canonical,
            "status": None,
            "resolved_by": right.source_extract or "none",
            "hop_count": right.hop_count,
            "merged_at": right.merged_at,
        }


def test_a_customer_id_is_unresolved_where_no_extract_shows_it(
    contradictory: Tenants,
) -> None:
    built, truth = (
        contradictory.crosswalk("customer"),
        contradictory.lineages("customer"),
    )
    alive = read_evidence(contradictory.extracts).alive
    cut_short = {
        an_id: row["status"]
        for an_id, row in built.items()
        if row["canonical"] == an_id != truth[an_id][-1]
    }
    assert cut_short == {
        an_id: "current" if an_id in alive else "unresolved" for an_id in cut_short
    }
    assert [*cut_short.values()].count("unresolved") >= 5


def test_conversation_ids_resolve_wherever_extracts_show(
    contradictory: Tenants,
) -> None:
    built = contradictory.crosswalk("conversation")
    evidence = read_evidence(contradictory.extracts)
    told = resolve(built, evidence.conversations, {})
    short = {
        an_id: (row, told[an_id])
        for an_id, row in built.items()
        if row["resolved_by"] != "single_open_rule"
        and (row["resolved_by"], row["merged_at"])
        != (told[an_id].source_extract or "none", told[an_id].merged_at)
    }
    assert not short
    methods = [row["resolved_by"] for row in built.values()]
    assert methods.count("customer_merged_event") >= 20
    assert methods.count("conversation_timestamps") >= 5
    assert methods.count("single_open_rule") >= 3


@pytest.mark.parametrize("tenants", ["well_recorded", "contradictory"])
def test_two_different_messages_never_become_one(
    tenants: str, request: pytest.FixtureRequest
) -> None:
    together: Tenants = request.getfixturevalue(tenants)
    message_of = {
        an_id: item.ids[0]
        for written in together.written
        for item in written.state.items.values()
        for an_id in item.ids
    }
    found = query(
        together.database,
        "select reported_item_id, message_id from marts.bridge_conversation_item_ids",
    )
    assert found
    assert not [pair for pair in found if message_of[pair[0]] != message_of[pair[1]]]
