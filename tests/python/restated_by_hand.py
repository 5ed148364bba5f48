"""Finds what later captures contradict, from the files alone.

Shares nothing with the project: the files are read with the standard library, and
what each column is called and how it may move is written down here once more.
"""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

#: A typed value: text, number, moment or nothing.
Value = Any
Reader = Callable[[str, str], Value]


class Column(NamedTuple):
    """A column of a report: what staging calls it, and how to read and judge it."""

    name: str
    read: Reader
    reported_once: bool = False
    grows: bool = False


class Told(NamedTuple):
    """What one record of one file says."""

    at: datetime
    file: str
    number: int
    values: dict[str, Value]


class Report(NamedTuple):
    """An extract: where its files are, its columns, and whose rows they are."""

    extract: str
    folder: str
    entity: str
    columns: dict[str, Column]
    identify: Callable[[dict[str, str]], str]
    was_ongoing: Callable[[dict[str, Value], dict[str, Value]], bool]


class Change(NamedTuple):
    """A row of `audit_restatements`, without keys."""

    extract: str
    entity: str
    entity_id: str
    column: str
    old: str | None
    new: str | None
    kind: str
    previous_captured_at: datetime
    captured_at: datetime
    previous_file: str
    file: str


def text(cell: str, zone: str) -> Value:
    return cell


def code(cell: str, zone: str) -> Value:
    return cell.strip().lower().replace(" ", "_").replace("/", "_").replace("-", "_")


def count(cell: str, zone: str) -> Value:
    return round(float(cell))


def seconds(cell: str, zone: str) -> Value:
    return round(float(cell), 3)


def dollars(cell: str, zone: str) -> Value:
    return Decimal(cell).quantize(Decimal("0.01"))


def flag(cell: str, zone: str) -> Value:
    return {"yes": True, "true": True, "no": False, "false": False}[cell.lower()]


def moment(cell: str, zone: str) -> Value:
    found = datetime.fromisoformat(cell.replace("Z", "+00:00"))
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(zone))
    return found.astimezone(timezone.utc).replace(tzinfo=None)


def id_list(cell: str, zone: str) -> Value:
    return ", ".join(sorted(json.loads(cell))) or None


