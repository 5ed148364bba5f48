"""What the changelog says of a table: of the next release, and of those before."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Heading of what no release has yet.
UNRELEASED = "Unreleased"


@dataclass(frozen=True)
class Note:
    """An entry of the changelog, in Markdown: of which release, and of what kind."""

    release: str
    kind: str
    text: str

    def names(self, table: str) -> bool:
        """Return whether a table, or a column of it, is named."""
        return re.search(rf"`{table}(\.\w+)?`", self.text) is not None


def read_notes(changelog: str) -> list[Note]:
    """Return the entries of a changelog, in its order: the newest release first."""
    release, kind, notes = "", "", list[Note]()
    for line in changelog.splitlines():
        if line.startswith("## "):
            release, kind = line[3:].strip(), ""
        elif line.startswith("### "):
            kind = line[4:].strip()
        elif line.startswith("- ") and release:
            notes.append(Note(release, kind, line[2:]))
        elif line.startswith("  ") and notes and notes[-1].release == release:
            last = notes.pop()
            notes.append(Note(last.release, last.kind, f"{last.text} {line.strip()}"))
    return notes


def notes_of(notes: list[Note], table: str) -> list[tuple[str, list[Note]]]:
    """Return the entries that name a table, by release."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        if note.names(table):
            title = note.release
            if title == UNRELEASED:
                title = "In the next release"
            found.setdefault(title, []).append(note)
    return list(found.items())
