"""What staging takes for a number, held against a table of writings and against
Python's own decimal numbers.

The macros are rendered and asked by themselves; nothing is built.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[2]
STAGING = ROOT / "models" / "staging" / "gladly"
KINDS = {
    "count": ("to_count", {}),
    "seconds": ("to_seconds", {}),
    "signed_seconds": ("to_seconds", {"signed": True}),
    "money": ("to_money", {}),
    "percent": ("to_percent", {}),
}


def read(kind: str, *values: str | None) -> list[Any]:
    """Return what a macro makes of texts."""
    macro, options = KINDS[kind]
    environment = Environment()
    # What dbt's dispatch finds when it builds with DuckDB.
    pattern = "is_like_pattern"
    text = (ROOT / "macros" / "duckdb" / f"{pattern}.sql").read_text()
    found_by_dispatch: Any = environment.from_string(text).module
    environment.globals[pattern] = getattr(found_by_dispatch, f"default__{pattern}")
    text = (ROOT / "macros" / "parsing" / f"{macro}.sql").read_text()
    module: Any = environment.from_string(text).module
    sql = getattr(module, macro)("written", **options)
    with duckdb.connect() as connection:
        return [
            found
            for (found,) in connection.execute(
                f"""
                select {sql} from (
                    select unnest($1) as written, unnest(range(len($1))) as place
                ) order by place
                """,
                [list(values)],
            ).fetchall()
        ]


#: Writings that are no number of any kind: SQL alone would take many of them.
NEVER_ROWS = [
    "NaN|nan|-nan|inf|-inf|Infinity|-Infinity|1e308|1e400|1e3|1E3|1.0E7|2e-3",
    "1e|e1|1e+3|0e0|1e5%|1_000|1_0|_1|1_|0x1F|0X1f|0b101|0o17",
    "1,000|1.000,5|1 000|1'000|5,|,5| 5|5 | 5 || |.5|5.|.|-|+|--5|+-5|++0",
    "5-|5+|1.2.3|1..2|0..0|5.0.|5a|a5|5s|5 s|5 sec|1:30|00:05",
    "$5|€5|5 USD|(5)|#5|~5|5;|5/1|5*2|1/2|=1+1|\"5\"|'5'|--|*|?",
    "null|NULL|none|n/a|N/A|NA|true|false|t|f|yes",
    "\u0663|\uff13|\uff15|\xb2|\xbd|\u2167|\u4e00|\u22125|5\u2030",
    "5\0|\0|5\n|\n5|5\t|5\r|\xa05|5\u200b|\ufeff5",
]
NEVER = [each for row in NEVER_ROWS for each in row.split("|")]
NEVER += ["10000000000000000", "9" * 400, "0." + "9" * 20 + "e9"]

#: Writings that are, by kind.
TAKEN: dict[str, dict[str, Any]] = {
    "count": {
        "0": 0,
        "7": 7,
        "007": 7,
        "12.0": 12,
        "12.000": 12,
        "999999999999999": 999_999_999_999_999,
    },
    "seconds": {
        "0": 0.0,
        "0.0": 0.0,
        "3381.064": 3381.064,
        "12": 12.0,
        "0.0004": 0.0,
        "0.0006": 0.001,
        "17.866667": 17.867,
        "999999999.999": 999999999.999,
    },
    "signed_seconds": {"-5": -5.0, "+5": 5.0, "-0": 0.0, "-12.5": -12.5, "12.5": 12.5},
    "money": {
        "0": Decimal("0.00"),
        "12.5": Decimal("12.50"),
        "12.50": Decimal("12.50"),
        "12.5000": Decimal("12.50"),
        "999999999999.99": Decimal("999999999999.99"),
    },
    "percent": {"0": 0.0, "87.5": 0.875, "87.5%": 0.875, "100": 1.0, "100.0%": 1.0},
}
#: Writings that are numbers, but none of that kind.
OTHER_KIND = {
    "count": ["-5", "+5", "-0", "1.5", "0.1", "1000000000000000", "9" * 19, "5%"],
    "seconds": ["-5", "+5", "-0.5", "1000000000", "1" * 15, "5%"],
    "signed_seconds": ["1000000000", "-1000000000", "5%"],
    "money": ["-5", "+5", "12.345", "0.001", "1000000000000", "5%"],
    "percent": ["-5", "+5", "100.1", "101", "1000", "50%%", "50 %"],
}


def test_the_table_has_a_hundred_writings() -> None:
    assert len({*NEVER}) >= 100


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_number_is_null_as(kind: str) -> None:
    found = read(kind, *NEVER)
    taken = {
        text: value
        for text, value in zip(NEVER, found, strict=True)
        if value is not None
    }
    assert taken == {}
    assert read(kind, None) == [None]


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_is_read_to_the_last_digit_as(kind: str) -> None:
    assert read(kind, *TAKEN[kind]) == list(TAKEN[kind].values())
    assert str(read("signed_seconds", "-0")[0]) == "0.0"


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_of_another_kind_is_null_as(kind: str) -> None:
    assert read(kind, *OTHER_KIND[kind]) == [None] * len(OTHER_KIND[kind])


def expected_count(text: str) -> int | None:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text, re.ASCII):
        return None
    value, digits = Decimal(text), len(text.split(".")[0])
    return int(value) if value == value.to_integral() and digits <= 15 else None


def expected_seconds(text: str) -> float | None:
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", text, re.ASCII):
        return None
    return float(Decimal(text).quantize(Decimal("0.001"), ROUND_HALF_UP))


def expected_money(text: str) -> Decimal | None:
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]+)?", text, re.ASCII):
        return None
    cents = Decimal(text).quantize(Decimal("0.01"))
    return cents if cents == Decimal(text) else None


WRITINGS = st.one_of(
    st.text(alphabet="0123456789.-+eE_, %\n\0\u0663", max_size=20),
    st.decimals(0, 10**10, allow_nan=False, places=3).map(str),
    st.integers(-(10**18), 10**18).map(str),
    st.floats(allow_nan=True, allow_infinity=True).map(str),
    st.text(max_size=5),
)


@pytest.mark.parametrize(
    ("kind", "expected", "tolerance"),
    [
        ("count", expected_count, 0),
        ("seconds", expected_seconds, 0.0011),
        ("money", expected_money, 0),
    ],
)
@settings(max_examples=30, deadline=None, derandomize=True)
@given(texts=st.lists(WRITINGS, min_size=50, max_size=50))
@example(texts=["0.0005", "1.0005", "999999999.9999"])
def test_any_text_is_read_as_python_reads_it(
    kind: str, expected: Callable[[str], Any], tolerance: float, texts: list[str]
) -> None:
    for text, found in zip(texts, read(kind, *texts), strict=True):
        wanted = expected(text)
        if wanted is None or not tolerance:
            assert found == wanted, text
        else:
            assert found == pytest.approx(wanted, abs=tolerance), text


def test_staging_reads_each_field_by_the_macro_of_its_kind() -> None:
    declared = yaml.safe_load((STAGING / "base" / "_gladly__sources.yml").read_text())
    sql = "\n".join(path.read_text() for path in STAGING.glob("*.sql"))
    calls = set(re.findall(r"\{\{ (to_\w+)\('(\w+)'(, signed=true)?\) ", sql))
    found = 0
    for table in declared["sources"][0]["tables"]:
        for column in table["columns"]:
            if column.get("data_type") in KINDS:
                macro, options = KINDS[column["data_type"]]
                words = re.sub("([a-z0-9])([A-Z])", r"\1_\2", column["name"]).lower()
                name = re.sub("[^a-z0-9]+", "_", words).strip("_")
                signed = ", signed=true" if options else ""
                assert (macro, name, signed) in calls, column["name"]
                found += 1
    assert found > 60