def printed(value: Value) -> str | None:
    """Return a value as the mart prints it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        whole = f"{value:%Y-%m-%d %H:%M:%S}"
        return f"{whole}.{value.microsecond:06d}".rstrip("0").rstrip(".") or whole
    return None if value is None else str(value)


def columns(
    read: Reader, *names: str, once: str = "", grows: str = ""
) -> dict[str, Column]:
    """Return columns of one kind by header, each given as ``Header = name``."""
    made = {}
    for header, name in (each.split(" = ") for each in names):
        made[header] = Column(name, read, name in once.split(), name in grows.split())
    return made


CONVERSATION_EXPORT = Report(
    "conversation_export_report",
    "reports/ConversationExportReport",
    "conversation",
    {
        **columns(
            text,
            "Customer ID = reported_customer_id",
            "First Contact ID = first_contact_id",
            "Inbox ID - Current = current_inbox_id",
            "Assigned Agent ID - Current = current_agent_id",
            "Topics = topic_names",
            "Topics with Hierarchy = topic_paths",
            "Merged Conversations = merged_conversations",
            "Initiator Agent ID - Created = created_by_agent_id",
            "Inbox ID - Created = created_inbox_id",
            "Assigned Agent ID - Created = created_agent_id",
            "Initiator Agent ID - Last Closed = last_closed_by_agent_id",
            "Initiator Rule ID - Last Closed = last_closed_by_rule_id",
            "Inbox ID - Last Closed = last_closed_inbox_id",
            "Assigned Agent ID - Last Closed = last_closed_agent_id",
            once="reported_customer_id first_contact_id created_by_agent_id"
            " created_inbox_id created_agent_id",
        ),
        **columns(
            code,
            "Status = conversation_status",
            "Initiator Type - Created = created_by_type",
            "Initiator Type - Last Closed = last_closed_by_type",
            "First Channel = first_channel",
            "Second Channel = second_channel",
            "Third Channel = third_channel",
            "Last Channel = last_channel",
            once="created_by_type first_channel second_channel third_channel",
        ),
        **columns(
            moment,
            "Created At = created_at",
            "First Closed At = first_closed_at",
            "Last Closed At = last_closed_at",
            once="created_at first_closed_at",
        ),
        **columns(
            seconds,
            "Created-to-First Closed Time in Seconds = created_to_first_closed_seconds",
            "Created-to-Last Closed Time in Seconds = created_to_last_closed_seconds",
            "Conversation Handle Time in Seconds = handle_seconds",
            once="created_to_first_closed_seconds",
            grows="handle_seconds",
        ),
        **columns(
            flag,
            "Is FCR Eligible = is_fcr_eligible",
            "Is FCR Success = is_fcr_success",
        ),
        **columns(
            count,
            "Count of Contacts = contact_count",
            "Count of Channels = channel_count",
            "Count of Notes = note_count",
            "Count of Agents Assigned = assigned_agent_count",
            "Count of Inboxes Assigned = assigned_inbox_count",
            "Times Agent Unassigned by Rule = agent_unassigned_by_rule_count",
            "Times Closed = close_count",
            "Times Reopened = reopen_count",
            "Times Topic Added = topic_added_count",
            "Times Topic Removed = topic_removed_count",
            "Payment Requests - Completed = completed_payment_count",
            "Payment Requests - Declined = declined_payment_count",
        ),
        **columns(
            dollars,
            "Payment Amount - Completed (USD) = completed_payment_amount_usd",
            "Payment Amount - Declined (USD) = declined_payment_amount_usd",
        ),
    },
    lambda row: row["Conversation ID"],
    lambda old, new: (
        "open" in (old["conversation_status"], new["conversation_status"])
        or (new["reopen_count"] or 0) > (old["reopen_count"] or 0)
    ),
)

CONVERSATIONS = Report(
    "conversations",
    "entities/conversations",
    "conversation",
    {
        **columns(
            text,
            "customerId = reported_customer_id",
            "inboxId = inbox_id",
            "agentId = agent_id",
            once="reported_customer_id",
        ),
        **columns(code, "status = conversation_status"),
        **columns(
            moment,
            "createdAt = created_at",
            "closedAt = closed_at",
            once="created_at",
        ),
        **columns(id_list, "topicIds = topic_ids"),
    },
    lambda row: row["id"],
    lambda old, new: (
        {old["conversation_status"], new["conversation_status"]} != {"closed"}
        or old["closed_at"] < new["closed_at"]
    ),
)

CONTACT_EXPORT = Report(
    "contact_export_report",
    "reports/ContactExportReportV3",
    "contact",
    {
        **columns(
            text,
            "Customer ID = reported_customer_id",
            "Conversation ID = reported_conversation_id",
            "Fulfilled by Contact ID = fulfilled_by_contact_id",
            "Final IVR Selection = final_ivr_selection",
            once="reported_customer_id reported_conversation_id",
        ),
        **columns(
            code,
            "Channel = channel",
            "Direction = direction",
            "Contact Initiator = initiator_type",
            "Fulfilled Type = fulfilled_type",
            "Status = contact_status",
            once="direction initiator_type",
        ),
        **columns(
            moment,
            "Queued At = queued_at",
            "Offered At = offered_at",
            "Accepted At = accepted_at",
            "Fulfilled At = fulfilled_at",
            "Due At = due_at",
            "Ended At = ended_at",
            "Answered At (Outbound) = answered_at",
            once="queued_at",
        ),
        **columns(
            seconds,
            "SLA Target (sec) = sla_target_seconds",
            "Queued-to-Fulfilled (sec) = queued_to_fulfilled_seconds",
            "Queued-to-Fulfilled within Business Hours (sec)"
            " = queued_to_fulfilled_business_seconds",
            "Queued-to-Accepted (sec) = queued_to_accepted_seconds",
            "Queued-to-Ended (sec) = queued_to_ended_seconds",
            "Accepted-to-Fulfilled (sec) = accepted_to_fulfilled_seconds",
            "Seconds within (-) or over (+) SLA = sla_overrun_seconds",
            "Fulfilled-to-Ended (sec) = fulfilled_to_ended_seconds",
            "Contact Handle Time (sec) = handle_seconds",
            "After Contact Time (sec) = after_contact_seconds",
            "Total Contact Handle Time (sec) = total_handle_seconds",
            "Total Talk Time = talk_seconds",
            "Hold Time Total (sec) = hold_seconds",
            "Hold Time - Manual (sec) = manual_hold_seconds",
            "Hold Time - Warm Transfer (sec) = warm_transfer_hold_seconds",
            "Hold Time - Cold Transfer (sec) = cold_transfer_hold_seconds",
            "Hold Time - Conference (sec) = conference_hold_seconds",
            "Avg Agent Reply Time (sec) = average_agent_reply_seconds",
            "Avg Customer Reply Time (sec) = average_customer_reply_seconds",
            grows="after_contact_seconds total_handle_seconds",
        ),
        **columns(
            count,
            "Messages Total = message_count",
            "Messages from Customer = customer_message_count",
            "Messages from Agent = agent_message_count",
            "Messages from Rules = rule_message_count",
            "Messages from API = api_message_count",
            "Times Offered = offered_count",
            "Times Accepted = accepted_count",
            "Times Missed = missed_count",
            "Times Declined = declined_count",
            "Times Transferred = transfer_count",
            "Times on Hold Total = hold_count",
            "Times on Hold - Manual = manual_hold_count",
            "Times on Hold - Warm Transfer = warm_transfer_hold_count",
            "Times on Hold - Cold Transfer = cold_transfer_hold_count",
            "Times on Hold - Conference = conference_hold_count",
            "Payment Requests - Completed = completed_payment_count",
            "Payment Requests - Declined = declined_payment_count",
        ),
        **columns(
            dollars,
            "Payment Amount - Completed (USD) = completed_payment_amount_usd",
            "Payment Amount - Declined (USD) = declined_payment_amount_usd",
        ),
    },
    lambda row: row["Contact ID"],
    lambda old, new: old["ended_at"] is None,
)

WORK_SESSIONS = Report(
    "work_session_events",
    "reports/WorkSessionEvents",
    "work_session",
    {
        **columns(
            text,
            "customer_id = reported_customer_id",
            "conversation_id = reported_conversation_id",
            "id = work_session_id",
            "inbox_id = inbox_id",
            "accepted_inbox_id = accepted_inbox_id",
            once="reported_customer_id reported_conversation_id",
        ),
        **columns(
            code,
            "channel = channel",
            "direction = direction",
            "status = contact_status",
            once="direction",
        ),
        **columns(flag, "within_sla = is_within_sla"),
        **columns(
            moment,
            "contact_session_created_at = contact_created_at",
            "contact_session_routed_at = routed_at",
            "agent_accepted_at = accepted_at",
            "sla_fulfilled_at = fulfilled_at",
            "contact_session_ended_at = contact_ended_at",
            once="contact_created_at",
        ),
        **columns(
            seconds,
            "work_session_handle_time_sec = handle_seconds",
            "work_session_after_contact_time_sec = after_contact_seconds",
            "work_session_unknown_time_sec = unknown_seconds",
            grows="after_contact_seconds unknown_seconds",
        ),
    },
    lambda row: hashlib.md5(
        f"{row['contact_session_id']}\x1f{row['agent_id'] or '<null>'}".encode()
    ).hexdigest(),
    lambda old, new: old["contact_ended_at"] is None,
)

#: Headers of older files, and what they are called today.
FORMER_NAMES = {"work_session_handle_time": "work_session_handle_time_sec"}

#: Durations that reports print, between two moments that they print.
DURATIONS = (
    ("Created At", "First Closed At", "Created-to-First Closed Time in Seconds"),
    ("Created At", "Last Closed At", "Created-to-Last Closed Time in Seconds"),
    ("Queued At", "Accepted At", "Queued-to-Accepted (sec)"),
    ("Queued At", "Fulfilled At", "Queued-to-Fulfilled (sec)"),
    ("Queued At", "Ended At", "Queued-to-Ended (sec)"),
    ("Accepted At", "Fulfilled At", "Accepted-to-Fulfilled (sec)"),
)

REPORTS = (CONVERSATION_EXPORT, CONVERSATIONS, CONTACT_EXPORT, WORK_SESSIONS)


def changes(root: Path) -> list[Change]:
    """Return what moved between captures of an extracts folder, sorted."""
    return sorted(
        (change for report in REPORTS for change in _changes_of(report, root)), key=str
    )


def _changes_of(report: Report, root: Path) -> Iterator[Change]:
    told: dict[str, list[Told]] = defaultdict(list)
    for path in sorted((root / report.folder).glob("*")):
        at = datetime.strptime(path.name.split("__")[0], "%Y%m%dT%H%M%SZ")
        rows = _objects(path) if path.suffix == ".jsonl" else _cells(path)
        for number, row in rows:
            zone = row.get("Timezone Filter") or "UTC"
            row = settled(row, report, zone)
            values = {
                column.name: column.read(row[header], zone) if row.get(header) else None
                for header, column in report.columns.items()
            }
            file = path.relative_to(root).as_posix()
            told[report.identify(row)].append(Told(at, file, number, values))
    for entity_id, captures in told.items():
        in_order = sorted(captures, key=lambda each: each[:3])
        for old, new in itertools.pairwise(in_order):
            yield from _compared(report, entity_id, old, new)


def settled(row: dict[str, str], report: Report, zone: str) -> dict[str, str]:
    """Give the moments of an hour that comes twice the offset its durations ask for.

    Where they ask for none, it is the first of the two.
    """
    offsets: dict[str, list[str]] = {}
    for header, column in report.columns.items():
        if column.read is moment and row.get(header):
            cell = datetime.fromisoformat(row[header].replace("Z", "+00:00"))
            if cell.tzinfo is None:
                there = cell.replace(tzinfo=ZoneInfo(zone))
                offsets[header] = [there.replace(fold=n).isoformat() for n in (0, 1)]
    open_ones = {header: both for header, both in offsets.items() if both[0] != both[1]}
    for chosen in itertools.product(*open_ones.values()):
        found = {**row, **dict(zip(open_ones, chosen, strict=True))}
        if all(_lasts(found, *each, zone) for each in DURATIONS):
            return found
    return row


def _lasts(row: dict[str, str], start: str, end: str, length: str, zone: str) -> bool:
    """Return whether a duration fits its moments, or one of the three is missing."""
    if not all(row.get(each) for each in (start, end, length)):
        return True
    gap = moment(row[end], zone) - moment(row[start], zone)
    return bool(abs(gap.total_seconds() - float(row[length])) < 2)


def _compared(report: Report, entity_id: str, old: Told, new: Told) -> Iterator[Change]:
    was_ongoing = report.was_ongoing(old.values, new.values)
    for column in report.columns.values():
        before, after = old.values[column.name], new.values[column.name]
        if before == after:
            continue
        kind = "restated"
        if was_ongoing and not (column.reported_once and before is not None):
            kind = "continued"
        elif column.grows and after is not None and after > (before or 0):
            kind = "grown"
        yield Change(
            report.extract,
            report.entity,
            entity_id,
            column.name,
            printed(before),
            printed(after),
            kind,
            *(old.at, new.at, old.file, new.file),
        )


def _cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Number the records of a report, and leave out those that are damaged."""
    body = path.read_bytes().decode("utf-8-sig", "replace")
    rows = [row for row in csv.reader(io.StringIO(body, newline="")) if any(row)]
    header = [FORMER_NAMES.get(name, name) for name in (rows or [[]])[0]]
    for number, row in enumerate(rows[1:], 1):
        if len(row) == len(header) and "\ufffd" not in "".join(row):
            cells = dict(zip(header, row, strict=True))
            # The report prints System for a rule, and which rule it was.
            if cells.get("Initiator Rule ID - Last Closed"):
                cells["Initiator Type - Last Closed"] = "Automation"
            yield number, cells


def _objects(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Number the objects of a file, leaving out 404s; lists stay JSON."""
    lines = (line for line in path.read_text("utf-8").splitlines() if line.strip())
    for number, line in enumerate(lines, 1):
        found = json.loads(line)
        if found["status"] != 404:
            yield (
                number,
                {
                    key: value if isinstance(value, str) else json.dumps(value)
                    for key, value in found.items()
                    if value is not None
                },
            )
