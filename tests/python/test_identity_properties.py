"""Every id resolves, to one id, as the rules say, whatever extracts report of merges.

Most properties run the compiled models on rows that hypothesis makes up: anything
can be reported there, contradictions included. The last play a true tenant from a
script and build its extracts.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from compare import rows
from compiled import Compiled
from gladly_sandbox.extracts import Written, whole_history, write_extracts
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.truth import compute_truth
from identity_sql import (
    CONVERSATION_MODELS,
    CUSTOMER_MODELS,
    ITEM_MODELS,
    IdentityModels,
)
from merge_rules import Edge, resolve
from merging_tenants import Move, Script, lineage, play
from project import query

START = datetime(2025, 1, 1)

on_rows = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
#: A script in a list is a tenant of its own; all of a list share one build.
on_tenants = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def models(
    tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> IdentityModels:
    folder = tmp_path_factory.mktemp("models")
    tenant = Tenant()
    inbox = tenant.add_inbox("Support")
    tenant.open_conversation(
        "2025-01-02", tenant.add_customer("2025-01-02"), inbox=inbox
    )
    write_extracts(tenant, [whole_history(tenant, "2025-01-03")], folder / "extracts")
    database = folder / "gladly.duckdb"
    compiled.build(folder / "extracts", database, is_tested=False)
    return IdentityModels(compiled, database)


def hour(number: int) -> datetime:
    return START + timedelta(hours=number)


# What is reported of customers ---------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What extracts say of customers: merges, and hours at which ids were seen.

    ``alive`` holds when an id was last proven alive, ``gone`` when it last answered
    404, ``erased`` ids with a deletion event, ``mentioned`` further ids.
    """

    edges: list[Edge]
    alive: dict[str, int] = field(default_factory=dict)
    gone: dict[str, int] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()

    def ids(self) -> set[str]:
        ends = {an_id for e in self.edges for an_id in (e.absorbed, e.surviving)}
        known = {an_id for an_id in ends if an_id}
        return known | {*self.alive, *self.gone, *self.erased, *self.mentioned}

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of staging that say so."""
        events = [_merge_event(e) for e in self.edges if e.source_extract == EVENT]
        events += [
            {"event_type": "customer_profile_deleted", "reported_customer_id": an_id}
            for an_id in sorted(self.erased)
        ]
        lookups: list[dict[str, Any]] = [
            {
                "requested_customer_id": e.absorbed,
                "lookup_outcome": "moved",
                "resolved_customer_id": e.surviving,
            }
            for e in self.edges
            if e.source_extract == REDIRECT
        ]
        lookups += [
            {
                "requested_customer_id": an_id,
                "lookup_outcome": "gone",
                "looked_up_at": hour(at),
            }
            for an_id, at in self.gone.items()
        ]
        mentions = [_mention("customer", an_id, 0, False) for an_id in self.ids()]
        mentions += [
            _mention("customer", an_id, at, True) for an_id, at in self.alive.items()
        ]
        return {
            "stg_gladly__events": events,
            "stg_gladly__conversation_timestamps_report": [
                {
                    "event_type": "customer_merged",
                    "merged_customer_id": e.absorbed,
                    "reported_customer_id": e.surviving,
                    "occurred_at": e.merged_at,
                }
                for e in self.edges
                if e.source_extract == REPORT
            ],
            "stg_gladly__customer_lookups": lookups,
            "stg_gladly__customer_mentions": mentions,
        }


EVENT, REPORT, REDIRECT = (
    "customer_merged_event",
    "conversation_timestamps",
    "redirect_lookup",
)


def _merge_event(edge: Edge) -> dict[str, Any]:
    return {
        "event_type": "customer_merged",
        "source_customer_id": edge.absorbed,
        "destination_customer_id": edge.surviving,
        "occurred_at": edge.merged_at,
    }


def _mention(entity: str, an_id: str, at: int, is_alive: bool) -> dict[str, Any]:
    return {
        f"reported_{entity}_id": an_id,
        "extract_name": "profiles" if is_alive else "work_session_events",
        "is_proof_of_life": is_alive,
        "first_captured_at": hour(at),
        "last_captured_at": hour(at),
    }


def edges(ids: st.SearchStrategy[str]) -> st.SearchStrategy[Edge]:
    """Merges reported by any extract, self merges and blank ids among them."""
    ends = ids | st.none()
    moments = st.integers(0, 4).map(hour)
    return st.builds(
        Edge, ends, ends, st.sampled_from([EVENT, REPORT]), moments
    ) | st.builds(Edge, ends, ends, st.just(REDIRECT), st.none())


few_ids = st.sampled_from("abcdef")
#: Ids as they are: case matters, and so does a leading dash.
odd_ids = st.sampled_from(["a", "A", "-a", "_a", "é", "a b", "0", "00"])


def told(ids: st.SearchStrategy[str]) -> st.SearchStrategy[Told]:
    return st.builds(
        Told,
        st.lists(edges(ids), max_size=10),
        st.dictionaries(ids, st.integers(0, 3), max_size=4),
        st.dictionaries(ids, st.integers(0, 3), max_size=3),
        st.frozensets(ids, max_size=2),
        st.frozensets(ids, max_size=2),
    )


CHAIN = [Edge(f"{n:02}", f"{n + 1:02}", EVENT, hour(n)) for n in range(40)]
STAR = [Edge(f"{n:02}", "hub", REPORT, hour(0)) for n in range(40)]
RING = [*CHAIN, Edge("40", "00", REDIRECT)]


@on_rows
@given(told(few_ids) | told(odd_ids))
@example(Told(CHAIN))
@example(Told(STAR))
@example(Told(RING, alive={"17": 2, "30": 1}))
def test_every_customer_id_leads_where_the_rules_say(
    models: IdentityModels, world: Told
) -> None:
    built = {
        row["reported_customer_id"]: row
        for row in models.run(CUSTOMER_MODELS, world.rows())
    }
    last_alive = {an_id: hour(at) for an_id, at in world.alive.items()}
    expected = resolve(world.ids(), world.edges, last_alive)

    assert built.keys() == expected.keys()
    statuses = {an_id: _status(world, an_id, expected) for an_id in expected}
    for an_id, right in expected.items():
        row = built[an_id]
        found = (
            row["customer_id"],
            row["resolution_status"],
            row["customer_status"],
            row["resolved_by"],
            row["hop_count"],
            row["merged_at"],
            row["is_conflicted"],
        )
        assert found == (
            right.canonical,
            statuses[an_id],
            statuses[right.canonical],
            right.source_extract or "none",
            right.hop_count,
            right.merged_at,
            right.is_conflicted,
        ), an_id


def _status(world: Told, an_id: str, resolved: Mapping[str, Any]) -> str:
    """Merged, else deleted if that is the newest news, else current if ever alive."""
    if resolved[an_id].hop_count:
        return "merged"
    alive, gone = world.alive.get(an_id, -1), world.gone.get(an_id, -1)
    if an_id in world.erased or gone > alive:
        return "deleted"
    return "current" if alive >= 0 else "unresolved"


# What is reported of conversations -----------------------------------------------


@dataclass(frozen=True)
class Exported:
    """A conversation as Conversation Export last showed it, moments as hours."""

    status: str
    customer: str
    created: int
    open_for: int | None
    captured: int


@dataclass(frozen=True)
class Held:
    """What extracts say of conversations, and of the profiles that own them.

    ``profiles`` and ``conversations`` are merges; ``worked`` are conversation and
    customer of rows that never change, ``gone`` ids that answered 404.
    """

    profiles: list[Edge]
    conversations: list[Edge]
    exported: dict[str, Exported]
    worked: list[tuple[str, str]] = field(default_factory=list)
    gone: frozenset[str] = frozenset()

    def ids(self) -> set[str]:
        ends = {i for e in self.conversations for i in (e.absorbed, e.surviving) if i}
        worked = {conversation for conversation, _ in self.worked}
        return ends | worked | self.exported.keys() | self.gone

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of staging that say so."""
        customers = {i for e in self.profiles for i in (e.absorbed, e.surviving) if i}
        customers |= {each.customer for each in self.exported.values()}
        customers |= {customer for _, customer in self.worked}
        mentions = [_mention("conversation", an_id, 0, False) for an_id in self.ids()]
        mentions += [
            {
                "reported_conversation_id": an_id,
                "extract_name": "conversation_export_report",
                "is_proof_of_life": each.status != "merged",
                "first_captured_at": hour(each.captured),
                "last_captured_at": hour(each.captured),
            }
            for an_id, each in self.exported.items()
        ]
        return {
            "stg_gladly__events": [
                *(_merge_event(e) for e in self.profiles),
                *(
                    {
                        "event_type": "customer_merged",
                        "source_conversation_id": e.absorbed,
                        "destination_conversation_id": e.surviving,
                        "occurred_at": e.merged_at,
                    }
                    for e in self.conversations
                ),
            ],
            "stg_gladly__customer_mentions": [
                _mention("customer", an_id, 0, True) for an_id in customers
            ],
            "stg_gladly__conversation_mentions": mentions,
            "stg_gladly__conversation_lookups": [
                {
                    "requested_conversation_id": an_id,
                    "lookup_outcome": "gone",
                    "looked_up_at": hour(20),
                }
                for an_id in self.gone
            ],
            "stg_gladly__conversation_export_report": [
                _export_row(an_id, each) for an_id, each in self.exported.items()
            ],
            "int_contacts_unioned": [
                {
                    "reported_conversation_id": conversation,
                    "reported_customer_id": customer,
                    "queued_at": hour(0),
                }
                for conversation, customer in self.worked
            ],
        }


