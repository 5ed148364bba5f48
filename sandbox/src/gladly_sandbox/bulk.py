"""Very large landings for benchmarks: many conversation items, few reports.

No world is played: lines come from templates, so that millions take minutes. Every
conversation has six items. The reports list one conversation in a hundred, which is
enough for a build to work without drowning the items it measures.
"""

from __future__ import annotations

import csv
import json
import multiprocessing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from gladly_sandbox.clock import file_stamp, moment, naive, rfc3339
from gladly_sandbox.extracts.headers import HEADERS
from gladly_sandbox.ids import hex_id, slug

#: Items of each conversation.
ITEMS_PER_CONVERSATION = 6
#: One conversation in this many is in the reports.
REPORTED_SHARE = 100
_START = moment("2025-01-01")
_AGENTS = [slug("bulk", "agent", number) for number in range(40)]
_TOPICS = [slug("bulk", "topic", number) for number in range(60)]
_INBOXES = [hex_id("bulk", "inbox", number) for number in range(12)]
_WORDS = (
    "The parcel has not come yet and the tracking page has shown the same line for "
    "four days now. Could you please find out where it is and tell me whether I "
    "should wait or order again? I need it before the weekend, since it is a gift. "
    "I already wrote to the shop on the corner and they could not help either. "
    "Thank you very much for looking into this, and for answering as soon as you can."
)
_CHANNELS = ("CHAT", "EMAIL", "SMS", "WHATSAPP", "PHONE_CALL")


@dataclass(frozen=True)
class BulkJob:
    """One export job: its number, its item count, and where it goes."""

    number: int
    items: int
    out: str
    seed: int


def _text(number: int) -> str:
    """Return 200 to 400 characters that differ between neighbours."""
    start = number % 97
    return f"{_WORDS[start : start + 200 + number % 173]} (ref {number})"


def _stamps(day: str, second: int) -> list[str]:
    """Return the item times of a conversation that starts at ``second``."""
    made = []
    for step in range(ITEMS_PER_CONVERSATION):
        minutes, seconds = divmod(second + step * 35, 60)
        hours, minutes = divmod(minutes, 60)
        made.append(f"{day}T{hours:02d}:{minutes:02d}:{seconds:02d}.{step}10Z")
    return made


