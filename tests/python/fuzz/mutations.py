"""Damages a file, and says which of its records it touched.

Each mutation takes chance and sound records, and returns the damaged file with the
records whose values it may have changed. All others must land as they were.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from fuzz.seeds import Seed


class Damaged(NamedTuple):
    """A damaged file, and the numbers of the records it touched."""

    body: bytes
    touched: frozenset[int]


Mutation = Callable[[random.Random, Seed], Damaged]
MUTATIONS: dict[str, Mutation] = {}
NOTHING: frozenset[int] = frozenset()

#: What is put where a text, a number, a time, an id or a name stands.
TEXTS = [
    "{{ 1 / 0 }}",
    "{% raise 'x' %}{# ",
    "}} {{ var('x') }}",
    "'; drop table staging.base_gladly__events; --",
    '" or ""="',
    "$$ $1 %s %(x)s ${x} \\x",
    "<script>alert(1)</script><!--",
    "=cmd|' /C calc'!A0",
    "\u202eright to left",
    "\u0000",
    "\u2028\u0085\x0b\x0c",
    "\ufeff",
    "e\u0301\U0001f642\U00010ffff",
    "a\nb\r\nc\rd",
    "x" * 5_000,
    "",
    " ",
    "null",
    "NULL",
    "[]",
    "{}",
    '{"id":"x"}',
    '["x","x"]',
]
NUMBERS = ["NaN", "-inf", "1e308", "-1", "9" * 40, "0x10", "1_000", "1,5", "+3", "٣"]
TIMES = [
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "2099-01-01 00:00:00",
    "2025-02-30T10:00:00Z",
    "2025-03-09 02:30:00",
    "2025-03-01T24:00:00Z",
    "2025-03-01T10:00:00+99:00",
    "2025-03-01T10:00:00.123456789123+14:00",
    "294247-01-10T04:00:54Z",
    "infinity",
    "-infinity",
    "epoch",
    "1740823200",
    "Mar 1, 2025",
    "01/03/2025",
]
ZONES = ["Mars/Olympus", "utc", "UTC+25", "Europe/Berlin", "EST", "US/Pacific"]
VALUES = [*TEXTS, *NUMBERS, *TIMES, *ZONES]
#: What stands in JSON where something else should.
ODD_JSON: list[str] = [
    "null",
    "true",
    "0",
    "-0.0",
    "1e400",
    "1E-400",
    "9" * 60,
    "[]",
    "{}",
    "[[[[]]]]",
    "[null]",
    "[1,2]",
    '["a",{"id":1}]',
    '{"id":"x","type":"y"}',
    '{"id":null,"type":[]}',
    '{"a":{"a":{"a":{}}}}',
    '{"type":"TOPIC_CHANGE","addedTopicIds":"t1","removedTopicIds":{"a":1}}',
    '{"type":["CHAT_MESSAGE"],"content":{"x":1}}',
    '"\\ud800"',
    '"\\u0000"',
    "[" * 300 + "]" * 300,
    '{"a":' * 300 + "1" + "}" * 300,
    "NaN",
    "'x'",
    "01",
    "",
]
NAMES = [
    "File Index", "filename", "rowid", "_extract_file", "_record_number", "cell_1",
    "select", "", " ", "x" * 300, "日本", "it's", 'a"b', "a,b", "a\nb", "{{ x }}",
    "$.a", "a.b", "Contact ID", "id", "null",
]  # fmt: skip
FILE_NAMES = [
    "it's", "[a-z]*?", "new\nline", "日本 🙂", "a%20b;--", "{{ x }}", 'q"q', "\\", "$$",
    "a" * 180, " ", "..", "__", "#", "a=b", "-rf", "20250101T000000Z__x", "{a,b}", "~",
]  # fmt: skip


BYTES = [
    b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x1a", b"\x0b",
    b"\xef\xbb\xbf", b"\x0c", b"\x85", b"\xe2\x80\xa8", b"\r", b"\n", b"\r\n",
    b"\x1b[31m", b"\t", b" ", b"\\", b"\\n", b"'", b"`", b";", b"|",
]  # fmt: skip
LINES = [
    b"502 Bad Gateway", b"<html><body>", b"# comment", b"-- ", b"null", b"[]", b"{}",
    b"Total,,,", b",", b"{", b"}", b"[1,2", b"0", b"true", b"\x00\x00", b"---",
]  # fmt: skip


def mutation(written: Mutation) -> Mutation:
    """Add a mutation to those there are."""
    MUTATIONS[written.__name__] = written
    return written


def joined(seed: Seed, records: Iterable[bytes], end: bytes = b"\n") -> bytes:
    """Return a file of the records."""
    lines = [seed.header] if seed.is_report else []
    return b"".join(line + end for line in (*lines, *records))


def one(chance: random.Random, seed: Seed) -> int:
    """Return the number of a record."""
    return chance.randrange(len(seed.records))


def replaced(seed: Seed, number: int, *records: bytes) -> Damaged:
    """Return the file with other lines for one record."""
    lines = [*seed.records]
    lines[number : number + 1] = records
    return Damaged(joined(seed, lines), frozenset({number}))


def from_on(seed: Seed, number: int) -> frozenset[int]:
    """Return a record and all after it."""
    return frozenset(range(number, len(seed.records)))


def everything(seed: Seed) -> frozenset[int]:
    """Return all records."""
    return from_on(seed, 0)


def cells(line: bytes) -> list[str]:
    """Return the cells of a row."""
    return next(csv.reader(io.StringIO(line.decode(), newline="")))


def row(values: Iterable[str]) -> bytes:
    """Return cells as a row."""
    text = io.StringIO(newline="")
    # What ends a line here is also what puts a cell with a line end into marks.
    csv.writer(text, lineterminator="\r\n").writerow(values)
    return text.getvalue().removesuffix("\r\n").encode()


def inserted(line: bytes, place: int, what: bytes) -> bytes:
    """Return a line with bytes put into it."""
    return line[:place] + what + line[place:]


# Bytes -------------------------------------------------------------------------------


@mutation
def a_bit_flips(chance: random.Random, seed: Seed) -> Damaged:
    """Any bit of one record, as long as no mark or line end comes of it."""
    number = one(chance, seed)
    line = bytearray(seed.records[number])
    place = chance.randrange(len(line))
    line[place] ^= 1 << chance.randrange(8)
    touched = from_on(seed, number) if line.count(b'"') % 2 else frozenset({number})
    return Damaged(replaced(seed, number, bytes(line)).body, touched)


@mutation
def bytes_come(chance: random.Random, seed: Seed) -> Damaged:
    """Bytes that are no text, control characters, line ends of other systems."""
    number = one(chance, seed)
    what = chance.choice(BYTES)
    line = seed.records[number]
    return replaced(seed, number, inserted(line, chance.randrange(len(line) + 1), what))


@mutation
def bytes_go(chance: random.Random, seed: Seed) -> Damaged:
    """A stretch of one record is gone."""
    number = one(chance, seed)
    line = seed.records[number]
    start = chance.randrange(len(line))
    cut = line[:start] + line[start + chance.randint(1, 20) :]
    touched = from_on(seed, number) if cut.count(b'"') % 2 else frozenset({number})
    return Damaged(replaced(seed, number, cut).body, touched)


@mutation
def the_file_ends_early(chance: random.Random, seed: Seed) -> Damaged:
    """As after a broken download."""
    number = one(chance, seed)
    before = joined(seed, seed.records[:number])
    kept = seed.records[number][: chance.randrange(len(seed.records[number]))]
    return Damaged(before + kept, from_on(seed, number))


@mutation
def another_encoding(chance: random.Random, seed: Seed) -> Damaged:
    """As spreadsheets and other systems save it."""
    encoding = chance.choice(["utf-16", "utf-16-be", "utf-32", "utf-7", "cp037"])
    text = seed.body().decode()
    return Damaged(text.encode(encoding, "replace"), everything(seed))


@mutation
def latin_letters(chance: random.Random, seed: Seed) -> Damaged:
    """One record is not UTF-8."""
    number = one(chance, seed)
    return replaced(seed, number, seed.records[number][:-1] + "ü€é".encode("cp1252"))


@mutation
def a_byte_order_mark(_: random.Random, seed: Seed) -> Damaged:
    """As Excel writes it."""
    return Damaged(b"\xef\xbb\xbf" + seed.body(), NOTHING)


# Lines -------------------------------------------------------------------------------


@mutation
def other_line_ends(chance: random.Random, seed: Seed) -> Damaged:
    """Of Windows; those of old Macs make one line of a JSON file."""
    end = chance.choice([b"\r\n", b"\n\n", b"\r\n\r\n"])
    return Damaged(joined(seed, seed.records, end), NOTHING)


@mutation
def mixed_line_ends(chance: random.Random, seed: Seed) -> Damaged:
    """Of two systems in one file."""
    lines = [seed.header] if seed.is_report else []
    ends = [b"\n", b"\r\n"]
    body = b"".join(line + chance.choice(ends) for line in (*lines, *seed.records))
    return Damaged(body, NOTHING)


@mutation
def no_last_line_end(_: random.Random, seed: Seed) -> Damaged:
    """As many editors leave it."""
    return Damaged(seed.body()[:-1], NOTHING)


@mutation
def blank_lines(chance: random.Random, seed: Seed) -> Damaged:
    """Before, between and behind."""
    number = chance.randrange(len(seed.records) + 1)
    blank = chance.choice([b"", b"", b"\r"])
    if not seed.is_report:
        blank = chance.choice([b"", b" ", b"\t", b"\r"])
    lines = [*seed.records]
    lines[number:number] = [blank] * chance.randint(1, 5)
    return Damaged(joined(seed, lines), NOTHING)


@mutation
def lines_of_something_else(chance: random.Random, seed: Seed) -> Damaged:
    """Messages of proxies and logs among the records."""
    number = chance.randrange(len(seed.records) + 1)
    line = chance.choice(LINES)
    lines = [*seed.records]
    lines[number:number] = [line]
    return Damaged(joined(seed, lines), NOTHING)


@mutation
def a_line_twice(chance: random.Random, seed: Seed) -> Damaged:
    """Once more, or many times."""
    number = one(chance, seed)
    times = chance.choice([2, 3, 500])
    touched = replaced(seed, number, *[seed.records[number]] * times)
    return Damaged(touched.body, frozenset({number}))


@mutation
def lines_change_places(chance: random.Random, seed: Seed) -> Damaged:
    """In another order: each is what it was."""
    lines = [*seed.records]
    chance.shuffle(lines)
    return Damaged(joined(seed, lines), NOTHING)


@mutation
def two_lines_in_one(chance: random.Random, seed: Seed) -> Damaged:
    """A line end is missing."""
    number = chance.randrange(max(len(seed.records) - 1, 1))
    lines = [*seed.records]
    lines[number : number + 2] = [b"".join(lines[number : number + 2])]
    return Damaged(joined(seed, lines), frozenset({number, number + 1}))


@mutation
def a_header_again(_: random.Random, seed: Seed) -> Damaged:
    """Two files put behind one another."""
    return Damaged(seed.body() + seed.body(), NOTHING)


# Columns -----------------------------------------------------------------------------


def _columns(seed: Seed, change: Callable[[list[str]], list[str]]) -> bytes:
    """Change header and all rows alike."""
    lines = [seed.header, *seed.records]
    return b"".join(row(change(cells(line))) + b"\n" for line in lines)


@mutation
def columns_change_places(chance: random.Random, seed: Seed) -> Damaged:
    """Reports are read by name; so are objects."""
    if not seed.is_report:
        records = []
        for line in seed.records:
            items = list(json.loads(line).items())
            chance.shuffle(items)
            records.append(json.dumps(dict(items)).encode())
        return Damaged(joined(seed, records), NOTHING)
    order = [*range(len(cells(seed.header)))]
    chance.shuffle(order)
    return Damaged(_columns(seed, lambda old: [old[n] for n in order]), NOTHING)


@mutation
def a_column_more(chance: random.Random, seed: Seed) -> Damaged:
    """With a name of any kind, at any place."""
    name, value = chance.choice(NAMES), chance.choice(VALUES)
    if not seed.is_report:
        records = [
            json.dumps({f"{name}-": value, **json.loads(line)}).encode()
            for line in seed.records
        ]
        return Damaged(joined(seed, records), NOTHING)
    place = chance.randrange(len(cells(seed.header)) + 1)
    names = iter([f"{name} more"])
    value = value.replace("\x00", "")

    def change(old: list[str]) -> list[str]:
        return [*old[:place], next(names, value), *old[place:]]

    return Damaged(_columns(seed, change), NOTHING)


@mutation
def a_column_less(chance: random.Random, seed: Seed) -> Damaged:
    """Header and cells; without a key the file is no report of this kind."""
    if not seed.is_report:
        return a_field_goes(chance, seed)
    place = chance.randrange(len(cells(seed.header)))
    body = _columns(seed, lambda old: [*old[:place], *old[place + 1 :]])
    return Damaged(body, everything(seed))


@mutation
def a_column_twice(chance: random.Random, seed: Seed) -> Damaged:
    """The first of one name counts."""
    if not seed.is_report:
        return a_field_twice(chance, seed)
    place = chance.randrange(len(cells(seed.header)))
    return Damaged(_columns(seed, lambda old: [*old, old[place]]), NOTHING)


@mutation
def a_header_damaged(chance: random.Random, seed: Seed) -> Damaged:
    """A byte of the first line."""
    if not seed.is_report:
        return a_bit_flips(chance, seed)
    line = bytearray(seed.header)
    line[chance.randrange(len(line))] = chance.randrange(256)
    return Damaged(bytes(line) + seed.body()[len(line) :], everything(seed))


@mutation
def a_header_otherwise_written(chance: random.Random, seed: Seed) -> Damaged:
    """In capitals, with more blanks, in marks: the names are what they were."""
    if not seed.is_report:
        return Damaged(seed.body(), NOTHING)
    change = chance.choice([str.upper, str.lower, lambda name: f" {name}  "])
    header = row(change(name) for name in cells(seed.header))
    if chance.random() < 0.3:
        header = b",".join(b'"%s"' % name.encode() for name in cells(seed.header))
    return Damaged(header + seed.body()[len(seed.header) :], NOTHING)


@mutation
def a_cell_more_or_less(chance: random.Random, seed: Seed) -> Damaged:
    """A row that does not fit the header."""
    if not seed.is_report:
        return a_field_goes(chance, seed)
    number = one(chance, seed)
    old = cells(seed.records[number])
    place = chance.randrange(len(old))
    if chance.random() < 0.5:
        return replaced(seed, number, row([*old[:place], *old[place + 1 :]]))
    return replaced(seed, number, row([*old[:place], "more", *old[place:]]))


# Values ------------------------------------------------------------------------------


@mutation
def values_of_another_kind(chance: random.Random, seed: Seed) -> Damaged:
    """Numbers, times, texts and markup where something else should stand."""
    number = one(chance, seed)
    if seed.is_report:
        old = cells(seed.records[number])
        for _ in range(chance.choice([1, 1, 3, len(old)])):
            old[chance.randrange(len(old))] = chance.choice(VALUES)
        return replaced(seed, number, row(old))
    record = json.loads(seed.records[number])
    for _ in range(chance.choice([1, 1, 3])):
        record[chance.choice([*record])] = chance.choice(VALUES)
    return replaced(seed, number, json.dumps(record, ensure_ascii=False).encode())


def _with_json(record: dict[str, Any], field: str, value: str) -> bytes:
    """Return an object with raw JSON for one of its values."""
    mark = "\ue000mark\ue000"
    text = json.dumps({**record, field: mark}, ensure_ascii=False)
    return text.replace(json.dumps(mark, ensure_ascii=False), value).encode()


@mutation
def json_of_another_type(chance: random.Random, seed: Seed) -> Damaged:
    """Lists, objects, numbers and nothing where a text should stand."""
    if seed.is_report:
        return values_of_another_kind(chance, seed)
    number = one(chance, seed)
    record = json.loads(seed.records[number])
    field = chance.choice([*record])
    return replaced(seed, number, _with_json(record, field, chance.choice(ODD_JSON)))


@mutation
def json_of_another_type_inside(chance: random.Random, seed: Seed) -> Damaged:
    """The same, at any depth of an object."""
    if seed.is_report:
        return values_of_another_kind(chance, seed)
    number = one(chance, seed)
    record = json.loads(seed.records[number])
    inner: Any = record
    while True:
        steps = [*inner] if isinstance(inner, dict) else [*range(len(inner))]
        step = chance.choice(steps)
        deeper = inner[step]
        if not isinstance(deeper, (dict, list)) or not deeper or chance.random() < 0.2:
            break
        inner = deeper
    mark = "\ue000mark\ue000"
    inner[step] = mark
    text = json.dumps(record, ensure_ascii=False).replace(
        json.dumps(mark, ensure_ascii=False), chance.choice([*ODD_JSON, '"x"'])
    )
    return replaced(seed, number, text.encode())


@mutation
def a_field_goes(chance: random.Random, seed: Seed) -> Damaged:
    """An object lacks one of its fields, or a row has a cell emptied."""
    number = one(chance, seed)
    if seed.is_report:
        old = cells(seed.records[number])
        old[chance.randrange(len(old))] = ""
        return replaced(seed, number, row(old))
    record = json.loads(seed.records[number])
    del record[chance.choice([*record])]
    return replaced(seed, number, json.dumps(record).encode())


@mutation
def a_field_twice(chance: random.Random, seed: Seed) -> Damaged:
    """An object says two things under one name."""
    if seed.is_report:
        return a_column_twice(chance, seed)
    number = one(chance, seed)
    record = json.loads(seed.records[number])
    name = json.dumps(chance.choice([*record])).encode()
    again = b", " + name + b": " + json.dumps(chance.choice(VALUES)).encode() + b"}"
    return replaced(seed, number, seed.records[number].rstrip()[:-1] + again)


# Marks -------------------------------------------------------------------------------


@mutation
def a_mark_comes(chance: random.Random, seed: Seed) -> Damaged:
    """A quotation mark at any place of a row may take up what follows it."""
    number = one(chance, seed)
    line = seed.records[number]
    mark = chance.choice([b'"', b'""', b'"""', b' "', b'" ', b'\\"', b"'"])
    damaged = inserted(line, chance.randrange(len(line) + 1), mark)
    touched = from_on(seed, number) if seed.is_report else frozenset({number})
    return Damaged(replaced(seed, number, damaged).body, touched)