def _export_row(an_id: str, each: Exported) -> dict[str, Any]:
    closed = None if each.open_for is None else hour(each.created + each.open_for)
    return {
        "reported_conversation_id": an_id,
        "reported_customer_id": each.customer,
        "conversation_status": each.status,
        "created_at": hour(each.created),
        "first_closed_at": closed,
        "last_closed_at": closed,
        "_captured_at": hour(each.captured),
    }


def event_edges(ids: st.SearchStrategy[str]) -> st.SearchStrategy[Edge]:
    ends = ids | st.none()
    return st.builds(Edge, ends, ends, st.just(EVENT), st.integers(0, 12).map(hour))


customers, conversations = st.sampled_from("ABC"), st.sampled_from("uvwxyz")
exports = st.builds(
    Exported,
    st.sampled_from(["merged", "closed", "open"]),
    customers,
    st.integers(0, 6),
    st.none() | st.integers(0, 6),
    st.integers(7, 12),
)
holdings = st.builds(
    Held,
    st.lists(event_edges(customers), max_size=3),
    st.lists(event_edges(conversations), max_size=4),
    st.dictionaries(conversations, exports, max_size=6),
    st.lists(st.tuples(conversations, customers), max_size=4),
    st.frozensets(conversations, max_size=2),
)


#: One conversation was absorbed into another that was absorbed itself, into an unknown
#: conversation: it can't be into itself.
ABSORBED_FURTHER = Held(
    profiles=[],
    conversations=[Edge("u", "v", EVENT, hour(1))],
    exported={
        "u": Exported("merged", "A", created=0, open_for=None, captured=7),
        "v": Exported("merged", "A", created=0, open_for=None, captured=7),
    },
)