def conversation_lines(seed: int, job: int, number: int, second: int) -> list[str]:
    """Return the six JSON lines of a conversation."""
    conversation = slug(seed, "c", job, number)
    customer = slug(seed, "u", job, number // 2)
    agent = _AGENTS[number % 40]
    day = f"{_START + timedelta(days=job):%Y-%m-%d}"
    stamps = _stamps(day, second)
    ids = [slug(seed, "i", job, number, step) for step in range(6)]
    where = f'"customerId":"{customer}","conversationId":"{conversation}"'
    by_customer = f'"initiator":{{"id":"{customer}","type":"CUSTOMER"}}'
    by_agent = f'"initiator":{{"id":"{agent}","type":"AGENT"}}'
    by_rule = '"initiator":{"id":"rule-9f1c2d","type":"AUTOMATION"}'
    channel = _CHANNELS[number % 5]
    base = (job * 1_000_003 + number) * 6
    contents = [
        _message(channel, conversation, base, inbound=True),
        _message(channel, conversation, base + 1, inbound=False),
        f'{{"type":"TOPIC_CHANGE","addedTopicIds":["{_TOPICS[number % 60]}"]}}',
        _message("EMAIL", conversation, base + 3, inbound=True),
        f'{{"type":"CONVERSATION_NOTE","body":"{_text(base + 4)}"}}',
        '{"type":"CONVERSATION_STATUS_CHANGE","status":"CLOSED"}',
    ]
    if channel == "PHONE_CALL":
        contents[0] = (
            '{"type":"PHONE_CALL","from":"+12025550190","to":"+12025550100",'
            f'"startedAt":"{stamps[0]}","answeredAt":"{stamps[1]}",'
            f'"completedAt":"{stamps[2]}","recordingStatus":"AVAILABLE",'
            f'"recordingUrl":"/api/v1/conversation-items/{ids[0]}/media/recording",'
            '"recordingDuration":35,"recordingSummary":{"status":"READY",'
            f'"summary":"{_text(base)}","language":"en-us"}}}}'
        )
        contents[1] = _message("SMS", conversation, base + 1, inbound=False)
    actors = (by_customer, by_agent, by_agent, by_customer, by_agent, by_rule)
    return [
        f'{{"id":"{ids[step]}",{where},{actors[step]},'
        f'"timestamp":"{stamps[step]}","content":{contents[step]}}}\n'
        for step in range(ITEMS_PER_CONVERSATION)
    ]


def _message(channel: str, conversation: str, number: int, *, inbound: bool) -> str:
    text = _text(number)
    if channel == "CHAT":
        return (
            f'{{"type":"CHAT_MESSAGE","sessionId":"chat-{conversation}",'
            f'"content":"{text}","messageType":"TEXT"}}'
        )
    if channel == "EMAIL":
        ends = ("guest@example.com", "help@larkspur.example.com")
        sender, to = ends if inbound else ends[::-1]
        return (
            f'{{"type":"EMAIL","from":"{sender}","to":["{to}"],'
            f'"subject":"About order {number}","content":"{text}"}}'
        )
    if channel == "SMS":
        numbers = ("+12025550190", "+12025550100")
        sender, to = numbers if inbound else numbers[::-1]
        return f'{{"type":"SMS","from":"{sender}","to":"{to}","content":"{text}"}}'
    return f'{{"type":"WHATSAPP","content":"{text}"}}'


def _second(number: int, conversations: int) -> int:
    return number * 86_000 // max(1, conversations)


def write_job(job: BulkJob) -> int:
    """Write one export job and return the bytes of its item file."""
    folder = Path(job.out) / "exports" / slug(job.seed, "job", job.number)
    folder.mkdir(parents=True)
    start = _START + timedelta(days=job.number)
    names = ["agents", "conversation_items", "customers", "topics"]
    body = {
        "id": folder.name,
        "scheduleId": slug(job.seed, "schedule"),
        "status": "COMPLETED",
        "updatedAt": f"{start + timedelta(hours=26):%Y-%m-%dT%H:%M:%S}.07272933Z",
        "parameters": {
            "type": "CONVERSATIONS",
            "startAt": rfc3339(start),
            "endAt": rfc3339(start + timedelta(days=1)),
        },
        "files": [f"{name}.jsonl" for name in names],
    }
    (folder / "job.json").write_text(json.dumps(body) + "\n", "utf-8")
    conversations = -(-job.items // ITEMS_PER_CONVERSATION)
    left = job.items
    with open(
        folder / "conversation_items.jsonl", "w", encoding="utf-8", buffering=1 << 20
    ) as file:
        for number in range(conversations):
            second = _second(number, conversations)
            lines = conversation_lines(job.seed, job.number, number, second)
            file.writelines(lines if left >= len(lines) else lines[:left])
            left -= len(lines)
    with open(folder / "customers.jsonl", "w", encoding="utf-8") as file:
        for number in range(-(-conversations // 2)):
            an_id = slug(job.seed, "u", job.number, number)
            file.write(
                f'{{"id":"{an_id}","name":"Sample Guest {job.number}-{number}",'
                f'"emailAddresses":["guest{job.number}.{number}@example.com"],'
                '"phoneNumbers":[]}\n'
            )
    agents = "".join(
        f'{{"id":"{an_id}","name":"Agent {number:02d}",'
        f'"emailAddress":"agent{number:02d}@larkspur.example.com"}}\n'
        for number, an_id in enumerate(_AGENTS)
    )
    (folder / "agents.jsonl").write_text(agents, "utf-8")
    topics = "".join(
        f'{{"id":"{an_id}","name":"Topic {number:02d}","disabled":false}}\n'
        for number, an_id in enumerate(_TOPICS)
    )
    (folder / "topics.jsonl").write_text(topics, "utf-8")
    return (folder / "conversation_items.jsonl").stat().st_size


def write_bulk(
    out: str | Path, items: int, files: int, seed: int = 0, *, processes: int = 2
) -> int:
    """Write ``items`` conversation items in ``files`` daily export jobs.

    Args:
        out: an empty or missing folder.
        items: at least 1; about 500 bytes each.
        files: at least 1, at most ``items``.
        seed: decides every id; equal arguments give equal bytes, whatever
            ``processes`` is.
        processes: how many jobs are written at a time.

    Returns:
        The bytes of all item files.

    Raises:
        ValueError: when a number is too small or there are more files than items.
    """
    if items < 1 or files < 1 or processes < 1:
        raise ValueError("items, files and processes must be at least 1")
    if files > items:
        raise ValueError("there cannot be more files than items")
    root = Path(out)
    root.mkdir(parents=True, exist_ok=True)
    share, rest = divmod(items, files)
    jobs = [
        BulkJob(number, share + (number < rest), str(root), seed)
        for number in range(files)
    ]
    if processes == 1 or files == 1:
        sizes = [write_job(job) for job in jobs]
    else:
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            sizes = pool.map(write_job, jobs, chunksize=1)
    _write_reports(root, jobs)
    return sum(sizes)


def _write_reports(root: Path, jobs: list[BulkJob]) -> None:
    at = _START + timedelta(days=len(jobs), hours=3)
    rows: dict[str, list[dict[str, str]]] = {
        "ConversationExportReport": [],
        "WorkSessionEvents": [],
    }
    for job in jobs:
        conversations = -(-job.items // ITEMS_PER_CONVERSATION)
        for number in range(0, conversations, REPORTED_SHARE):
            start = _START + timedelta(
                days=job.number, seconds=_second(number, conversations)
            )
            conversation, session = _report_rows(job, number, start)
            rows["ConversationExportReport"].append(conversation)
            rows["WorkSessionEvents"].append(session)
    for name, found in rows.items():
        path = root / "reports" / name / f"{file_stamp(at)}__bulk.csv"
        path.parent.mkdir(parents=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADERS[name], "", lineterminator="\n")
            writer.writeheader()
            writer.writerows(found)
    inboxes = "".join(
        f'{{"id":"{an_id}","name":"Inbox {number:02d}","disabled":false}}\n'
        for number, an_id in enumerate(_INBOXES)
    )
    path = root / "entities" / "inboxes" / f"{file_stamp(at)}__bulk.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(inboxes, "utf-8")


def _report_rows(
    job: BulkJob, number: int, start: datetime
) -> tuple[dict[str, str], dict[str, str]]:
    conversation = slug(job.seed, "c", job.number, number)
    customer = slug(job.seed, "u", job.number, number // 2)
    agent, place = _AGENTS[number % 40], number % 12
    end = start + timedelta(seconds=175)
    channel = _CHANNELS[number % 5]
    contact = slug(job.seed, "k", job.number, number)
    if channel == "PHONE_CALL":
        contact = slug(job.seed, "i", job.number, number, 0)
    exported = {
        "Timezone Filter": "UTC",
        "Inboxes Filter": "All Inboxes",
        "Created At": naive(start),
        "Conversation ID": conversation,
        "Customer ID": customer,
        "Status": "CLOSED",
        "Inbox ID - Current": _INBOXES[place],
        "Inbox Name - Current": f"Inbox {place:02d}",
        "First Closed At": naive(end),
        "Last Closed At": naive(end),
        "Initiator Type - Created": "Customer",
        "Inbox ID - Created": _INBOXES[place],
        "Inbox Name - Created": f"Inbox {place:02d}",
        "Topics": f"Topic {number % 60:02d}",
        "First Contact ID": contact,
        "First Channel": channel,
        "Created-to-First Closed Time in Seconds": "175",
        "Created-to-Last Closed Time in Seconds": "175",
        "Conversation Handle Time in Seconds": "120.5",
        "Count of Contacts": "1",
        "Times Closed": "1",
        "Times Reopened": "0",
    }
    worked = {
        "id": slug(job.seed, "w", job.number, number),
        "contact_session_id": contact,
        "contact_session_created_at": rfc3339(start),
        "customer_id": customer,
        "conversation_id": conversation,
        "inbox_id": _INBOXES[place],
        "channel": channel,
        "direction": "INBOUND",
        "agent_accepted_at": rfc3339(start + timedelta(seconds=20)),
        "contact_session_routed_at": rfc3339(start + timedelta(seconds=10)),
        "agent_id": agent,
        "sla_fulfilled_at": rfc3339(start + timedelta(seconds=35)),
        "contact_session_ended_at": rfc3339(end),
        "status": "ANSWERED",
        "within_sla": "true",
        "work_session_handle_time_sec": "120.5",
        "work_session_after_contact_time_sec": "4",
        "work_session_unknown_time_sec": "0",
        "accepted_inbox_id": _INBOXES[place],
    }
    return exported, worked
