"""The scenario book: what its raw files show, story by story."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gladly_sandbox.stories import STORIES, VARIANTS, Book, play_book, write_book
from gladly_sandbox.stories.stage import Cast
from gladly_sandbox.truth import Truth

Rows = list[dict[str, str]]
REQUIRED = {
    "ConversationExportReport",
    "ContactExportReportV3",
    "WorkSessionEvents",
}


@dataclass(frozen=True)
class Shelf:
    """The written book, and the ids of its stories."""

    root: Path
    truth: Truth
    book: Book

    def cast(self, name: str) -> Cast:
        """Return the ids of a story."""
        return self.book.casts[name]

    def report(self, name: str, stamp: str, label: str = "weekly") -> Rows:
        """Return the rows of one capture of a report."""
        return read_csv(self.root / "reports" / name / f"{stamp}__{label}.csv")

    def captures(self, name: str) -> Iterator[tuple[str, Rows]]:
        """Yield the intact captures of a report by file name, in time order."""
        for path in sorted((self.root / "reports" / name).iterdir()):
            if "damaged" not in path.name and path.stat().st_size > 2:
                yield path.name, read_csv(path)

    def entity(self, name: str, stamp: str, label: str = "weekly") -> dict[str, Any]:
        """Return the objects of an entity capture by id."""
        path = self.root / "entities" / name / f"{stamp}__{label}.jsonl"
        return {record["id"]: record for record in read_lines(path)}

    def lookup(self, kind: str, an_id: str) -> dict[str, Any] | None:
        """Return what the last look-up said about an id."""
        path = self.root / "lookups" / kind / "20250630T020000Z__history.jsonl"
        found = [line for line in read_lines(path) if line["requestedId"] == an_id]
        return found[0] if found else None

    def items(self, an_id: str) -> list[dict[str, Any]]:
        """Return every delivery of an item, by the time of its job."""
        found = []
        for folder in (self.root / "exports").iterdir():
            job = json.loads((folder / "job.json").read_text("utf-8"))
            if "damaged" in job["id"]:
                continue
            for item in read_lines(folder / "conversation_items.jsonl"):
                if item["id"] == an_id:
                    found.append({**item, "job": job["updatedAt"]})
        return sorted(found, key=lambda item: str(item["job"]))

    def events(self) -> list[dict[str, Any]]:
        """Return all events of intact pulls."""
        return [
            event
            for path in sorted((self.root / "events").iterdir())
            if "damaged" not in path.name
            for event in read_lines(path)
        ]


def read_csv(path: Path) -> Rows:
    """Return the rows of a report, tolerating what story 47 does to files."""
    text = path.read_bytes().decode("utf-8-sig").lstrip("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def where(rows: Rows, **wanted: str) -> Rows:
    """Return the rows that have these values; ``Event_Type`` means Event Type."""
    pairs = [
        (name if name.islower() else name.replace("_", " "), value)
        for name, value in wanted.items()
    ]
    return [row for row in rows if all(row[name] == value for name, value in pairs)]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Write the book once."""
    root = tmp_path_factory.mktemp("book")
    return Shelf(root, write_book(root), play_book())


def test_every_story_but_the_variants_52_to_54_is_in_the_registry_once() -> None:
    numbers = [*range(1, 52), *range(55, 59)]
    assert [story.number for story in STORIES] == numbers
    assert len({story.name for story in STORIES}) == len(numbers)


def test_every_story_says_what_happens_and_what_must_be_shown() -> None:
    for story in STORIES:
        text = story.function.__doc__ or ""
        assert len(text.strip().splitlines()) >= 3, story.name


def test_writing_the_book_twice_gives_the_same_bytes(
    shelf: Shelf, tmp_path: Path
) -> None:
    again = write_book(tmp_path)
    first, second = (
        {path.relative_to(root): path.read_bytes() for path in files(root)}
        for root in (shelf.root, tmp_path)
    )
    assert first == second
    assert again == shelf.truth


def files(root: Path) -> list[Path]:
    """Return all files under a folder."""
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_the_book_stays_small(shelf: Shelf) -> None:
    assert sum(path.stat().st_size for path in files(shelf.root)) < 2_000_000


def test_every_table_of_the_truth_has_rows(shelf: Shelf) -> None:
    assert all(shelf.truth.tables.values())


