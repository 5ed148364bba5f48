"""The truth about answers: what became of them, their contents and their use."""

from __future__ import annotations

from collections.abc import Iterator

from gladly_sandbox.clock import naive_utc
from gladly_sandbox.extracts.emitted import Emitted
from gladly_sandbox.state import State
from gladly_sandbox.truth.tables import Row


def answers(state: State, emitted: Emitted) -> Iterator[Row]:
    """Yield ``dim_answers``: those fetched or used, deleted when a fetch met a 404."""
    for answer_id in emitted.answers:
        answer = state.answers.get(answer_id)
        if answer is None:
            continue
        gone = emitted.gone_answers.get(answer_id)
        kept = [
            body
            for (owner, *_), body in emitted.answer_contents.items()
            if owner == answer_id
        ]
        yield {
            "answer_id": answer_id,
            "answer_name": answer.name,
            "is_deleted": gone is not None,
            "deleted_at": naive_utc(gone[0]) if gone else None,
            "content_count": 0 if gone else len(kept),
        }


def contents(emitted: Emitted) -> Iterator[Row]:
    """Yield ``dim_answer_contents``: every content that was ever fetched.

    Contents are fetched one by one, so one that is missing later proves nothing.
    """
    for (answer_id, language, type_), body in emitted.answer_contents.items():
        is_deleted = answer_id in emitted.gone_answers
        yield {
            "answer_id": answer_id,
            "language": language,
            "content_type": type_,
            "content_length": None if is_deleted else len(body),
            "is_deleted": is_deleted,
        }


def usage(emitted: Emitted) -> Iterator[Row]:
    """Yield ``fct_answer_usage_daily``: the clicks as last captured."""
    for (answer_id, day), clicks in emitted.answer_clicks.items():
        yield {"answer_id": answer_id, "usage_date": day, "click_count": clicks}
