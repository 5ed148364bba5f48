"""A few sound records of every extract, and what base tables should hold of them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from project import ROOT

SAMPLE = ROOT / "extracts" / "sample"
SOURCES = ROOT / "models" / "staging" / "gladly" / "base" / "_gladly__sources.yml"
#: After every record of the sample, so that nothing is later than its capture.
STAMP, UPDATED_AT = "20250601T000000Z", "2025-06-01T00:00:00.000Z"
RECORDS = 6


@dataclass(frozen=True)
class Seed:
    """Sound records of one extract.

    Attributes:
        extract: name of the source.
        path: where its files are, as the source says.
        ending: of a file's name.
        header: first line of a report, else empty.
        records: lines without their end.
        expected: of each record the declared fields as text, in the source's order.
        fields: names of the declared fields.
        json_fields: which of them hold JSON.
        blank_fields: of which a blank cell says that there is none.
        keys: which of them no record can do without.
    """

    extract: str
    path: str
    ending: str
    header: bytes
    records: tuple[bytes, ...]
    expected: tuple[tuple[Any, ...], ...]
    fields: tuple[str, ...]
    json_fields: frozenset[str]
    blank_fields: frozenset[str]
    keys: tuple[str, ...]

    @property
    def is_report(self) -> bool:
        """Whether its files are CSV."""
        return self.ending == ".csv"

    def body(self) -> bytes:
        """The file as it was."""
        lines = [self.header] if self.is_report else []
        return b"".join(line + b"\n" for line in (*lines, *self.records))

    def place(self, name: str, body: bytes) -> dict[str, bytes]:
        """Return the files by path that make `body` a file of this extract."""
        if not self.path.startswith("exports/"):
            return {f"{self.path}/{STAMP}__{name}{self.ending}": body}
        job = {"id": name, "status": "COMPLETED", "updatedAt": UPDATED_AT}
        return {
            f"exports/{name}/job.json": json.dumps(job).encode(),
            f"exports/{name}/{self.path.removeprefix('exports/')}": body,
        }


def comparable_name(name: str) -> str:
    """Return a column's name without what may be written otherwise."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def sources() -> dict[str, dict[str, Any]]:
    """Return the declared extracts by name."""
    declared = yaml.safe_load(SOURCES.read_text("utf-8"))["sources"][0]["tables"]
    return {table["name"]: table for table in declared}


def seeds() -> list[Seed]:
    """Return sound records of each extract of which files are lines or rows."""
    return [
        seed
        for name, table in sources().items()
        if table["config"]["meta"]["format"] != "json"
        for seed in [_seed(name, table)]
        if seed.records
    ]


def expected_values(seed: Seed, record: Any) -> tuple[Any, ...]:
    """Return the declared fields of a record, read by Python: JSON, else text."""
    return tuple(
        _value(record.get(field), field in seed.json_fields, field in seed.blank_fields)
        for field in seed.fields
    )


def _value(value: Any, is_json: bool, keeps_blanks: bool) -> Any:
    if value is None or (value == "" and not (is_json or keeps_blanks)):
        return None
    if is_json or isinstance(value, str):
        return value
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _seed(name: str, table: dict[str, Any]) -> Seed:
    meta = table["config"]["meta"]
    fields = tuple(column["name"] for column in table["columns"])
    ending = ".csv" if meta["format"] == "csv" else ".jsonl"
    found = Seed(
        name,
        meta["path"],
        ending,
        b"",
        (),
        (),
        fields,
        frozenset(
            column["name"]
            for column in table["columns"]
            if column.get("data_type") == "json"
        ),
        frozenset(
            column["name"]
            for column in table["columns"]
            if column.get("config", {}).get("meta", {}).get("keeps_blanks")
        ),
        tuple(meta.get("key") or meta["either_key"]),
    )
    for path in _files(meta["path"]):
        header, lines = _lines(path, found)
        records: dict[tuple[Any, ...], tuple[bytes, tuple[Any, ...]]] = {}
        for line, record in lines:
            if all(record.get(key) for key in meta.get("key", found.keys[:1])):
                key = tuple(record.get(key) for key in found.keys)
                records.setdefault(key, (line, expected_values(found, record)))
        chosen = [*records.values()][:RECORDS]
        if len(chosen) > len(found.records):
            found = Seed(
                found.extract,
                found.path,
                found.ending,
                header,
                tuple(line for line, _ in chosen),
                tuple(values for _, values in chosen),
                found.fields,
                found.json_fields,
                found.blank_fields,
                found.keys,
            )
        if len(found.records) == RECORDS:
            break
    return found


def _files(path: str) -> list[Path]:
    if path.startswith("exports/"):
        return sorted(SAMPLE.glob(f"exports/*/{path.removeprefix('exports/')}"))
    return sorted((SAMPLE / path).glob("*"))


def _lines(
    path: Path, seed: Seed
) -> tuple[bytes, Iterator[tuple[bytes, dict[str, Any]]]]:
    content = path.read_bytes()
    if not seed.is_report:
        return b"", _objects(content)
    header, _, rest = content.lstrip(b"\xef\xbb\xbf").partition(b"\n")
    header = header.rstrip(b"\r")
    names = [comparable_name(name) for name in next(csv.reader([header.decode()]), [])]
    known = {comparable_name(field): field for field in seed.fields}
    if any(comparable_name(key) not in names for key in seed.keys):
        return header, iter(())
    return header, _rows(rest, [known.get(name, "") for name in names])


def _objects(content: bytes) -> Iterator[tuple[bytes, dict[str, Any]]]:
    for line in content.splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            yield line, record


def _rows(content: bytes, names: list[str]) -> Iterator[tuple[bytes, dict[str, Any]]]:
    for line in content.splitlines():
        cells = next(csv.reader(io.StringIO(line.decode(), newline="")), [])
        # A row of one line, and with no cell more or less.
        if len(cells) == len(names) and line.count(b'"') % 2 == 0:
            yield line, dict(zip(names, cells, strict=True))
