"""Tasks of customers."""

from __future__ import annotations

from gladly_sandbox.clock import When, moment
from gladly_sandbox.state import State
from gladly_sandbox.tenant.log import Log
from gladly_sandbox.things import (
    SYSTEM,
    Actor,
    Json,
    Task,
)


class Tasks(Log):
    """What happens to tasks."""

    def add_task(
        self,
        at: When,
        customer_id: str,
        body: str,
        *,
        inbox: str,
        due_at: When,
        agent: str | None = None,
        by: Actor = SYSTEM,
        task_id: str | None = None,
    ) -> str:
        """Create a task and return its id."""
        when = moment(at)
        due = moment(due_at)
        made = task_id or self.new_id()

        def play(state: State) -> None:
            owner = state.customer(customer_id)
            state.tasks[made] = Task(made, owner, when, by, inbox, agent, body, due)
            state.task_event(when, made, "CREATED", by, None, None, None)

        self._add(at, "task", play)
        return made

    def change_task(
        self,
        at: When,
        task_id: str,
        what: str,
        *,
        by: Actor = SYSTEM,
        inbox: str | None = None,
        agent: str | None = None,
        extra: Json | None = None,
    ) -> None:
        """Record CLOSED, REOPENED, ASSIGNEE_UPDATED, COMMENT_ADDED, … of a task.

        ASSIGNEE_UPDATED needs ``inbox``; ``extra`` adds content keys such as
        ``commentId`` or ``dueAt``.
        """
        when = moment(at)
        status = {"CLOSED": "CLOSED", "REOPENED": "OPEN"}.get(what)
        to = None if inbox is None else (inbox, agent)
        self._add(
            at,
            f"task {what}",
            lambda state: state.task_event(when, task_id, what, by, status, to, extra),
        )
