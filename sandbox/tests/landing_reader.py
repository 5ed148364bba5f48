"""Reads back what the sandbox wrote, and a small company to write."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from gladly_sandbox.extracts import Written, whole_history, write_extracts
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import by_agent, by_customer


def csv_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a report as dictionaries by header."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report(out: Path, name: str, stamp: str) -> list[dict[str, str]]:
    """Return the rows of the one capture of a report whose name begins so."""
    (path,) = (out / "reports" / name).glob(f"{stamp}*.csv")
    return csv_rows(path)


def json_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def captured(out: Path, folder: str, stamp: str) -> list[dict[str, Any]]:
    """Return the objects of the one JSONL capture whose name begins so."""
    (path,) = (out / folder).glob(f"{stamp}*.jsonl")
    return json_lines(path)


class Company:
    """Two customers with a conversation each, one contact on the second's.

    ``kept`` and ``lost`` are the customers, ``stays`` and ``goes`` their
    conversations, ``contact`` a chat on ``goes`` and ``message`` its first line.
    """

    def __init__(self) -> None:
        """Play it up to 2025-02-01 10:05."""
        t = self.tenant = Tenant(7, "2025-01-01")
        self.inbox = t.add_inbox("Orders")
        self.agent = t.add_agent("Ada Specimen")
        self.topic = t.add_topic("Returns")
        self.kept = t.add_customer("2025-02-01 09:00", "Flo Fictional")
        self.lost = t.add_customer("2025-02-01 09:00", "Flo F.")
        self.stays = t.open_conversation(
            "2025-02-01 10:00", self.kept, inbox=self.inbox
        )
        self.goes = t.open_conversation("2025-02-01 10:00", self.lost, inbox=self.inbox)
        self.contact = t.start_contact("2025-02-01 10:00", self.goes, sla_seconds=60)
        self.message = t.message(
            "2025-02-01 10:00",
            self.goes,
            "Hello?",
            by=by_customer(self.lost),
            contact=self.contact,
        )
        t.offer("2025-02-01 10:00:10", self.contact, self.agent)
        t.accept("2025-02-01 10:00:15", self.contact, self.agent)
        t.message(
            "2025-02-01 10:00:45",
            self.goes,
            "Hello.",
            by=by_agent(self.agent),
            contact=self.contact,
        )
        t.fulfil("2025-02-01 10:00:45", self.contact)

    def end_contact(self, at: str = "2025-02-01 10:05") -> None:
        """End the contact after 35.529 seconds of work."""
        self.tenant.work(at, self.contact, self.agent, 35.529)
        self.tenant.end_contact(at, self.contact)

    def write(self, out: Path, *moments: str) -> Written:
        """Capture everything at each moment."""
        plan = [whole_history(self.tenant, at) for at in moments]
        return write_extracts(self.tenant, plan, out)
