"""The writers of extracts, let loose on one response instead of a folder."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from gladly_sandbox.extracts.agent_reports import (
    write_agent_timestamps,
    write_answer_usage,
)
from gladly_sandbox.extracts.contact_reports import (
    write_contact_export,
    write_contact_timestamps,
    write_work_sessions,
)
from gladly_sandbox.extracts.conversation_reports import (
    write_conversation_export,
    write_conversation_timestamps,
)
from gladly_sandbox.extracts.desk import Desk
from gladly_sandbox.extracts.emitted import Emitted
from gladly_sandbox.extracts.plan import Capture, Window
from gladly_sandbox.state import State
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import Json

Writer = Callable[[Desk], None]

#: metricSet, or the name of the legacy endpoint's folder, -> its writer.
WRITERS: dict[str, Callable[[Desk, Window], None]] = {
    "WorkSessionEvents": write_work_sessions,
    "ContactExportReportV3": write_contact_export,
    "ConversationExportReport": write_conversation_export,
    "ConversationTimestampsReport": write_conversation_timestamps,
    "ContactTimestampsReport": write_contact_timestamps,
    "AgentTimestampsReport": write_agent_timestamps,
    "AnswerUsageReport": write_answer_usage,
}


@dataclass
class Tray(Desk):
    """A desk whose files stay in memory."""

    written: list[str] = field(default_factory=list)

    def path(self, *folders: str, suffix: str) -> Path:
        """Return a name; nothing is made on disk."""
        return Path(*folders, f"response.{suffix}")

    def write_text(self, path: Path, text: str) -> None:
        """Keep a body."""
        self.written.append(text)


def tray(
    tenant: Tenant,
    state: State,
    at: datetime,
    emitted: Emitted,
    capture: Capture,
    only: Mapping[str, Mapping[str, Any]] | None = None,
) -> Tray:
    """Return an empty tray.

    Args:
        tenant: whose world it is.
        state: the world at ``at``.
        at: when the response is made.
        emitted: what readers have seen, noted further.
        capture: what is asked for.
        only: attributes of the state that the writer finds narrowed, so that it
            neither writes nor notes more than one request shows.
    """
    if only:
        state = copy.copy(state)
        for name, things in only.items():
            setattr(state, name, dict(things))
    emitted.at = at
    return Tray(tenant, state, capture, at, Path(), emitted, set(), [])


def objects(made: Tray) -> list[Json]:
    """Return the JSON objects of the only body in a tray."""
    (text,) = made.written
    return [json.loads(line) for line in text.splitlines()]
