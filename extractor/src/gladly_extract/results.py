"""What came of a pull: one line an extract for people, one object for machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gladly_extract.client import Counts
from gladly_extract.problems import Exit, Problem, worst


@dataclass
class Result:
    """What came of one extract."""

    files: int = 0
    records: int = 0
    size: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass
class Results:
    """What came of all of them.

    Attributes:
        counts: requests and retries by extract.
        extracts: results by extract, in the order they were begun.
        problems: what did not go well.
    """

    counts: Counts
    extracts: dict[str, Result] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of(self, extract: str) -> Result:
        """Return the result of an extract, which begins empty."""
        return self.extracts.setdefault(extract, Result())

    def kept(self, extract: str, records: int, size: int) -> None:
        """Count a file."""
        result = self.of(extract)
        result.files += 1
        result.records += records
        result.size += size

    def note(self, extract: str, sentence: str) -> None:
        """Add something worth knowing that needs no action."""
        notes = self.of(extract).notes
        if sentence not in notes:
            notes.append(sentence)

    def problem(self, extract: str, sentence: str, code: Exit = Exit.PARTIAL) -> None:
        """Add a problem."""
        self.of(extract)
        self.problems.append(Problem(extract, sentence, code))

    @property
    def exit(self) -> Exit:
        """Return the exit code."""
        return worst(self.problems)

    def lines(self) -> list[str]:
        """Return one line an extract that was asked for, and what is to be said."""
        asked = {
            name: result
            for name, result in self.extracts.items()
            if result.files or self.counts.requests[name]
        }
        width = max((len(name) for name in asked), default=0)
        made = []
        for name, result in asked.items():
            retries = self.counts.retries[name]
            again = f", {_many(retries, 'retry', 'retries')}" if retries else ""
            made.append(
                f"{name:<{width}}  {_many(result.files, 'file')}, "
                f"{_many(result.records, 'record')}, {_size(result.size)}, "
                f"{_many(self.counts.requests[name], 'request')}{again}"
            )
        if not any(result.files for result in asked.values()):
            made.append("Nothing was due." if not self.problems else "Nothing pulled.")
        made += [
            f"note: {name}: {sentence}"
            for name, result in self.extracts.items()
            for sentence in result.notes
        ]
        made += [f"problem: {each.extract}: {each.sentence}" for each in self.problems]
        return made

    def as_json(self) -> dict[str, Any]:
        """Return all of it for machines."""
        return {
            "exit_code": int(self.exit),
            "extracts": [
                {
                    "extract": name,
                    "files": result.files,
                    "records": result.records,
                    "bytes": result.size,
                    "requests": self.counts.requests[name],
                    "retries": self.counts.retries[name],
                    "notes": result.notes,
                }
                for name, result in self.extracts.items()
            ],
            "problems": [
                {
                    "extract": problem.extract,
                    "sentence": problem.sentence,
                    "exit_code": int(problem.exit),
                }
                for problem in self.problems
            ],
        }


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def _size(size: int) -> str:
    if size < 1_000_000:
        return f"{size / 1000:,.1f} kB"
    return f"{size / 1_000_000:,.1f} MB"
