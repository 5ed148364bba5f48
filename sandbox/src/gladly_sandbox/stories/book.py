"""The scenario book: its stories in order, and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gladly_sandbox.extracts import write_extracts
from gladly_sandbox.stories import (
    answers,
    assignments,
    contacts,
    conversations,
    deletions,
    files,
    merges,
    replies,
    topics,
    values,
)
from gladly_sandbox.stories.everyday import everyday
from gladly_sandbox.stories.plan import book_plan
from gladly_sandbox.stories.stage import Cast, Stage
from gladly_sandbox.truth import Truth, compute_truth


@dataclass(frozen=True)
class Story:
    """A story: its number in the book, its name, and what plays it."""

    number: int
    name: str
    function: Callable[[Stage], Cast]


def _numbered(first: int, functions: list[Callable[[Stage], Cast]]) -> list[Story]:
    return [
        Story(number, function.__name__, function)
        for number, function in enumerate(functions, first)
    ]


STORIES: tuple[Story, ...] = (
    *_numbered(
        1,
        [
            conversations.one_contact,
            conversations.three_channels,
            conversations.reopened_three_times,
            conversations.resolved_by_ai,
            conversations.still_open,
            conversations.never_tagged,
            conversations.clock_change_night,
        ],
    ),
    *_numbered(
        8,
        [
            merges.nothing_open,
            merges.both_open,
            merges.chain_over_months,
            merges.two_into_one,
            merges.merge_never_captured,
            merges.merge_with_two_candidates,
            merges.survivor_deleted_later,
            merges.contradictory_evidence,
            merges.items_issued_again,
            merges.known_from_redirect,
        ],
    ),
    *_numbered(
        18,
        [
            deletions.customer_erased,
            deletions.in_work_sessions_only,
            deletions.no_evidence,
        ],
    ),
    *_numbered(
        21,
        [
            assignments.four_kinds,
            assignments.four_causes,
            assignments.inbox_changes,
        ],
    ),
    *_numbered(
        24,
        [
            topics.added_removed_added,
            topics.removed_without_added,
            topics.changed_while_closed,
            topics.moved_and_namesakes,
            topics.parent_circle,
            topics.topic_deleted,
        ],
    ),
    *_numbered(
        30,
        [
            contacts.none_one_three,
            contacts.stacked_outbound,
            contacts.placeholder_then_ended,
            contacts.after_contact_grows,
            contacts.in_one_report_only,
            files.drifting_headers,
            contacts.id_used_twice,
            contacts.fulfilled_by_another,
            contacts.four_ways_to_link,
            contacts.service_levels,
        ],
    ),
    *_numbered(40, [answers.contents_by_language, answers.answer_deleted]),
    *_numbered(
        42,
        [
            values.unknown_values,
            values.awkward_ids,
            values.items_without_conversation,
            values.redacted_item,
            values.shared_addresses,
        ],
    ),
    *_numbered(
        47,
        [
            files.untidy_files,
            files.delivered_again,
            files.damaged_records,
            files.two_clocks,
            files.restated_report,
        ],
    ),
    *_numbered(
        55,
        [
            replies.answered_by_call,
            merges.redirect_followed,
            merges.redacted_and_issued_again,
            conversations.autumn_night,
        ],
    ),
)


@dataclass(frozen=True)
class Book:
    """All stories played on one stage; ``casts`` holds their ids by story name."""

    stage: Stage
    casts: dict[str, Cast]


def play_book() -> Book:
    """Play every story and the everyday work around them; writes nothing."""
    stage = Stage()
    casts = {story.name: story.function(stage) for story in STORIES}
    everyday(stage)
    return Book(stage, casts)


def write_book(out: Path, *, variant: str | None = None) -> Truth:
    """Write the scenario book as raw extracts and return its truth.

    Args:
        out: empty or missing folder.
        variant: a name from ``files.VARIANTS``, for stories 52 to 54. The truth
            is that of the complete book.

    Raises:
        ValueError: for a variant that does not exist.
    """
    if variant is not None and variant not in files.VARIANTS:
        known = ", ".join(files.VARIANTS)
        raise ValueError(f"no variant {variant!r}; one of {known}")
    stage = play_book().stage
    plan = book_plan(stage.watched, stage.captures)
    truth = compute_truth(write_extracts(stage.tenant, plan, out))
    for correct in stage.corrections:
        correct(truth)
    for spoil in stage.spoils:
        spoil(out)
    if variant is not None:
        files.VARIANTS[variant](out)
    return truth
