"""Writes a plan of captures, playing the tenant's log from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

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
from gladly_sandbox.extracts.entities import write_entities, write_fetched
from gladly_sandbox.extracts.events import write_events
from gladly_sandbox.extracts.export_jobs import write_export_job
from gladly_sandbox.extracts.lookups import write_lookups
from gladly_sandbox.extracts.plan import Capture, Window
from gladly_sandbox.state import State
from gladly_sandbox.tenant import Tenant

_REPORTS: dict[str, Callable[[Desk, Window], None]] = {
    "WorkSessionEvents": write_work_sessions,
    "ContactExportReportV3": write_contact_export,
    "ConversationExportReport": write_conversation_export,
    "ConversationTimestampsReport": write_conversation_timestamps,
    "ContactTimestampsReport": write_contact_timestamps,
    "AgentTimestampsReport": write_agent_timestamps,
    "AnswerUsageReport": write_answer_usage,
}


@dataclass
class Written:
    """A landing: its files in writing order, what they show, and the world then.

    ``as_of`` is the latest capture time of any file, ``state`` the world at the last
    capture of the plan. They differ by less than a second: an export job is captured
    when it completes.
    """

    out: Path
    files: list[Path]
    emitted: Emitted
    state: State
    as_of: datetime


def write_extracts(tenant: Tenant, plan: Iterable[Capture], out: str | Path) -> Written:
    """Write every capture of a plan under ``out`` and return what was written.

    Captures are taken in time order whatever their order in the plan. The folder
    may exist and hold other files; nothing is overwritten.

    Raises:
        ValueError: for an empty plan, or captures that write the same file.
        ImpossibleError: when the tenant's log cannot be played.
    """
    captures = sorted(plan, key=lambda capture: capture.moment())
    if not captures:
        raise ValueError("a plan needs a capture")
    root = Path(out)
    player = tenant.player()
    emitted = Emitted(captures[0].moment())
    used: set[int] = set()
    files: list[Path] = []
    state = player.state
    as_of = captures[-1].moment()
    for capture in captures:
        at = capture.moment()
        state = player.advance(at)
        emitted.at = at
        desk = Desk(tenant, state, capture, at, root, emitted, used, files)
        for number, pull in enumerate(capture.exports):
            as_of = max(as_of, write_export_job(desk, pull, number))
        for name, window in capture.reports.items():
            _REPORTS[name](desk, window)
        if capture.events is not None:
            write_events(desk, capture.events)
        write_entities(desk)
        write_lookups(desk)
        write_fetched(desk)
    return Written(root, files, emitted, state, as_of)
