"""What every writer works with: one capture, the state then, and where it goes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gladly_sandbox.clock import file_stamp, naive, rfc3339
from gladly_sandbox.extracts.emitted import NOT_SHOWN, ConversationShown, Emitted
from gladly_sandbox.extracts.headers import HEADERS
from gladly_sandbox.extracts.plan import Capture
from gladly_sandbox.state import State
from gladly_sandbox.tenant import Tenant
from gladly_sandbox.things import Conversation, Event, Json

#: Actor types as timestamp reports print them.
REPORT_ACTORS = {"API": "APPLICATION"}


def to_json(record: Json) -> str:
    """Return a record on one line, as Gladly's files have it."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def report_actor(type_: str) -> str:
    """Return an actor type in the words of reports (API is APPLICATION there)."""
    return REPORT_ACTORS.get(type_, type_)


@dataclass
class Desk:
    """One capture at work; ``used`` keeps extra records from landing twice."""

    tenant: Tenant
    state: State
    capture: Capture
    at: datetime
    out: Path
    emitted: Emitted
    used: set[int]
    files: list[Path]

    def stamp(self, when: datetime | None) -> str:
        """Print a report time as this capture renders them; None is blank."""
        if when is None:
            return ""
        if self.capture.iso:
            return self.iso(when)
        text = naive(when, self.capture.timezone)
        return text[:-4] if self.capture.whole_seconds else text

    def iso(self, when: datetime | None) -> str:
        """Print a report time with its offset, as precisely as the capture does."""
        if when is None:
            return ""
        text = rfc3339(when)
        return f"{text[:-5]}Z" if self.capture.whole_seconds else text

    def shown(self, when: datetime) -> datetime:
        """Return a moment as the capture prints it."""
        return when.replace(microsecond=0) if self.capture.whole_seconds else when

    def hides(self, extract: str, *ids: str | None) -> bool:
        """Return whether the tenant hides any of ``ids`` from an extract."""
        hidden = self.tenant.hidden
        return bool(hidden) and any((extract, an_id) in hidden for an_id in ids)

    def hides_event(self, extract: str, event: Event) -> bool:
        """Return whether an event mentions an id hidden from an extract."""
        if not self.tenant.hidden:
            return False
        ids = [value for value in event.content.values() if isinstance(value, str)]
        return self.hides(extract, event.id, *ids)

    def show_conversation(self, extract: str, held: Conversation) -> None:
        """Note what a capture of a conversation shows of it."""
        closings = [self.shown(each["at"]) for each in held.closes]
        is_report = extract == "conversation_export"
        missing = self.capture.without_columns.get("ConversationExportReport", ())
        is_closed = held.status == "CLOSED"

        def shows(column: str) -> bool:
            return is_report and column not in missing

        def current(column: str, an_id: str | None) -> str | None:
            return an_id if shows(column) or not is_report else NOT_SHOWN

        self.emitted.conversations_shown.setdefault(held.id, []).append(
            ConversationShown(
                self.at,
                extract,
                "CLOSED" if is_closed else "OPEN",
                current("Inbox ID - Current", held.inbox_id),
                current("Assigned Agent ID - Current", held.agent_id),
                closings[0] if closings and is_report else None,
                # GET conversation shows the last closing while it is closed.
                closings[-1] if closings and (is_report or is_closed) else None,
                len(closings) if shows("Times Closed") else None,
                shows("Inbox ID - Created") and shows("Assigned Agent ID - Created"),
                shows("Inbox ID - Last Closed")
                and shows("Assigned Agent ID - Last Closed"),
            )
        )

    def extra(self, extract: str) -> list[Json]:
        """Return the extra records of an extract that are due and not used yet."""
        due = []
        for number, (name, since, record) in enumerate(self.tenant.extra):
            if name == extract and since <= self.at and number not in self.used:
                self.used.add(number)
                due.append(record)
        return due

    def inbox_name(self, inbox_id: str | None) -> str:
        """Return an inbox's name as of the capture."""
        if inbox_id is None:
            return ""
        found = self.state.inboxes.get(inbox_id)
        return found.name if found else ""

    def agent_name(self, agent_id: str | None) -> str:
        """Return an agent's name as of the capture."""
        if agent_id is None:
            return ""
        found = self.state.agents.get(agent_id)
        return found.name if found else ""

    def topic_path(self, topic_id: str) -> str:
        """Return a topic's names from the root down, cycles cut."""
        names: list[str] = []
        seen: set[str] = set()
        here: str | None = topic_id
        while here is not None and here not in seen and here in self.state.topics:
            seen.add(here)
            names.append(self.state.topics[here].name)
            here = self.state.topics[here].parent_id
        return " > ".join(reversed(names))

    def path(self, *folders: str, suffix: str) -> Path:
        """Return the path of a new file and make its folder.

        Raises:
            ValueError: when two captures would write the same file.
        """
        name = f"{file_stamp(self.at)}__{self.capture.label}.{suffix}"
        found = self.out.joinpath(*folders, name)
        if found.exists():
            raise ValueError(f"two captures write {found}: give them different labels")
        found.parent.mkdir(parents=True, exist_ok=True)
        return found

    def write_text(self, path: Path, text: str) -> None:
        """Write a file as UTF-8 with line ends as given."""
        path.write_bytes(text.encode())
        self.files.append(path)

    def write_lines(self, path: Path, records: Iterable[Json]) -> None:
        """Write one JSON object a line."""
        self.write_text(path, "".join(f"{to_json(record)}\n" for record in records))

    def write_report(
        self, folder: str, extract: str, rows: Iterable[list[str]]
    ) -> None:
        """Write a report CSV with its header and the extra rows that are due."""
        header = HEADERS[folder]
        missing = self.capture.without_columns.get(folder, ())
        kept = [number for number, name in enumerate(header) if name not in missing]
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")

        def write(row: Sequence[str]) -> None:
            writer.writerow([row[number] for number in kept])

        write(header)
        for row in rows:
            write(row)
        for record in self.extra(extract):
            unknown = set(record) - set(header)
            if unknown:
                raise ValueError(f"{folder} has no columns {sorted(unknown)}")
            echo = {
                "Timezone Filter": self.zone_name(),
                "Channel Filter": "All Channels",
                "Inboxes Filter": "All Inboxes",
                "Teams Filter": "All Teams",
            }
            write([record.get(name, echo.get(name, "")) for name in header])
        path = self.path("reports", folder, suffix="csv")
        self.write_text(path, buffer.getvalue())

    def zone_name(self) -> str:
        """Return what the Timezone Filter column says."""
        return self.capture.timezone