@on_rows
@given(holdings)
@example(ABSORBED_FURTHER)
def test_every_conversation_id_stands_for_one_that_stands_for_itself(
    models: IdentityModels, world: Held
) -> None:
    built = models.run(CONVERSATION_MODELS, world.rows())
    by_id = {row["reported_conversation_id"]: row for row in built}

    assert len(built) == len(by_id)
    assert by_id.keys() == world.ids()
    told = resolve(world.ids(), world.conversations, {})
    for an_id, row in by_id.items():
        canonical = by_id[row["conversation_id"]]
        assert canonical["conversation_id"] == canonical["reported_conversation_id"]
        assert row["conversation_status"] == canonical["resolution_status"]
        has_moved = row["conversation_id"] != an_id
        assert (row["resolution_status"] == "merged") is has_moved
        assert (row["hop_count"] > 0) is has_moved
        assert (row["resolved_by"] != "none") is has_moved
        # Rule R08 applies only where a merge was shown and none was reported.
        end = told[an_id].canonical
        if row["conversation_id"] != end:
            assert world.exported[end].status == "merged"
            assert by_id[end]["resolved_by"] == "single_open_rule"


# What jobs deliver -----------------------------------------------------------


@dataclass(frozen=True)
class Delivered:
    """Jobs of items of one conversation, whose customer absorbed another profile.

    Each job lists item ids in file order; ``texts`` says which text an id has.
    """

    jobs: list[list[str]]
    texts: dict[str, str]

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of staging that say so."""
        return self.rows_of(
            {
                (number, an_id): self.texts[an_id]
                for number, job in enumerate(self.jobs)
                for an_id in job
            }
        )

    def rows_of(
        self, texts: dict[tuple[int, str], str]
    ) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of staging for texts by job and id."""
        copies = [
            {
                "conversation_item_id": an_id,
                "reported_conversation_id": "conversation",
                "content": _content(texts[number, an_id]),
                "_captured_at": hour(number),
                "_extract_file": f"job-{number}",
                "_record_number": place,
            }
            for number, job in enumerate(self.jobs)
            for place, an_id in enumerate(job, 1)
        ]
        newest = {copy["conversation_item_id"]: copy for copy in copies}
        items = [
            {
                **{name: value for name, value in copy.items() if name != "content"},
                "reported_customer_id": "kept",
                "occurred_at": START,
                "content_type": "sms",
                # The sender's id is of its time too.
                "initiator_id": "lost" if copy["_captured_at"] == START else "kept",
                "initiator_type": "customer",
            }
            for copy in newest.values()
        ]
        return {
            "stg_gladly__events": [_merge_event(Edge("lost", "kept", EVENT, START))],
            "stg_gladly__customer_mentions": [
                _mention("customer", "kept", 0, True),
                _mention("customer", "lost", 0, False),
            ],
            "stg_gladly__conversation_mentions": [
                _mention("conversation", "conversation", 0, True)
            ],
            "stg_gladly__conversation_items": items,
            "stg_gladly__conversation_item_copies": copies,
        }