def test_every_kind_of_extract_has_records(shelf: Shelf) -> None:
    kinds = [shelf.root / "events", shelf.root / "exports"]
    for folder in ("reports", "entities", "lookups"):
        kinds += sorted((shelf.root / folder).iterdir())
    assert len(kinds) == 2 + 7 + 11 + 2
    for kind in kinds:
        lines = [len(path.read_bytes().splitlines()) for path in files(kind)]
        assert max(lines) > (0 if kind.name == "organization" else 1), kind


def test_only_example_addresses_and_fictitious_numbers_appear(shelf: Shelf) -> None:
    for path in (shelf.root / "entities" / "customer_profiles").iterdir():
        for profile in read_lines(path):
            for email in profile.get("emails", ()):
                assert email["normalized"].split("@")[1] in (
                    "example.com",
                    "example.net",
                )
            for phone in profile.get("phones", ()):
                assert phone["original"].startswith("+120255501")


def test_a_conversation_resolved_by_ai_has_no_contact(shelf: Shelf) -> None:
    made = shelf.cast("resolved_by_ai")["conversation"]
    rows = where(
        shelf.report("ConversationExportReport", "20250210T020000Z"),
        Conversation_ID=made,
    )
    assert [row["Count of Contacts"] for row in rows] == ["0"]
    for _, sessions in shelf.captures("WorkSessionEvents"):
        assert not where(sessions, conversation_id=made)
    assert shelf.truth.row("fct_conversations", made)["is_self_served"]


def test_only_rest_shows_that_a_conversation_waits(shelf: Shelf) -> None:
    cast = shelf.cast("still_open")
    rest = shelf.entity("conversations", "20250630T020000Z", "history")
    assert rest[cast["waiting"]]["status"] == "WAITING"
    assert rest[cast["new"]]["status"] == "OPEN"
    report = shelf.report("ConversationExportReport", "20250630T020000Z", "history")
    assert where(report, Conversation_ID=cast["waiting"])[0]["Status"] == "OPEN"


def test_four_closes_one_of_them_by_a_rule(shelf: Shelf) -> None:
    made = shelf.cast("reopened_three_times")["conversation"]
    rows = shelf.report("ConversationTimestampsReport", "20250210T020000Z")
    closes = where(rows, Conversation_ID=made, Event_Type="CONVERSATION/CLOSED")
    assert sorted(row["Initiator Type"] for row in closes) == [
        "AGENT",
        "AGENT",
        "AGENT",
        "AUTOMATION",
    ]


def test_an_absorbed_id_appears_with_status_merged(shelf: Shelf) -> None:
    cast = shelf.cast("both_open")
    report = shelf.report("ConversationExportReport", "20250630T020000Z", "history")
    (absorbed,) = where(report, Conversation_ID=cast["goes"])
    assert absorbed["Status"] == "MERGED"
    assert absorbed["Customer ID"] == cast["survivor"]
    assert shelf.lookup("conversations", cast["goes"]) == {
        "requestedId": cast["goes"],
        "status": 404,
    }


def test_work_sessions_keep_absorbed_ids_for_ever(shelf: Shelf) -> None:
    cast = shelf.cast("both_open")
    for _, rows in shelf.captures("WorkSessionEvents"):
        for row in where(rows, contact_session_id=cast["contact"]):
            assert row["conversation_id"] == cast["goes"]
            assert row["customer_id"] == cast["absorbed"]
    contact = shelf.truth.row("fct_contacts", cast["contact"])
    assert contact["conversation_id"] == cast["stays"]
    assert contact["reported_conversation_id"] == cast["goes"]


def test_a_chain_leaves_work_under_the_ids_of_every_stage(shelf: Shelf) -> None:
    cast = shelf.cast("chain_over_months")
    shown = {
        row["customer_id"]
        for _, rows in shelf.captures("WorkSessionEvents")
        for row in rows
    }
    assert {cast["a"], cast["b"], cast["c"]} <= shown
    bridge = shelf.truth.row("bridge_customer_ids", cast["a"])
    assert (bridge["customer_id"], bridge["hop_count"]) == (cast["c"], 2)


