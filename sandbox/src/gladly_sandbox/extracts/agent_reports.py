"""Agent Timestamps and Answer Usage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gladly_sandbox.clock import local_date
from gladly_sandbox.extracts.desk import Desk
from gladly_sandbox.extracts.plan import Window, bounds


def write_agent_timestamps(desk: Desk, window: Window) -> None:
    """Write reports/AgentTimestampsReport: one row per status or availability change.

    ``Available For`` is a bracketed list; ``[ ]`` is available for nothing.
    """
    start, end = bounds(window, desk.capture.timezone)
    desk.write_report(
        "AgentTimestampsReport", "agent_timestamps", _moments(desk, start, end)
    )


def _moments(desk: Desk, start: datetime, end: datetime) -> Iterator[list[str]]:
    for made in desk.state.agent_moments:
        if not start <= made.at < end:
            continue
        if desk.hides("agent_timestamps", made.agent_id):
            continue
        desk.emitted.note(desk.emitted.agents, made.agent_id)
        available = ""
        if made.available_for is not None:
            available = f"[{', '.join(made.available_for) or ' '}]"
        yield [
            desk.zone_name(),
            "All Teams",
            desk.stamp(made.at),
            desk.stamp(made.occurred_at),
            desk.agent_name(made.agent_id),
            made.type,
            available,
            made.away_reason or "",
            made.active_reason or "",
            made.agent_id,
        ]


def write_answer_usage(desk: Desk, window: Window) -> None:
    """Write reports/AnswerUsageReport: clicks per day and answer, deleted ones too."""
    start, end = bounds(window, desk.capture.timezone)
    clicks: dict[tuple[str, str], int] = {}
    for used in desk.state.answer_uses:
        if start <= used.at < end and not desk.hides("answer_usage", used.answer_id):
            day = local_date(used.at, desk.capture.timezone).isoformat()
            key = (day, used.answer_id)
            clicks[key] = clicks.get(key, 0) + used.clicks
    rows = []
    for (day, answer_id), count in sorted(clicks.items()):
        desk.emitted.note(desk.emitted.answers, answer_id)
        desk.emitted.answer_clicks[answer_id, day] = count
        name = desk.state.answers[answer_id].name
        rows.append([desk.zone_name(), day, name, answer_id, str(count)])
    desk.write_report("AnswerUsageReport", "answer_usage", rows)