@dataclass(frozen=True)
class Exported:
    """One customer's messages of one moment, each delivered by every job.

    ``messages`` has the text of each; ``renamed`` and ``redacted`` have the number of
    the job and the place of the message from which on it has a new id, or no text.
    """

    messages: list[str]
    jobs: int
    renamed: frozenset[tuple[int, int]]
    redacted: frozenset[tuple[int, int]]

    def item_id(self, job: int, place: int) -> str:
        """Return the id that a job gives a message."""
        renames = sum(1 for at, which in self.renamed if which == place and at <= job)
        return f"m{place}-{renames}"

    def text(self, job: int, place: int) -> str:
        """Return what a job says of a message."""
        is_redacted = any(at <= job and which == place for at, which in self.redacted)
        return "" if is_redacted else self.messages[place]

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of staging that say so."""
        places = range(len(self.messages))
        jobs = range(self.jobs)
        world = Delivered(
            [[self.item_id(job, each) for each in places] for job in jobs], {}
        )
        return world.rows_of(
            {
                (job, self.item_id(job, each)): self.text(job, each)
                for job in jobs
                for each in places
            }
        )


def _content(text: str) -> str:
    return json.dumps({"type": "SMS", "content": text})


item_ids = st.sampled_from(["i1", "i2", "i3", "i4"])
deliveries = st.builds(
    Delivered,
    st.lists(st.lists(item_ids, unique=True, max_size=4), max_size=4),
    st.fixed_dictionaries(
        {f"i{number}": st.sampled_from(["Hi", "Ho"]) for number in range(1, 5)}
    ),
)


@on_rows
@given(deliveries)
@example(Delivered([["i1"], ["i2"]], {"i1": "Hi", "i2": "Hi"}))
def test_items_of_one_job_are_never_one_message(
    models: IdentityModels, world: Delivered
) -> None:
    built = {
        row["reported_item_id"]: row["message_id"]
        for row in models.run(ITEM_MODELS, world.rows())
    }
    assert built.keys() == {an_id for job in world.jobs for an_id in job}
    for an_id, message in built.items():
        assert built[message] == message
        assert world.texts[message] == world.texts[an_id]
    for job in world.jobs:
        assert len({built[an_id] for an_id in job}) == len(job)


@on_rows
@given(st.permutations(["i1", "i2"]), st.sampled_from(["Hi", "Ho"]))
def test_an_item_issued_again_is_known_by_its_newest_id(
    models: IdentityModels, order: list[str], other: str
) -> None:
    old, new = order
    world = Delivered([[old], [new]], {old: "Hi", new: other})
    built = {
        row["reported_item_id"]: (row["message_id"], row["resolution_status"])
        for row in models.run(ITEM_MODELS, world.rows())
    }
    assert built[new] == (new, "current")
    assert built[old] == ((new, "reissued") if other == "Hi" else (old, "current"))


changes = st.frozensets(st.tuples(st.integers(1, 3), st.integers(0, 3)), max_size=5)
exports = st.builds(
    Exported,
    st.lists(st.sampled_from(["Hi", "Ho"]), min_size=1, max_size=4),
    st.integers(1, 4),
    changes,
    changes,
)


@on_rows
@given(exports)
@example(Exported(["Hi"], 2, frozenset({(1, 0)}), frozenset({(1, 0)})))
@example(Exported(["Hi", "Hi"], 2, frozenset({(1, 0), (1, 1)}), frozenset({(1, 0)})))
@example(Exported(["Hi", "Hi", "Hi"], 2, frozenset({(1, 0), (1, 2)}), frozenset()))
def test_messages_stay_as_many_as_were_written_whatever_is_issued_again_or_redacted(
    models: IdentityModels, world: Exported
) -> None:
    built = {
        row["reported_item_id"]: row["message_id"]
        for row in models.run(ITEM_MODELS, world.rows())
    }
    assert len(set(built.values())) == len(world.messages)
    for job in range(world.jobs):
        ids = [world.item_id(job, place) for place in range(len(world.messages))]
        assert len({built[an_id] for an_id in ids}) == len(ids)
    last = world.jobs - 1
    current = {world.item_id(last, place) for place in range(len(world.messages))}
    assert set(built.values()) == current
    if not world.redacted:
        assert {
            (world.text(0, place), world.text(0, int(built[an_id][1])))
            for place in range(len(world.messages))
            for an_id in [world.item_id(0, place)]
        } <= {("Hi", "Hi"), ("Ho", "Ho")}


# Tenants from scripts --------------------------------------------------------

person = st.integers(0, 4)
#: Opening and merging are what conversations become one another by.
moves = st.one_of(
    st.builds(Move, st.sampled_from(["open", "contact", "close", "pull"]), person),
    st.builds(Move, st.sampled_from(["open", "erase", "erase conversation"]), person),
    st.builds(
        Move,
        st.just("merge"),
        person,
        person,
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
)
scripts = st.builds(
    Script,
    st.integers(2, 5),
    st.lists(moves, min_size=1, max_size=16),
    st.frozensets(person, max_size=2),
)


def test_tenants_lose_nothing_and_no_id_becomes_what_it_never_was(
    compiled: Compiled,
) -> None:
    # Named as an argument of what is tried, all SQL would be printed with a failure.
    @on_tenants
    @given(st.lists(scripts, min_size=1, max_size=20))
    def holds(played: list[Script]) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            written = []
            for seed, script in enumerate(played):
                tenant, plan = play(script, seed)
                written.append(write_extracts(tenant, plan, folder / "extracts"))
            database = folder / "gladly.duckdb"
            compiled.build(folder / "extracts", database, is_tested=False)
            check_lineages(database, written)
            check_reported(database, played, written)
            check_sums(database, written)

    holds()


def check_lineages(database: Path, written: list[Written]) -> None:
    for entity in ("customer", "conversation"):
        truth = {
            an_id: lineage(each.state, entity, an_id)
            for each in written
            for an_id in getattr(each.emitted, f"{entity}s")
        }
        built = dict(
            query(
                database,
                f"""
                select reported_{entity}_id, {entity}_id
                from marts.bridge_{entity}_ids
                """,
            )
        )
        assert built.keys() == truth.keys()
        for an_id, canonical in built.items():
            assert canonical in truth[an_id], (an_id, canonical, truth[an_id])
            assert built[canonical] == canonical


def check_reported(
    database: Path, played: list[Script], written: list[Written]
) -> None:
    """Compare whole rows where the extracts report everything."""
    for entity in ("customer", "conversation"):
        table = f"bridge_{entity}_ids"
        columns = (f"{entity}_id", "resolution_status", "hop_count")
        built = {
            row[f"reported_{entity}_id"]: row
            for row in rows(database, table, (f"reported_{entity}_id", *columns))
        }
        for script, each in zip(played, written, strict=True):
            if not script.tells_all() or script.unseen:
                continue
            for right in compute_truth(each).tables[table]:
                found = built[right[f"reported_{entity}_id"]]
                assert found == {name: right[name] for name in found}


def check_sums(database: Path, written: list[Written]) -> None:
    """Compare seconds and counts of every fact with what work truly was done."""
    work = [
        work
        for each in written
        for contact in each.state.contacts.values()
        for work in contact.works.values()
        if (contact.id, work.agent_id) in each.emitted.work_sessions
    ]
    contact_count = sum(len(each.emitted.contacts) for each in written)
    sums = tuple(
        round(sum(getattr(each, f"{kind}_ms") for each in work) / 1000, 3)
        for kind in ("handle", "after_contact", "unknown")
    )
    for table, counted in (
        ("fct_work_sessions", ("count(*)", len(work))),
        ("fct_contacts", ("count(*)", contact_count)),
        ("fct_conversations", ("sum(contact_count)", contact_count)),
    ):
        (found,) = query(
            database,
            f"""
            select
                coalesce(round(sum(handle_seconds), 3), 0),
                coalesce(round(sum(after_contact_seconds), 3), 0),
                coalesce(round(sum(unknown_seconds), 3), 0),
                coalesce({counted[0]}, 0)
            from marts.{table}
            """,
        )
        assert found == (*sums, counted[1]), table