def test_a_merge_never_captured_leaves_no_event_and_no_redirect(shelf: Shelf) -> None:
    cast = shelf.cast("merge_never_captured")
    for _, rows in shelf.captures("ConversationTimestampsReport"):
        assert not where(rows, Merged_Customer_ID=cast["absorbed"])
    assert shelf.lookup("customers", cast["absorbed"]) is None
    row = shelf.truth.row("bridge_conversation_ids", cast["goes"])
    assert row["conversation_id"] == cast["stays"]
    assert row["resolved_by"] == "single_open_rule"
    customer = shelf.truth.row("bridge_customer_ids", cast["absorbed"])
    assert customer["resolution_status"] == "unresolved"


def test_two_candidates_leave_a_merged_id_unresolved(shelf: Shelf) -> None:
    cast = shelf.cast("merge_with_two_candidates")
    for stamp, label in (("20250224", "weekly"), ("20250630", "history")):
        rows = shelf.report("ConversationExportReport", f"{stamp}T020000Z", label)
        assert where(rows, Conversation_ID=cast["goes"])[0]["Status"] == "MERGED"
    row = shelf.truth.row("bridge_conversation_ids", cast["goes"])
    assert row["resolution_status"] == "unresolved"
    contact = shelf.truth.row("fct_contacts", cast["contact"])
    assert contact["conversation_id"] == cast["goes"]


def test_event_report_circle_and_self_merge_contradict_each_other(
    shelf: Shelf,
) -> None:
    cast = shelf.cast("contradictory_evidence")
    edges = {
        (
            event["content"]["sourceCustomerId"],
            event["content"]["destinationCustomerId"],
        )
        for event in shelf.events()
        if event["type"] == "CUSTOMER/MERGED"
    }
    assert (cast["torn"], cast["right"]) in edges
    assert {(cast["stale"], cast["alive"]), (cast["alive"], cast["stale"])} <= edges
    assert (cast["self"], cast["self"]) in edges
    report = shelf.report("ConversationTimestampsReport", "20250224T020000Z")
    claims = where(report, Merged_Customer_ID=cast["torn"])
    assert [row["Customer ID"] for row in claims] == [cast["wrong"]]
    torn = shelf.truth.row("bridge_customer_ids", cast["torn"])
    assert (torn["customer_id"], torn["is_conflicted"]) == (cast["right"], True)


def test_an_item_has_its_old_id_before_and_a_new_one_after_the_merge(
    shelf: Shelf,
) -> None:
    cast = shelf.cast("items_issued_again")
    old = shelf.truth.row("bridge_conversation_item_ids", cast["old_item"])
    assert old["resolution_status"] == "reissued"
    before, after = shelf.items(cast["old_item"]), shelf.items(old["message_id"])
    assert before
    assert after
    assert max(item["job"] for item in before) < min(item["job"] for item in after)
    assert before[0]["content"] == after[0]["content"]


def test_two_identical_messages_come_in_one_job(shelf: Shelf) -> None:
    cast = shelf.cast("items_issued_again")
    one, two = shelf.items(cast["twin"])[0], shelf.items(cast["other_twin"])[0]
    assert one["id"] != two["id"]
    assert {**one, "id": ""} == {**two, "id": ""}


def test_a_redirect_is_the_only_trace_of_a_merge(shelf: Shelf) -> None:
    cast = shelf.cast("known_from_redirect")
    assert shelf.lookup("customers", cast["absorbed"]) == {
        "requestedId": cast["absorbed"],
        "status": 301,
        "resolvedId": cast["survivor"],
    }
    assert not any(
        event["content"].get("sourceCustomerId") == cast["absorbed"]
        for event in shelf.events()
    )


def test_an_erased_customer_is_in_frozen_reports_only(shelf: Shelf) -> None:
    cast = shelf.cast("customer_erased")
    last = shelf.report("ConversationExportReport", "20250630T020000Z", "history")
    assert not where(last, Customer_ID=cast["customer"])
    assert where(
        shelf.report("ConversationExportReport", "20250217T020000Z"),
        Customer_ID=cast["customer"],
    )
    for name, label in (
        ("WorkSessionEvents", "customer_id"),
        ("ContactExportReportV3", "Customer ID"),
    ):
        rows = shelf.report(name, "20250414T020000Z")
        assert [row for row in rows if row[label] == cast["customer"]], name
    found = shelf.lookup("customers", cast["customer"])
    assert found is not None
    assert found["status"] == 404
    assert shelf.truth.row("dim_customers", cast["customer"])["is_deleted"]


