"""What an extract file says about ids, contacts and answers.

Findings do not depend on the order in which files are read: each is a fact with its
time. That is what lets the ledger be rebuilt from the folder.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, BinaryIO

from gladly_extract.bodies import is_wrapper
from gladly_extract.clock import stamp_of

Record = dict[str, Any]
#: ``customer`` or ``conversation``, and the id.
Thing = tuple[str, str]


@dataclass
class Findings:
    """What one file says; every time is a stamp.

    Attributes:
        at: capture time of the file.
        records: rows or objects in it.
        seen: ids it names.
        alive: ids that a report computed when generated, or an export job, names.
        owners: (conversation, customer, is it frozen) that it pairs.
        doubts: ids of which something happened that a look-up would prove, and when.
        changes: ids whose profile changed, and when.
        states: OPEN, CLOSED or MERGED of conversations, and since when it is known.
        listed: day of creation of the conversations that Conversation Export lists.
        contacts: day it was queued and stamp of its end, by contact.
        answers: ids of answers that were used.
        tasks: customers something happened to a task of, and when.
        task_lists: customers whose tasks were fetched.
        open_tasks: those of them with one that is open.
        looked_up: status by id.
        fetched: what a fetch gave, by conversation: its status.
        fetched_answers: status by answer: 200 or 404.
    """

    at: str
    records: int = 0
    seen: set[Thing] = field(default_factory=set)
    alive: set[Thing] = field(default_factory=set)
    owners: set[tuple[str, str, bool]] = field(default_factory=set)
    doubts: dict[Thing, str] = field(default_factory=dict)
    changes: dict[Thing, str] = field(default_factory=dict)
    states: dict[str, tuple[str, str]] = field(default_factory=dict)
    listed: dict[str, str] = field(default_factory=dict)
    contacts: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: set[str] = field(default_factory=set)
    tasks: dict[str, str] = field(default_factory=dict)
    task_lists: set[str] = field(default_factory=set)
    open_tasks: set[str] = field(default_factory=set)
    looked_up: dict[Thing, int] = field(default_factory=dict)
    fetched: dict[str, str] = field(default_factory=dict)
    fetched_answers: dict[str, int] = field(default_factory=dict)

    def name(
        self, customer: Any, conversation: Any = None, *, frozen: bool, proves: bool
    ) -> None:
        """Note ids that a record names.

        Args:
            customer: id, or nothing.
            conversation: id, or nothing.
            frozen: whether the record keeps ids that have changed since.
            proves: whether it proves that both were there at the capture.
        """
        pairs = (("customer", customer), ("conversation", conversation))
        for kind, an_id in pairs:
            if an_id:
                self.seen.add((kind, str(an_id)))
                if proves:
                    self.alive.add((kind, str(an_id)))
        if customer and conversation:
            self.owners.add((str(conversation), str(customer), frozen))

    def doubt(self, kind: str, an_id: Any, at: str) -> None:
        """Note that something happened to an id."""
        if an_id:
            thing = (kind, str(an_id))
            self.seen.add(thing)
            self.doubts[thing] = max(at, self.doubts.get(thing, ""))

    def state(self, conversation: str, state: str, at: str) -> None:
        """Note what a conversation was at a moment; the latest counts."""
        known = self.states.get(conversation, ("", ""))
        self.states[conversation] = max(known, (at, state))


def find(kind: str, at: str, file: BinaryIO) -> Findings:
    """Return what a file says.

    A file that cannot be read says nothing: the build that reads it sets it aside.

    Args:
        kind: its folder, such as ``events`` or ``exports/customers.jsonl``.
        at: its capture time.
        file: its bytes.
    """
    found = Findings(at)
    reader = _READERS.get(kind)
    if reader is None:
        if kind.startswith("reports/"):
            found.records = sum(1 for _ in rows(file))
        return found
    for record in rows(file) if kind.startswith("reports/") else objects_of(file):
        found.records += 1
        reader(found, record)
    return found


def rows(file: BinaryIO) -> Iterator[Record]:
    """Return the rows of a report by header; blank lines before it are left out."""
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    try:
        lines = csv.reader(text)
        header = next((line for line in lines if any(line)), None)
        if header is not None:
            for line in lines:
                if line:
                    yield dict(zip(header, line, strict=False))
    except csv.Error:
        return
    finally:
        text.detach()


def objects_of(file: BinaryIO) -> Iterator[Record]:
    """Return the objects of JSON: one a line, or bodies as they came, lists among them.

    What is no JSON is left out, up to the end of its line.
    """
    first = file.readline()
    try:
        is_lines = isinstance(made := json.loads(first), dict) and not is_wrapper(made)
    except ValueError:
        is_lines = False
    if is_lines:
        for line in chain([first], file):
            yield from _objects_in(line.decode("utf-8-sig", "replace"))
    else:
        yield from _objects_in((first + file.read()).decode("utf-8-sig", "replace"))


def _objects_in(text: str) -> Iterator[Record]:
    decoder, here = json.JSONDecoder(), 0
    while here < len(text):
        if text[here].isspace():
            here += 1
            continue
        try:
            made, here = decoder.raw_decode(text, here)
        except ValueError:
            here = text.find("\n", here) + 1 or len(text)
            continue
        listed = made["value"] if is_wrapper(made) else made
        for each in listed if isinstance(listed, list) else [listed]:
            if isinstance(each, dict):
                yield each


def _work_session(found: Findings, row: Record) -> None:
    found.name(
        row.get("customer_id"), row.get("conversation_id"), frozen=True, proves=False
    )


def _contact(found: Findings, row: Record) -> None:
    found.name(
        row.get("Customer ID"), row.get("Conversation ID"), frozen=True, proves=False
    )
    queued = stamp_of(row.get("Queued At"))
    if queued and (contact := row.get("Contact ID")):
        day = f"{queued[:4]}-{queued[4:6]}-{queued[6:8]}"
        found.contacts[contact] = (day, stamp_of(row.get("Ended At")) or "")


def _conversation(found: Findings, row: Record) -> None:
    conversation = row.get("Conversation ID") or ""
    found.name(row.get("Customer ID"), conversation, frozen=False, proves=True)
    created = stamp_of(row.get("Created At"))
    if conversation and created:
        found.listed[conversation] = f"{created[:4]}-{created[4:6]}-{created[6:8]}"
        found.state(conversation, str(row.get("Status") or ""), found.at)


def _conversation_moment(found: Findings, row: Record) -> None:
    # An absorbed conversation stays in its rows: they prove the customer alone.
    found.name(row.get("Customer ID"), frozen=False, proves=True)
    found.name(None, row.get("Conversation ID"), frozen=False, proves=False)
    at = stamp_of(row.get("Timestamp")) or found.at
    found.doubt("customer", row.get("Merged Customer ID"), at)
    found.doubt("conversation", row.get("Merged Conversation ID"), at)


def _contact_moment(found: Findings, row: Record) -> None:
    found.name(
        row.get("Customer ID"), row.get("Conversation ID"), frozen=False, proves=True
    )


def _answer_use(found: Findings, row: Record) -> None:
    if an_id := row.get("Answer ID"):
        found.answers.add(an_id)


def _item(found: Findings, item: Record) -> None:
    # Written when the job ran, and true then.
    found.name(
        item.get("customerId"), item.get("conversationId"), frozen=True, proves=False
    )


def _export_customer(found: Findings, customer: Record) -> None:
    found.name(customer.get("id"), frozen=False, proves=True)


def _event(found: Findings, event: Record) -> None:
    content = event.get("content")
    if not isinstance(content, dict):
        return
    kind = str(event.get("type") or "")
    at = stamp_of(event.get("timestamp")) or found.at
    customer, conversation = content.get("customerId"), content.get("conversationId")
    found.name(customer, conversation, frozen=True, proves=False)
    if kind in ("CUSTOMER/MERGED", "CUSTOMER_PROFILE/MERGED"):
        found.doubt("customer", content.get("sourceCustomerId"), at)
        found.doubt("conversation", content.get("sourceConversationId"), at)
        survivor = content.get("destinationCustomerId")
        found.name(
            survivor,
            content.get("destinationConversationId"),
            frozen=True,
            proves=False,
        )
        _change(found, survivor, at)
    elif kind == "CUSTOMER_PROFILE/DELETED" or (
        content.get("reason") == "CUSTOMER_DELETED"
    ):
        found.doubt("customer", customer, at)
        found.doubt("conversation", conversation, at)
    elif kind == "CUSTOMER_PROFILE/UPDATED":
        _change(found, customer, at)
    elif kind.startswith("TASK/") and customer:
        found.tasks[str(customer)] = max(at, found.tasks.get(str(customer), ""))
    elif conversation and kind in _STATES:
        found.state(str(conversation), _STATES[kind], at)


_STATES = {
    "CONVERSATION/CREATED": "OPEN",
    "CONVERSATION/REOPENED": "OPEN",
    "CONVERSATION/CLOSED": "CLOSED",
}


def _change(found: Findings, customer: Any, at: str) -> None:
    if customer:
        thing = ("customer", str(customer))
        found.changes[thing] = max(at, found.changes.get(thing, ""))


def _fetched_conversation(found: Findings, made: Record) -> None:
    an_id = str(made.get("id") or "")
    found.name(made.get("customerId"), an_id, frozen=False, proves=True)
    if isinstance(made.get("status"), str):
        found.fetched[an_id] = made["status"]


def _task(found: Findings, task: Record) -> None:
    customer = str(task.get("customerId") or "")
    found.name(customer, frozen=False, proves=True)
    if customer:
        found.task_lists.add(customer)
        if task.get("status") == "OPEN":
            found.open_tasks.add(customer)


def _fetched_answer(found: Findings, answer: Record) -> None:
    if an_id := answer.get("id"):
        found.fetched_answers[str(an_id)] = 404 if answer.get("status") == 404 else 200


def _look_up(kind: str) -> Callable[[Findings, Record], None]:
    def read(found: Findings, line: Record) -> None:
        if (an_id := line.get("requestedId")) and isinstance(line.get("status"), int):
            thing = (kind, str(an_id))
            found.seen.add(thing)
            found.looked_up[thing] = line["status"]
            if line.get("resolvedId"):
                found.seen.add((kind, str(line["resolvedId"])))

    return read


_READERS: dict[str, Callable[[Findings, Record], None]] = {
    "reports/WorkSessionEvents": _work_session,
    "reports/ContactExportReportV3": _contact,
    "reports/ConversationExportReport": _conversation,
    "reports/ConversationTimestampsReport": _conversation_moment,
    "reports/ContactTimestampsReport": _contact_moment,
    "reports/AnswerUsageReport": _answer_use,
    "exports/conversation_items.jsonl": _item,
    "exports/customers.jsonl": _export_customer,
    "events": _event,
    "entities/conversations": _fetched_conversation,
    "entities/tasks": _task,
    "entities/answers": _fetched_answer,
    "lookups/customers": _look_up("customer"),
    "lookups/conversations": _look_up("conversation"),
}


def kinds() -> Iterable[str]:
    """Return the kinds of files that say something."""
    return _READERS.keys()
