"""Bodies that are whole, cut, or something else."""

from __future__ import annotations

import io
import json

import pytest

from gladly_extract.bodies import look_at, objects


def _look(kind: str, body: bytes) -> tuple[int, str | None, str | None]:
    look = look_at(kind, io.BytesIO(body))
    return look.records, look.damage, look.doubt


@pytest.mark.parametrize(
    ("body", "records"),
    [
        (b"a,b\n1,2\n3,4\n", 2),
        (b"\xef\xbb\xbfa,b\r\n1,2\r\n", 1),
        (b"\n\r\na,b\n1,2\n", 1),
        (b'a,b\n1,"two\nlines"\n', 1),
        (b"a,b\n", 0),
    ],
)
def test_a_whole_report_is_taken(body: bytes, records: int) -> None:
    assert _look("csv", body) == (records, None, None)


@pytest.mark.parametrize(
    ("kind", "body", "damage"),
    [
        ("csv", b"<html><body>Bad Gateway", "it is an HTML page"),
        ("csv", b'{"errors":[]}', "it is JSON and no report"),
        ("csv", b"a,b,c\n1,2,3\n4,5", "it ends in the middle of a row"),
        ("csv", b'a,b\n1,"open', "it ends in the middle of a cell"),
        ("jsonl", b'{"id":1}\n{"id":', "it ends in the middle of a line"),
        ("jsonl", b" <!doctype html>", "it is an HTML page"),
        ("json", b'[{"id":1},', "it is no JSON"),
        ("json", b"<html>", "it is an HTML page"),
    ],
)
def test_what_is_cut_or_no_answer_is_damage(
    kind: str, body: bytes, damage: str
) -> None:
    assert _look(kind, body)[1] == damage


@pytest.mark.parametrize(
    ("kind", "body", "doubt"),
    [
        ("csv", b"", "it has no body"),
        ("csv", b"\r\n", "it has no body"),
        ("jsonl", b"", "it has no body"),
        ("csv", b"a,b\n1,2", "its last row has no end"),
        ("jsonl", b'{"id":1}', "its last line has no end"),
    ],
)
def test_what_may_be_right_is_in_doubt(kind: str, body: bytes, doubt: str) -> None:
    found = _look(kind, body)
    assert found[1:] == (None, doubt)


def test_the_objects_of_a_list_keep_their_bytes() -> None:
    body = '[ {"b" : 1.0,\r\n "a":"\u00fc \\n ]"} ,{"a":[]}\n]\n'.encode()
    assert list(objects(body)) == [
        '{"b" : 1.0, "a":"\u00fc \\n ]"}'.encode(),
        b'{"a":[]}',
    ]


def test_one_object_is_one_line() -> None:
    assert list(objects(b'{\n  "id": 1\n}\n')) == [b'{  "id": 1}']


def test_a_wrapped_list_gives_its_objects() -> None:
    body = b'{"summary":{"value":"x"},"value":[{"id":"1"},{"id":"2"}]}'
    assert list(objects(body)) == [b'{"id":"1"}', b'{"id":"2"}']


def test_an_empty_list_has_none() -> None:
    assert list(objects(b"[ ]")) == []


def test_every_line_of_objects_reads_as_the_object() -> None:
    made = [{"id": n, "text": 'a "b" \\ \n', "more": {"x": [1, 2]}} for n in range(5)]
    body = json.dumps(made, indent=2).encode()
    assert [json.loads(line) for line in objects(body)] == made
