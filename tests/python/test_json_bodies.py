"""Any JSON body is taken apart into its records, and damage costs no more than one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from json_bodies import CUT_OFF, is_spread, records_in

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)
RECORDS = st.lists(st.dictionaries(st.text(max_size=4), VALUES), max_size=5)
LAYOUTS = st.sampled_from([None, 0, 2, "\t"])


def read(text: str) -> list[Any]:
    return [json.loads(record) for record in records_in(text)]


@given(records=RECORDS, indent=LAYOUTS, is_ascii=st.booleans())
def test_a_list_gives_its_elements(
    records: list[Any], indent: int | str | None, is_ascii: bool
) -> None:
    text = json.dumps(records, indent=indent, ensure_ascii=is_ascii)
    assert is_spread(text, is_whole=True)
    assert read(text) == records
    assert all("\n" not in record for record in records_in(text))


@given(records=RECORDS, indent=LAYOUTS, summary=st.none() | st.text(max_size=9))
def test_a_wrapper_gives_the_elements_of_its_value(
    records: list[Any], indent: int | str | None, summary: str | None
) -> None:
    for wrapper in (
        {"summary": summary, "value": records},
        {"value": records, "summary": summary},
    ):
        text = json.dumps(wrapper, indent=indent)
        assert is_spread(text, is_whole=True)
        assert read(text) == records


@given(bodies=st.lists(RECORDS, max_size=3), indent=LAYOUTS)
def test_bodies_may_follow_one_another(
    bodies: list[list[Any]], indent: int | str | None
) -> None:
    text = "\n".join(json.dumps(body, indent=indent) for body in bodies)
    assert read(text) == [record for body in bodies for record in body]


@given(records=RECORDS)
def test_one_object_a_line_stays_as_it_is(records: list[Any]) -> None:
    text = "".join(json.dumps(record) + "\n" for record in records)
    assert list(records_in(text)) == text.splitlines()
    assert not is_spread(text, is_whole=True)


@given(records=RECORDS, data=st.data())
def test_a_list_that_is_cut_loses_no_whole_element(
    records: list[Any], data: st.DataObject
) -> None:
    text = json.dumps(records, indent=1)
    cut = data.draw(st.integers(1, len(text)))
    found = list(records_in(text[:cut]))
    whole = [json.dumps(record) for record in records]
    kept = found if cut == len(text) else found[:-1]
    assert [json.dumps(json.loads(record)) for record in kept] == whole[: len(kept)]
    assert len(found) <= len(records) + 1
    assert cut == len(text) or len(found) >= 1


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ('[{"a":1},{"a":2', ['{"a":1}', '{"a":2']),
        ('[{"a":1},', ['{"a":1}', CUT_OFF]),
        ("[", [CUT_OFF]),
        ('[{"a":1} {"a":2}]', ['{"a":1}', '{"a":2}']),
        ('[{"a":1},,{"a":2},]', ['{"a":1}', '{"a":2}']),
        ('[{"a":x},{"a":2}]', ['{"a":x}', '{"a":2}']),
        ("[what, 1]", ["what", "1"]),
        ('[{"a":[{"id":1},{"id":2}], b},\n{"a":2}]', None),
        ('[\n  {"a": "x},\n  {"a": 2}\n]', ['{"a": "x}', '{"a": 2}']),
        ('[{"a":1}] <html>', ['{"a":1}', "<html>"]),
        ('{"a":1}{"b":2}\n{"c":3}', ['{"a":1}{"b":2}', '{"c":3}']),
        ('{\n "a": 1\n}\n{\n "a": 2\n}', ['{  "a": 1 }', '{  "a": 2 }']),
        ('{"value": 5, "summary": "x"}', ['{"value": 5, "summary": "x"}']),
        ('{"id": "x", "value": [1]}', ['{"id": "x", "value": [1]}']),
        ("", []),
    ],
)
def test_damage_is_kept_for_the_reader_to_reject(
    text: str, records: list[str] | None
) -> None:
    found = list(records_in(text))
    if records is None:
        assert json.loads(found[-1])["a"] == 2
        assert len(found) == 2
    else:
        assert found == records


@pytest.mark.parametrize(
    ("start", "spread"),
    [
        ('{"a":1}\n{"b', False),
        ('{"a":1', False),
        ('{\n"a":1', True),
        ('\ufeff\n [{"a"', True),
        ('{"value":[{"a', True),
        ('{"summary": "All \\"x\\"", "value" : [', True),
        ("<html>", False),
        ("", False),
    ],
)
def test_how_a_body_starts_says_how_it_is_read(start: str, spread: bool) -> None:
    assert is_spread(start, is_whole=False) == spread


def test_nesting_without_end_is_one_record() -> None:
    deep = "[" * 100_000 + "]" * 100_000
    assert list(records_in(f'[{{"a":{deep}}},1]')) == [f'{{"a":{deep}}}', "1"]