def test_some_ids_are_in_work_sessions_and_nowhere_else(shelf: Shelf) -> None:
    alone = shelf.cast("in_work_sessions_only")["conversation"]
    unknown = shelf.cast("no_evidence")
    paths = [
        path
        for path in files(shelf.root)
        if "WorkSessionEvents" not in path.parts and "damaged" not in str(path)
    ]
    texts = {path: path.read_text("utf-8") for path in paths}
    assert {path.parent.name for path, text in texts.items() if alone in text} == {
        "conversations"
    }
    for an_id in (unknown["customer"], unknown["conversation"]):
        assert not [path for path, text in texts.items() if an_id in text]


def test_inbox_versions_show_names_disabled_and_the_swap(shelf: Shelf) -> None:
    cast = shelf.cast("inbox_changes")
    seen = []
    for day in ("20250120", "20250203", "20250210", "20250224", "20250324"):
        inboxes = shelf.entity("inboxes", f"{day}T020000Z")
        first = inboxes[cast["one"]]
        seen.append((first["name"], first["disabled"], inboxes[cast["two"]]["name"]))
    assert seen == [
        ("East Coast", False, "West"),
        ("East", False, "West"),
        ("East", True, "West"),
        ("East", False, "West"),
        ("West", False, "East"),
    ]


def test_an_agent_deactivated_loses_the_conversation(shelf: Shelf) -> None:
    made = shelf.cast("four_causes")["conversation"]
    rows = where(
        shelf.report("ConversationTimestampsReport", "20250317T020000Z"),
        Conversation_ID=made,
        Event_Type="CONVERSATION_ASSIGNEE/UPDATED",
    )
    assert [row["Assignment Update Reason"] for row in rows] == [
        "MANUAL",
        "AUTOMATED_ASSIGNMENT",
        "CUSTOMER_CONVERSATION_MERGE",
        "USER_DEACTIVATION",
    ]


def test_topics_move_lie_in_a_circle_and_vanish(shelf: Shelf) -> None:
    cast = shelf.cast("moved_and_namesakes")
    before = shelf.entity("topics", "20250317T020000Z")
    after = shelf.entity("topics", "20250630T020000Z", "history")
    assert before[cast["moved"]]["parentId"] != after[cast["moved"]]["parentId"]
    assert after[cast["under_orders"]]["disabled"]
    assert (
        before[cast["under_orders"]]["name"] == before[cast["under_shipping"]]["name"]
    )
    circle = shelf.cast("parent_circle")
    assert after[circle["egg"]]["parentId"] == circle["hen"]
    assert after[circle["hen"]]["parentId"] == circle["egg"]
    gone = shelf.cast("topic_deleted")["topic"]
    assert gone in before
    assert gone not in after


def test_a_placeholder_row_comes_before_the_ended_row(shelf: Shelf) -> None:
    contact = shelf.cast("placeholder_then_ended")["contact"]
    first, second = (
        where(
            shelf.report("WorkSessionEvents", f"{day}T020000Z"),
            contact_session_id=contact,
        )[0]
        for day in ("20250331", "20250407")
    )
    assert (first["id"], first["agent_id"], first["contact_session_ended_at"]) == (
        "",
        "",
        "",
    )
    assert second["id"]
    assert second["agent_id"]
    assert second["work_session_handle_time_sec"] == "512.5"


def test_after_contact_seconds_grow_over_three_captures(shelf: Shelf) -> None:
    contact = shelf.cast("after_contact_grows")["contact"]
    grown = [
        row["work_session_after_contact_time_sec"]
        for _, rows in shelf.captures("WorkSessionEvents")
        for row in where(rows, contact_session_id=contact)
    ]
    assert grown == ["4", "34.5", "96"]


def test_none_one_and_three_agents_worked_on_a_contact(shelf: Shelf) -> None:
    cast = shelf.cast("none_one_three")
    rows = shelf.report("WorkSessionEvents", "20250331T020000Z")
    agents = {
        name: [row["agent_id"] for row in where(rows, contact_session_id=cast[name])]
        for name in ("none", "one", "three")
    }
    assert agents["none"] == [""]
    assert len(agents["one"]) == 1
    assert len(set(agents["three"])) == 3