@mutation
def every_cell_in_marks(_: random.Random, seed: Seed) -> Damaged:
    """As some systems write all of them."""
    if not seed.is_report:
        return Damaged(seed.body(), NOTHING)
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows(cells(line) for line in (seed.header, *seed.records))
    return Damaged(text.getvalue().encode(), NOTHING)


@mutation
def another_delimiter(chance: random.Random, seed: Seed) -> Damaged:
    """As spreadsheets of other countries save it."""
    if not seed.is_report:
        return Damaged(b"[" + b",".join(seed.records) + b"]", everything(seed))
    mark = chance.choice([b";", b"\t", b"|"])
    return Damaged(seed.body().replace(b",", mark), everything(seed))


# Sizes -------------------------------------------------------------------------------


@mutation
def nothing_in_it(chance: random.Random, seed: Seed) -> Damaged:
    """An empty file, or one of a single byte."""
    bodies = [b"", b"\n", b"\0", b" ", b'"', b"{", b"\xef\xbb\xbf", seed.header]
    return Damaged(chance.choice(bodies), everything(seed))


@mutation
def a_huge_value(chance: random.Random, seed: Seed) -> Damaged:
    """Of half a megabyte."""
    number = one(chance, seed)
    value = chance.choice(["x", "🙂", '"', "\\"]) * 500_000
    if seed.is_report:
        old = cells(seed.records[number])
        old[chance.randrange(len(old))] = value
        return replaced(seed, number, row(old))
    record = json.loads(seed.records[number])
    record[chance.choice([*record])] = value
    return replaced(seed, number, json.dumps(record, ensure_ascii=False).encode())


@mutation
def hundreds_of_columns(chance: random.Random, seed: Seed) -> Damaged:
    """All of them unknown."""
    many = chance.choice([50, 700])
    if seed.is_report:
        numbers = iter(range(len(seed.records) + 1))

        def change(old: list[str]) -> list[str]:
            first = next(numbers) == 0
            return [*old, *(f"more {n}" if first else "v" for n in range(many))]

        return Damaged(_columns(seed, change), NOTHING)
    number = one(chance, seed)
    record = json.loads(seed.records[number])
    more = {f"more {each}": each for each in range(many)}
    damaged = replaced(seed, number, json.dumps({**record, **more}).encode())
    return Damaged(damaged.body, NOTHING)
