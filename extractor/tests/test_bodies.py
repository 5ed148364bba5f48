"""Bodies that are whole, cut, or something else."""

from __future__ import annotations

import io

import pytest

from gladly_extract.bodies import look_at


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


@pytest.mark.parametrize(
    ("body", "records"),
    [
        (b'[{"id":1},{"id":2}]', 2),
        (b"[ ]", 0),
        (b'{"id":1}', 1),
        (b'{"summary":"All","value":[{"id":1},{"id":2},{"id":3}]}', 3),
        (b'{"id":1,"value":[1,2]}', 1),
    ],
)
def test_a_list_has_as_many_records_as_elements(body: bytes, records: int) -> None:
    assert _look("json", body) == (records, None, None)