def test_the_lower_of_two_stacked_sessions_has_no_agent(shelf: Shelf) -> None:
    cast = shelf.cast("stacked_outbound")
    rows = shelf.report("WorkSessionEvents", "20250331T020000Z")
    (mail,) = where(rows, contact_session_id=cast["email"])
    (text,) = where(rows, contact_session_id=cast["sms"])
    assert (mail["agent_id"], mail["work_session_handle_time_sec"]) == ("", "0")
    assert text["work_session_handle_time_sec"] == "245.75"


def test_each_of_two_contacts_is_in_one_report_only(shelf: Shelf) -> None:
    cast = shelf.cast("in_one_report_only")
    row = shelf.truth.row
    alone = row("fct_contacts", cast["work_sessions_only"])
    assert (alone["is_in_work_sessions"], alone["is_in_contact_export"]) == (
        True,
        False,
    )
    other = row("fct_contacts", cast["contact_export_only"])
    assert (other["is_in_work_sessions"], other["is_in_contact_export"]) == (
        False,
        True,
    )
    assert other["work_session_count"] == 0


def test_a_header_drifts_and_an_unknown_column_appears(shelf: Shelf) -> None:
    (row, *_) = shelf.report("WorkSessionEvents", "20250217T020000Z")
    assert "work_session_handle_time" in row
    assert "work_session_handle_time_sec" not in row
    (row, *_) = shelf.report("ConversationExportReport", "20250217T020000Z")
    assert row["Billable Resolution (Y/N)"] == "N"


def test_one_work_session_id_belongs_to_two_contacts_of_2022(shelf: Shelf) -> None:
    cast = shelf.cast("id_used_twice")
    rows = shelf.report("WorkSessionEvents", "20220301T020000Z", "monthly")
    twice = where(rows, id=cast["work_session"])
    assert {row["contact_session_id"] for row in twice} == {
        cast["first"],
        cast["second"],
    }
    assert where(rows, channel="TWITTER")


def test_a_contact_is_fulfilled_by_another_contact(shelf: Shelf) -> None:
    cast = shelf.cast("fulfilled_by_another")
    rows = shelf.report("ContactExportReportV3", "20250331T020000Z")
    (mail,) = where(rows, Contact_ID=cast["mail"])
    assert mail["Fulfilled by Contact ID"] == cast["call"]


def test_messages_have_an_event_a_voice_id_or_neither(shelf: Shelf) -> None:
    cast = shelf.cast("four_ways_to_link")
    linked = {event["content"].get("messageId") for event in shelf.events()}
    assert cast["by_event"] in linked
    assert cast["inferred"] not in linked
    assert cast["not_linked"] not in linked
    assert shelf.items(cast["by_voice_id"])[0]["content"]["type"] == "PHONE_CALL"


def test_service_levels_are_met_missed_none_and_moved(shelf: Shelf) -> None:
    cast = shelf.cast("service_levels")
    rows = shelf.report("WorkSessionEvents", "20250407T020000Z")
    found = {
        name: where(rows, contact_session_id=contact)[0]["within_sla"]
        for name, contact in cast.items()
    }
    assert found == {"met": "true", "missed": "false", "none": "", "moved": "true"}


def test_a_deleted_answer_is_gone_but_its_use_stays(shelf: Shelf) -> None:
    answer = shelf.cast("answer_deleted")["answer"]
    usage = shelf.report("AnswerUsageReport", "20250630T020000Z", "history")
    assert len(where(usage, Answer_ID=answer)) == 4
    rest = shelf.entity("answers", "20250630T020000Z", "history")
    assert rest[answer] == {"id": answer, "status": 404}


def test_contents_are_unique_per_language_and_type(shelf: Shelf) -> None:
    path = shelf.root / "entities" / "answer_contents"
    contents = read_lines(path / "20250630T020000Z__history.jsonl")
    keys = [(each["answerId"], each["language"], each["type"]) for each in contents]
    assert len(keys) == len(set(keys)) == 5


