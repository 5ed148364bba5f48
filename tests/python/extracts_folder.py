"""Writes extracts by hand: the smallest folder that builds, and damaged files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from gladly_sandbox.extracts import HEADERS

#: Capture time of files that don't say another.
STAMP = "20250302T020000Z"


def write(root: Path, path: str, body: str | bytes) -> Path:
    """Write a file below an extracts folder; returns its path."""
    made = root / path
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_bytes(body.encode() if isinstance(body, str) else body)
    return made


def report(name: str, *rows: dict[str, str]) -> str:
    """Return the text of a report in UTC: its whole header, cells by column name."""
    header = HEADERS[name]
    echo = {"Timezone Filter": "UTC"} if "Timezone Filter" in header else {}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, "", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**echo, **row} for row in rows)
    return text.getvalue()


def lines(*records: dict[str, Any]) -> str:
    """Return objects as JSON Lines."""
    return "".join(f"{json.dumps(record)}\n" for record in records)


def conversation_export(*ids: str, stamp: str = STAMP) -> tuple[str, str]:
    """Return path and text of a Conversation Export of closed conversations."""
    rows = [
        {
            "Created At": "2025-03-01 10:00:00",
            "Conversation ID": an_id,
            "Customer ID": "customer-1",
            "Status": "CLOSED",
            "Inbox ID - Current": "inbox-1",
            "First Closed At": "2025-03-01 11:00:00",
            "Last Closed At": "2025-03-01 11:00:00",
            "Times Closed": "1",
            "Times Reopened": "0",
        }
        for an_id in ids
    ]
    text = report("ConversationExportReport", *rows)
    return f"reports/ConversationExportReport/{stamp}__all.csv", text


def work_session_events(*contact_ids: str, stamp: str = STAMP) -> tuple[str, str]:
    """Return path and text of a Work Sessions extract of answered chats."""
    rows = [
        {
            "id": f"work-{an_id}",
            "contact_session_id": an_id,
            "contact_session_created_at": "2025-03-01T10:00:00.000Z",
            "customer_id": "customer-1",
            "conversation_id": "conversation-1",
            "inbox_id": "inbox-1",
            "channel": "CHAT",
            "direction": "INBOUND",
            "agent_id": "agent-1",
            "contact_session_ended_at": "2025-03-01T10:30:00.000Z",
            "status": "ANSWERED",
            "work_session_handle_time_sec": "120.5",
            "work_session_after_contact_time_sec": "4.25",
            "work_session_unknown_time_sec": "0",
        }
        for an_id in contact_ids
    ]
    text = report("WorkSessionEvents", *rows)
    return f"reports/WorkSessionEvents/{stamp}__all.csv", text


def contact_export(*contact_ids: str, stamp: str = STAMP) -> tuple[str, str]:
    """Return path and text of a Contact Export of answered chats."""
    rows = [
        {
            "Queued At": "2025-03-01 10:00:00",
            "Customer ID": "customer-1",
            "Conversation ID": "conversation-1",
            "Contact ID": an_id,
            "Channel": "CHAT",
            "Direction": "INBOUND",
            "Status": "ANSWERED",
            "Ended At": "2025-03-01 10:30:00",
        }
        for an_id in contact_ids
    ]
    text = report("ContactExportReportV3", *rows)
    return f"reports/ContactExportReportV3/{stamp}__all.csv", text


def write_required(root: Path) -> Path:
    """Write one conversation with one work session; returns the folder."""
    write(root, *conversation_export("conversation-1"))
    write(root, *work_session_events("contact-1"))
    return root


def write_job(root: Path, job_id: str, updated_at: str, *items: dict[str, Any]) -> Path:
    """Write an export job that holds conversation items; returns its folder."""
    job = {"id": job_id, "status": "COMPLETED", "updatedAt": updated_at}
    write(root, f"exports/{job_id}/job.json", json.dumps(job))
    write(root, f"exports/{job_id}/conversation_items.jsonl", lines(*items))
    return root / "exports" / job_id


def item(
    an_id: str, conversation: str, at: str = "2025-03-01T10:00:00Z"
) -> dict[str, Any]:
    """Return a chat message."""
    return {
        "id": an_id,
        "customerId": "customer-1",
        "conversationId": conversation,
        "timestamp": at,
        "initiator": {"id": "customer-1", "type": "CUSTOMER"},
        "content": {"type": "CHAT_MESSAGE", "content": "Hello"},
    }
