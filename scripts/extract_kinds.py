"""Knows an extract by what is in it or by its name, wherever it lies.

The kinds are those that ``_gladly__sources.yml`` declares, with their fields.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from json_bodies import records_in

SOURCES = Path(__file__).parents[1] / "models/staging/gladly/base/_gladly__sources.yml"
#: How much of a file is looked at, in bytes.
START = 16384
#: Records that are looked at: not each has all fields.
RECORDS = 20
#: The share of a file's fields that its kind must know, and how many at least.
KNOWN, FEWEST = 0.6, 3


class Kind(NamedTuple):
    """One extract.

    Attributes:
        name: of its source table.
        path: its folder, such as ``reports/AnswerUsageReport``; for a file of an
            export job ``exports/<file>``.
        is_report: whether it is CSV.
        keys: fields that every record has.
        fields: all fields, in lower case with underscores for reports.
    """

    name: str
    path: str
    is_report: bool
    keys: frozenset[str]
    fields: frozenset[str]

    @property
    def last(self) -> str:
        """Return the last part of the path."""
        return self.path.rpartition("/")[2]

    def score(self, found: frozenset[str]) -> float:
        """Return how well the fields of a file fit, 0 when they do not."""
        if not self.keys <= found:
            return 0
        known = len(found & self.fields)
        if known < KNOWN * len(found):
            return 0
        if known < FEWEST and self.keys <= {"id"}:
            return 0
        # What is missing says less than what does not belong.
        missing = len(self.fields) - known
        return max(known - 2 * (len(found) - known) - missing / 100, 0)


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """Return all kinds."""
    with SOURCES.open(encoding="utf-8") as file:
        declared = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(_kind(table) for table in declared["sources"][0]["tables"])


def _kind(table: dict[str, Any]) -> Kind:
    meta = table["config"]["meta"]
    is_report = meta["format"] == "csv"
    names = {column["name"] for column in table["columns"]}
    for column in table["columns"]:
        aliases = column.get("config", {}).get("meta", {}).get("aliases", ())
        names.update(aliases)
    keys = meta.get("key", ())
    return Kind(
        table["name"],
        meta["path"],
        is_report,
        frozenset(_plain(key) if is_report else key for key in keys),
        frozenset(_plain(name) if is_report else name for name in names),
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def look_alikes(path: Path) -> tuple[frozenset[str], list[tuple[float, Kind]]]:
    """Return the fields of a file, and the kinds that they fit, the best first."""
    found, is_report = fields_of(_start(path))
    scored = [
        (kind.score(found), kind) for kind in kinds() if kind.is_report == is_report
    ]
    fitting = [each for each in scored if each[0] > 0]
    return found, sorted(fitting, key=lambda each: -each[0])


def fields_of(start: bytes) -> tuple[frozenset[str], bool]:
    """Return the fields of what begins so, and whether it is a report."""
    text = start.decode("utf-8-sig", "replace").lstrip()
    if text.startswith(("{", "[")):
        names: set[str] = set()
        for record in islice(records_in(text), RECORDS):
            try:
                made = json.loads(record)
            except (ValueError, RecursionError):
                made = None
            if isinstance(made, dict):
                names |= made.keys()
            elif not names:
                # Longer than what was read: the names that it begins with.
                names.update(re.findall(r'[{,]\s*"(\w+)"\s*:', record))
        return frozenset(names), False
    header = text.splitlines()[0] if text else ""
    if text.startswith("<") or "," not in header:
        return frozenset(), True
    return frozenset(_plain(cell) for cell in next(csv.reader([header]))), True


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            start = file.read(START)
        if start.startswith(b"\x1f\x8b"):
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, START)
    except (OSError, zlib.error, gzip.BadGzipFile):
        return b""
    return start


def kind_named(below: Path, among: Sequence[Kind]) -> Kind | None:
    """Return the one of some kinds whose name is in a path, the longest that is.

    A file of an export job has one name; what only sounds like it came from elsewhere.
    """
    name = below.name.removesuffix(".gz")
    plain = re.sub(r"[^a-z0-9]", "", below.as_posix().lower())
    named = [
        kind
        for kind in among
        if (
            kind.last == name
            if kind.path.startswith("exports/")
            else kind.last.lower().replace("_", "") in plain
        )
    ]
    return max(named, key=lambda kind: len(kind.last), default=None)