def test_unknown_values_are_in_the_files(shelf: Shelf) -> None:
    cast = shelf.cast("unknown_values")
    (contact,) = where(
        shelf.report("ContactExportReportV3", "20250407T020000Z"),
        Contact_ID=cast["contact"],
    )
    assert (contact["Channel"], contact["Status"]) == ("CARRIER_PIGEON", "DEFERRED")
    assert shelf.items(cast["item"])[0]["content"]["type"] == "HOLOGRAM"
    assert "CONVERSATION/MOOD_CHANGED" in {event["type"] for event in shelf.events()}


def test_ids_that_differ_by_case_are_different_things(shelf: Shelf) -> None:
    cast = shelf.cast("awkward_ids")
    for what in ("customer", "conversation"):
        one, two = cast[f"upper_{what}"], cast[f"lower_{what}"]
        assert one != two
        assert one.lower() == two.lower()
        shelf.truth.row(f"bridge_{what}_ids", one)
        shelf.truth.row(f"bridge_{what}_ids", two)
    assert cast["upper_contact"].startswith("-")
    assert cast["lower_contact"].startswith("_")


def test_some_items_have_no_conversation(shelf: Shelf) -> None:
    cast = shelf.cast("items_without_conversation")
    for name in ("survey", "mail"):
        assert "conversationId" not in shelf.items(cast[name])[0]


def test_a_redacted_item_loses_its_text_in_a_later_job(shelf: Shelf) -> None:
    deliveries = shelf.items(shelf.cast("redacted_item")["item"])
    assert deliveries[0]["content"]["content"]
    assert deliveries[-1]["content"]["content"] == ""


def test_an_address_a_landline_and_a_mobile_are_shared(shelf: Shelf) -> None:
    cast = shelf.cast("shared_addresses")
    people = shelf.entity("customer_profiles", "20250630T020000Z", "history")
    upper, lower = (people[cast[name]]["emails"][0] for name in ("upper", "lower"))
    assert upper["original"] != lower["original"]
    assert upper["normalized"] == lower["normalized"]
    for kind in ("home", "mobile"):
        one, two = (people[cast[f"{kind}_{n}"]]["phones"][0] for n in ("one", "two"))
        assert one == two
        assert one["type"] == kind.upper()


def test_files_are_untidy(shelf: Shelf) -> None:
    reports = shelf.root / "reports"
    mark = b"\xef\xbb\xbf"
    marked = reports / "ConversationExportReport" / "20250203T020000Z__weekly.csv"
    assert marked.read_bytes().startswith(mark)
    padded = reports / "WorkSessionEvents" / "20250210T020000Z__weekly.csv"
    assert padded.read_bytes().startswith(mark + b"\n\n")
    ends = reports / "ConversationTimestampsReport" / "20250217T020000Z__weekly.csv"
    assert b"\r\n" in ends.read_bytes()
    sizes = {path.stat().st_size for path in reports.glob("*/*__empty.csv")}
    assert sizes == {0, 2}
    broken = shelf.report("ConversationExportReport", "20250224T020000Z")
    assert "\n" in broken[0]["Topics with Hierarchy"]


def test_one_job_is_delivered_twice(shelf: Shelf) -> None:
    again = shelf.root / "exports" / shelf.cast("delivered_again")["job_again"]
    body = (again / "conversation_items.jsonl").read_bytes()
    twins = [
        folder
        for folder in (shelf.root / "exports").iterdir()
        if (folder / "conversation_items.jsonl").read_bytes() == body
    ]
    assert len(twins) == 2
    assert body


def test_damaged_records_are_in_extra_copies_only(shelf: Shelf) -> None:
    damaged = [path for path in files(shelf.root) if "damaged" in str(path)]
    assert len(damaged) >= 4
    for path in files(shelf.root):
        if path in damaged:
            continue
        text = path.read_bytes().decode("utf-8")
        if path.suffix == ".jsonl":
            assert all(json.loads(line) for line in text.splitlines())
    stamps = [path for path in damaged if "ConversationTimestamps" in str(path)]
    with pytest.raises(UnicodeDecodeError):
        stamps[0].read_bytes().decode("utf-8")


