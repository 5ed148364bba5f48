"""Simulated tenants: what dbt builds equals what truly happened in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from compare import Difference, differences
from compiled import Compiled
from gladly_sandbox.extracts import (
    Capture,
    regular_plan,
    whole_history,
    write_extracts,
)
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.stories import write_book
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.truth import MOVEMENTS, Truth, compute_truth
from project import kept_open, query

#: Columns compared, by table: all the truth has and the mart has.
COLUMNS = {
    "bridge_customer_ids": (
        "customer_id",
        "resolution_status",
        "customer_status",
        "hop_count",
        "merged_at",
        "first_seen_at",
        "last_seen_at",
    ),
    "bridge_conversation_ids": (
        "conversation_id",
        "resolution_status",
        "conversation_status",
        "hop_count",
        "merged_at",
        "first_seen_at",
        "last_seen_at",
    ),
    "bridge_conversation_item_ids": ("item_id", "message_id", "resolution_status"),
    "dim_agents": ("agent_name", "is_known", "is_system", "team_names"),
    "dim_inboxes": ("inbox_name", "is_disabled", "is_known"),
    "fct_conversations": (
        "last_closed_by_type",
        "is_fcr_eligible",
        "is_fcr_success",
        "assignment_count",
        "agent_reassignment_count",
        "customer_id",
        "conversation_status",
        "created_at",
        "first_closed_at",
        "last_closed_at",
        "close_count",
        "reopen_count",
        "created_to_first_closed_seconds",
        "created_to_last_closed_seconds",
        "created_to_first_closed_business_seconds",
        "created_to_last_closed_business_seconds",
        "created_inbox_id",
        "current_inbox_id",
        "current_agent_id",
        "last_closed_inbox_id",
        "last_closed_agent_id",
        "first_channel",
        "last_channel",
        "contact_count",
        "inbound_contact_count",
        "outbound_contact_count",
        "work_session_count",
        "agent_count",
        "handle_seconds",
        "after_contact_seconds",
        "unknown_seconds",
        "absorbed_conversation_count",
        "is_open",
        "is_deleted",
        "is_self_served",
        "topic_count",
        "is_untagged",
        "channels",
        "channel_count",
        "is_multichannel",
        "message_count",
        "customer_message_count",
        "agent_message_count",
        "automated_message_count",
        "note_count",
        "first_customer_message_at",
        "first_agent_reply_at",
        "first_reply_seconds",
        "first_reply_business_seconds",
    ),
    "fct_contacts": (
        "initiator_type",
        "conversation_id",
        "reported_conversation_id",
        "customer_id",
        "reported_customer_id",
        "channel",
        "direction",
        "entry_point",
        "contact_status",
        "queued_inbox_id",
        "ended_inbox_id",
        "ended_agent_id",
        "queued_at",
        "offered_at",
        "accepted_at",
        "fulfilled_at",
        "fulfilled_type",
        "due_at",
        "ended_at",
        "queued_to_accepted_seconds",
        "queued_to_fulfilled_seconds",
        "queued_to_fulfilled_business_seconds",
        "queued_to_ended_seconds",
        "sla_target_seconds",
        "is_within_sla",
        "work_session_count",
        "agent_count",
        "handle_seconds",
        "after_contact_seconds",
        "unknown_seconds",
        "talk_seconds",
        "hold_seconds",
        "message_count",
        "transfer_count",
        "missed_count",
        "declined_count",
        "is_open",
        "previous_contact_at",
        "is_repeat_contact",
        "is_in_contact_export",
        "is_in_work_sessions",
    ),
    "fct_work_sessions": (
        "work_session_id",
        "conversation_id",
        "reported_conversation_id",
        "customer_id",
        "reported_customer_id",
        "inbox_id",
        "accepted_inbox_id",
        "channel",
        "direction",
        "contact_created_at",
        "routed_at",
        "accepted_at",
        "fulfilled_at",
        "contact_ended_at",
        "handle_seconds",
        "after_contact_seconds",
        "unknown_seconds",
        "is_within_sla",
    ),
    "fct_conversation_status_intervals": (
        "conversation_id",
        "status",
        "valid_to",
        "ended_by",
    ),
    "fct_conversation_assignments": (
        "conversation_id",
        "inbox_id",
        "agent_id",
        "assignee_type",
        "assigned_at",
        "unassigned_at",
        "assigned_seconds",
        "assignment_reason",
        "assigned_by_type",
        "assigned_by_agent_id",
        "is_current",
    ),
    "fct_agent_status_intervals": (
        "status",
        "reason",
        "valid_to",
        "duration_seconds",
        "is_current",
    ),
    "fct_agent_daily": (
        "logged_in_seconds",
        "active_seconds",
        "away_seconds",
        "work_session_count",
        "contact_count",
        "handle_seconds",
        "after_contact_seconds",
        "unknown_seconds",
        "message_sent_count",
        "closed_conversation_count",
        "occupancy_rate",
    ),
    "fct_messages": (
        "reported_conversation_id",
        "reported_customer_id",
        "conversation_id",
        "customer_id",
        "contact_id",
        "contact_link_method",
        "channel",
        "content_type",
        "sender_type",
        "agent_id",
        "answered_by_agent_id",
        "sent_at",
        "content_length",
        "is_redacted",
        "is_from_agent",
        "is_from_customer",
        "is_automated",
    ),
    "fct_contact_events": (
        "due_at",
        "event_id",
        "source_extract",
        "event_type",
        "occurred_at",
        "conversation_id",
        "reported_conversation_id",
        "customer_id",
        "reported_customer_id",
        "channel",
        "initiator_type",
        "initiator_agent_id",
        "assigned_inbox_id",
        "assigned_agent_id",
        "offered_agent_id",
        "target_inbox_id",
        "target_agent_id",
        "message_id",
        "reported_message_id",
        "transfer_type",
        "reason",
        "fulfilled_type",
        "end_status",
    ),
    "dim_inbox_versions": (
        "inbox_name",
        "is_disabled",
        "valid_to",
        "is_current",
    ),
    "fct_conversation_topics": (
        "added_at",
        "removed_at",
        "added_by_type",
        "added_by_agent_id",
        "is_current",
        "allocation_weight",
    ),
    "dim_topics": (
        "topic_name",
        "parent_topic_id",
        "root_topic_id",
        "topic_path",
        "depth",
        "is_disabled",
        "is_deleted",
        "is_leaf",
        "has_namesakes",
        "is_in_circle",
        "conversation_count",
        "is_known",
    ),
    "dim_topic_versions": (
        "topic_name",
        "parent_topic_id",
        "topic_path",
        "is_disabled",
        "valid_to",
        "is_current",
    ),
    "fct_inbox_daily": (
        *(f"{how}_count" for how in MOVEMENTS),
        "open_count",
        "contacts_queued_count",
        "contacts_fulfilled_count",
        "contacts_within_sla_count",
        "contacts_ended_count",
        "contacts_abandoned_count",
        "handle_seconds",
        "after_contact_seconds",
        "customer_count",
    ),
    "fct_topic_daily": tuple(
        f"{prefix}{name}"
        for prefix in ("", "branch_")
        for name in (
            "created_count",
            "added_count",
            "removed_count",
            "closed_count",
            "open_count",
            "handle_seconds",
        )
    ),
    "bridge_topic_ancestors": ("distance",),
    "dim_answers": ("answer_name", "is_deleted", "deleted_at", "content_count"),
    "dim_answer_contents": ("content_length", "is_deleted"),
    "fct_answer_usage_daily": ("click_count",),
    "dim_customers": (
        "first_seen_at",
        "last_seen_at",
        "first_conversation_at",
        "last_conversation_at",
        "email_count",
        "mobile_count",
        "customer_status",
        "absorbed_profile_count",
        "conversation_count",
        "open_conversation_count",
        "has_open_conversation",
        "contact_count",
        "repeat_contact_count",
        "last_contact_at",
        "is_deleted",
    ),
    "fct_customer_topics": (
        "conversation_count",
        "contact_count",
        "first_added_at",
        "last_added_at",
    ),
}

#: Days of inboxes and topics. In the scenario book the moments of two merges
#: cannot be known, so what was open on the days between is not known.
DAYS = ("fct_inbox_daily", "fct_topic_daily")

#: Contact Export reports these when a contact ends.
TOLD_AT_THE_END = (
    "talk_seconds",
    "hold_seconds",
    "message_count",
    "transfer_count",
    "missed_count",
    "declined_count",
)
#: Contact Export reports these of calls only.
TOLD_OF_CALLS = ("talk_seconds", "hold_seconds")

#: Work Sessions alone reports these of a contact.
ONLY_IN_WORK_SESSIONS = ("work_session_count", "agent_count", "unknown_seconds")
#: Work Sessions reports these of a contact, or else Contact Export.
IN_EITHER_REPORT = ("handle_seconds", "after_contact_seconds")
#: Nothing reports these of a day before Agent Timestamps was first captured.
OF_AGENT_STATUSES = (
    "logged_in_seconds",
    "active_seconds",
    "away_seconds",
    "occupancy_rate",
)

Plan = Callable[[Tenant, int], list[Capture]]


def often(tenant: Tenant, days: int) -> list[Capture]:
    """Pull reports every second day."""
    return regular_plan(tenant, days, report_every=2)


def at_the_end(tenant: Tenant, days: int) -> list[Capture]:
    """Pull everything once, report times on the clock of New York."""
    end = tenant.start + timedelta(days=days, hours=2)
    return [whole_history(tenant, end, timezone="America/New_York")]


def at_the_end_with_offsets(tenant: Tenant, days: int) -> list[Capture]:
    """Pull everything once, report times with an offset."""
    end = tenant.start + timedelta(days=days, hours=2)
    return [whole_history(tenant, end, iso=True)]


@dataclass(frozen=True)
class Played:
    """A tenant as it was, and the database built from its extracts."""

    truth: Truth
    database: Path


#: Customers, days, seed, and how the extracts are pulled. A build takes as long for a
#: hundred customers as for a thousand, so there are few tenants, and many in each; more
#: of them, to whom worse happens, are in test_scenes.py and test_partial_tenants.py.
TENANTS: list[tuple[int, int, int, Plan]] = [
    # One contact is offered, accepted and fulfilled, and still open at the end.
    (110, 4, 100, regular_plan),
    (400, 14, 3, at_the_end),
    (400, 30, 5, at_the_end_with_offsets),
    (500, 13, 201, often),
    (1200, 30, 7, regular_plan),
]


@pytest.fixture(scope="module")
def book(
    tmp_path_factory: pytest.TempPathFactory, compiled: Compiled
) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("book")
    truth = as_far_as_reported(write_book(folder / "extracts"))
    database = folder / "gladly.duckdb"
    compiled.build(folder / "extracts", database)
    with kept_open(database):
        yield Played(truth, database)


@pytest.fixture(
    scope="module",
    params=TENANTS,
    ids=lambda it: f"{it[0]} customers, seed {it[2]}, pulled {it[3].__name__}",
)
def played(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    compiled: Compiled,
) -> Iterator[Played]:
    customers, days, seed, plan = request.param
    folder = tmp_path_factory.mktemp("tenant")
    tenant = random_tenant(customers, days, seed)
    written = write_extracts(tenant, plan(tenant, days), folder / "extracts")
    database = folder / "gladly.duckdb"
    compiled.build(folder / "extracts", database)
    truth = as_far_as_reported(compute_truth(written))
    with kept_open(database):
        yield Played(truth, database)


def as_far_as_reported(truth: Truth) -> Truth:
    """Take out of the truth what Contact Export leaves blank by design."""
    for row in truth.tables["fct_contacts"]:
        if row["is_open"] or not row["is_in_contact_export"]:
            row.update(dict.fromkeys(TOLD_AT_THE_END))
        if not row["is_in_contact_export"]:
            # Its start may have been reported by an event, or by nothing.
            del row["initiator_type"]
        if row["channel"] != "phone_call":
            row.update(dict.fromkeys(TOLD_OF_CALLS))
        if not row["is_in_work_sessions"]:
            row.update(dict.fromkeys(ONLY_IN_WORK_SESSIONS))
            if row["is_open"] or not row["is_in_contact_export"]:
                row.update(dict.fromkeys(IN_EITHER_REPORT))
            else:
                # Contact Export has its own sums, which the truth does not keep.
                for column in IN_EITHER_REPORT:
                    del row[column]
    partly_worked = {
        row["conversation_id"]
        for row in truth.tables["fct_contacts"]
        if not row["is_in_work_sessions"]
    }
    for row in truth.tables["fct_conversations"]:
        if row["conversation_id"] in partly_worked:
            # Sums are of what is known: test_absence.py holds them to it.
            for column in (*ONLY_IN_WORK_SESSIONS, *IN_EITHER_REPORT):
                del row[column]
    days = truth.tables["fct_agent_daily"]
    seen = [row["activity_date"] for row in days if row["logged_in_seconds"]]
    for row in days:
        if row["activity_date"] < min(seen, default=""):
            for column in OF_AGENT_STATUSES:
                del row[column]
    for row in truth.tables["fct_messages"]:
        # An inferred link is held to its precision in test_message_links.py.
        if row["contact_link_method"] is None:
            del row["contact_id"], row["contact_link_method"]
    return truth


@pytest.mark.parametrize("table", COLUMNS)
def test_every_row_and_value_is_true(table: str, played: Played) -> None:
    found = differences(
        played.truth,
        played.database,
        table,
        COLUMNS[table],
        # A share of a second is rounded; half a millisecond goes either way.
        tolerance=0.0011 if table == "fct_topic_daily" else 0.0,
    )
    assert not found, told(found)


def test_a_tenant_that_keeps_the_rules_is_accused_of_nothing(played: Played) -> None:
    assert query(played.database, "from audit.audit_rule_violations") == []


@pytest.mark.parametrize("table", [name for name in COLUMNS if name not in DAYS])
def test_every_story_of_the_scenario_book_is_reported_as_it_was(
    table: str, book: Played
) -> None:
    found = differences(book.truth, book.database, table, COLUMNS[table])
    assert not found, told(found)


def told(found: list[Difference]) -> str:
    """Return differences as text, one a line, the first of each column first."""
    seen: dict[tuple[str, str], list[Difference]] = {}
    for each in found:
        seen.setdefault((each.table, each.column), []).append(each)
    parts = [
        f"{table}.{column}: {len(those)} differ\n"
        + "\n".join(
            f"    {each.key}: truth {each.truth!r}, built {each.built!r}"
            for each in those[:5]
        )
        for (table, column), those in seen.items()
    ]
    return "\n".join(parts)
