"""Answers, their contents and their use."""

from __future__ import annotations

from collections.abc import Sequence

from gladly_sandbox.clock import When, moment
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    Answer,
    AnswerUse,
    Json,
)


class Answers(Log):
    """What happens to answers."""

    def add_answer(
        self,
        at: When,
        name: str,
        *,
        answer_id: str | None = None,
        description: str | None = None,
        audience_ids: Sequence[str] = (),
    ) -> str:
        """Create an answer without contents and return its id."""
        when = moment(at)
        made = answer_id or self.new_id()
        audiences = list(audience_ids)
        self._add(
            at,
            f"answer {name!r}",
            lambda state: state.answers.update(
                {made: Answer(made, name, when, when, description, audiences)}
            ),
        )
        return made

    def set_answer_content(
        self,
        at: When,
        answer_id: str,
        type_: str,
        body_html: str,
        *,
        language: str = "en-us",
        title: str | None = None,
        subject: str | None = None,
        internal: bool | None = None,
    ) -> None:
        """Set the content of a language and type (public, email, messaging, …)."""
        when = moment(at)
        content: Json = {
            "answerId": answer_id,
            "language": language,
            "type": type_,
            "bodyHtml": body_html,
        }
        for key, value in (
            ("title", title),
            ("subject", subject),
            ("internal", internal),
        ):
            if value is not None:
                content[key] = value
        self._add(
            at,
            "answer content",
            lambda state: state.set_answer_content(
                when, answer_id, (language, type_), content
            ),
        )

    def remove_answer_content(
        self, at: When, answer_id: str, type_: str, *, language: str = "en-us"
    ) -> None:
        """Remove the content of a language and type."""
        when = moment(at)
        self._add(
            at,
            "remove answer content",
            lambda state: state.set_answer_content(
                when, answer_id, (language, type_), None
            ),
        )

    def delete_answer(self, at: When, answer_id: str) -> None:
        """Delete an answer for good; its usage stays."""
        when = moment(at)
        self._add(
            at, "delete answer", lambda state: state.delete_answer(when, answer_id)
        )

    def use_answer(
        self, at: When, answer_id: str, *, agent_id: str | None = None, clicks: int = 1
    ) -> None:
        """Count clicks on an answer."""
        used = AnswerUse(moment(at), answer_id, clicks, agent_id)
        self._add(at, "use answer", lambda state: state.use_answer(used))