def test_one_night_is_printed_in_two_zones(shelf: Shelf) -> None:
    made = shelf.cast("clock_change_night")["conversation"]
    name, stamp = "ConversationExportReport", "20250310T0{}0000Z"
    (local,) = where(shelf.report(name, stamp.format(2)), Conversation_ID=made)
    (utc,) = where(
        shelf.report(name, stamp.format(3), "weekly-utc"), Conversation_ID=made
    )
    assert local["Timezone Filter"] == "America/New_York"
    assert local["Created At"] == "2025-03-09 01:50:00.000"
    assert local["Last Closed At"] == "2025-03-09 03:10:00.000"
    assert utc["Timezone Filter"] == "UTC"
    assert utc["Created At"] == "2025-03-09 06:50:00.000"
    assert utc["Last Closed At"] == "2025-03-09 07:10:00.000"


def test_a_report_is_restated(shelf: Shelf) -> None:
    cast = shelf.cast("restated_report")
    inboxes = [
        where(rows, Conversation_ID=cast["conversation"])[0]["Inbox ID - Current"]
        for name, rows in shelf.captures("ConversationExportReport")
        if where(rows, Conversation_ID=cast["conversation"])
    ]
    assert inboxes[0] == cast["before"]
    assert set(inboxes[1:]) == {cast["after"]}


def test_a_call_picked_up_is_a_reply_and_one_in_vain_or_mail_to_others_is_none(
    shelf: Shelf,
) -> None:
    cast = shelf.cast("answered_by_call")
    called = shelf.truth.row("fct_conversations", cast["called"])
    written_to = shelf.truth.row("fct_conversations", cast["written_to"])
    assert called["first_reply_seconds"] == 9.31
    assert written_to["first_reply_seconds"] == 3600.0
    item = shelf.items(cast["reply"])[0]["content"]
    assert item["to"] == ["vera.invain@example.com"]


def test_a_client_that_followed_a_redirect_sees_another_id_and_status_200(
    shelf: Shelf,
) -> None:
    cast = shelf.cast("redirect_followed")
    assert shelf.lookup("customers", cast["absorbed"]) == {
        "requestedId": cast["absorbed"],
        "status": 200,
        "resolvedId": cast["survivor"],
    }
    row = shelf.truth.row("bridge_customer_ids", cast["absorbed"])
    assert row["customer_id"] == cast["survivor"]
    assert row["merged_at"] is None


def test_a_message_redacted_between_two_jobs_comes_again_empty_under_a_new_id(
    shelf: Shelf,
) -> None:
    cast = shelf.cast("redacted_and_issued_again")
    rows = shelf.truth.tables["bridge_conversation_item_ids"]
    (now,) = (
        row["message_id"] for row in rows if row["reported_item_id"] == cast["old_item"]
    )
    assert now != cast["old_item"]
    assert shelf.items(cast["old_item"])[0]["content"]["content"]
    assert shelf.items(now)[-1]["content"]["content"] == ""
    assert shelf.truth.row("fct_messages", now)["is_redacted"]
    twins = {
        row["message_id"]
        for row in rows
        if row["reported_item_id"] in (cast["twin"], cast["other_twin"])
    }
    assert len(twins) == 2


def test_a_night_with_two_ones_is_printed_in_local_time_with_its_durations(
    shelf: Shelf,
) -> None:
    cast = shelf.cast("autumn_night")
    (row,) = where(
        shelf.report("ConversationExportReport", "20241104T120000Z", "autumn"),
        Conversation_ID=cast["conversation"],
    )
    assert row["Created At"] == "2024-11-03 01:50:00.000"
    assert row["First Closed At"] == "2024-11-03 01:31:00.000"
    assert row["Created-to-First Closed Time in Seconds"] == "2460"


@pytest.mark.parametrize("variant", sorted(VARIANTS))
def test_a_variant_lacks_what_it_says(variant: str, tmp_path: Path) -> None:
    write_book(tmp_path, variant=variant)
    reports = {path.name for path in (tmp_path / "reports").iterdir()}
    if variant == "without_optional_extracts":
        assert [path.name for path in tmp_path.iterdir()] == ["reports"]
        assert reports == REQUIRED
    elif variant == "without_required_extract":
        assert "ConversationExportReport" not in reports
    else:
        exports = tmp_path / "reports" / "ConversationExportReport"
        assert (exports / "weekly.csv").is_file()


def test_an_unknown_variant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no variant 'without_sense'"):
        write_book(tmp_path, variant="without_sense")
