"""Answers."""

from __future__ import annotations

from datetime import datetime

from gladly_sandbox.state.world import World
from gladly_sandbox.things import (
    AnswerUse,
    Json,
)


class Answers(World):
    """What can happen to answers."""

    def set_answer_content(
        self, at: datetime, answer_id: str, key: tuple[str, str], content: Json | None
    ) -> None:
        """Set or, with None, remove the content of a (language, type)."""
        answer = self._find("answer", self.answers, answer_id)
        answer.updated_at = at
        if content is None:
            answer.contents.pop(key, None)
        else:
            answer.contents[key] = content

    def delete_answer(self, at: datetime, answer_id: str) -> None:
        """Delete an answer for good (rule R26)."""
        self._find("answer", self.answers, answer_id).deleted_at = at

    def use_answer(self, used: AnswerUse) -> None:
        """Count clicks on an answer."""
        self._find("answer", self.answers, used.answer_id)
        self.answer_uses.append(used)
