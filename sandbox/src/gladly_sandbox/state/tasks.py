"""Tasks."""

from __future__ import annotations

from datetime import datetime

from gladly_sandbox.clock import rfc3339
from gladly_sandbox.state.events import Events, assignee
from gladly_sandbox.things import (
    Actor,
    Json,
)


class Tasks(Events):
    """What can happen to tasks."""

    def task_event(
        self,
        at: datetime,
        task_id: str,
        type_: str,
        by: Actor,
        status: str | None,
        to: tuple[str, str | None] | None,
        extra: Json | None,
    ) -> None:
        """Change a task and record ``TASK/<type_>``."""
        task = self._find("task", self.tasks, task_id)
        content: Json = {
            "customerId": task.customer.current().id,
            "taskId": task.id,
            "context": {
                "createdAt": rfc3339(task.at),
                "dueAt": rfc3339(task.due_at),
                "assignee": assignee(task.inbox_id, task.agent_id),
            },
            **(extra or {}),
        }
        if status is not None:
            task.status = status
        if to is not None:
            task.inbox_id, task.agent_id = to
            content["assignee"] = assignee(*to)
        self.record(at, f"TASK/{type_}", by, content, customer=task.customer)
