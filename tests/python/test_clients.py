"""Clients named in the docs read the database and the Parquet files."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pandas
import polars
import pytest
import sqlalchemy

from project import ROOT, query
from sample import Sample

DOCUMENT = ROOT / "models" / "docs" / "connecting.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    return sample.database


@pytest.mark.parametrize(
    "code", EXAMPLE.findall(DOCUMENT.read_text("utf-8")), ids=lambda code: code[:30]
)
def test_an_example_in_python_gives_rows(
    code: str, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (built.parent / "warehouse").mkdir(exist_ok=True)
    for name in ("gladly.duckdb", "parquet"):
        link = built.parent / "warehouse" / name
        if not link.exists():
            link.symlink_to(built.parent / name)
    monkeypatch.chdir(built.parent)
    names: dict[str, object] = {}
    exec(code, names)
    contacts = names["contacts"]
    assert isinstance(contacts, (pandas.DataFrame, polars.DataFrame))
    assert [(len(contacts),)] == query(built, "select count(*) from marts.fct_contacts")


def test_sqlalchemy_lists_the_marts_with_their_columns_and_comments(
    built: Path,
) -> None:
    engine = sqlalchemy.create_engine(
        f"duckdb:///{built}", connect_args={"read_only": True}
    )
    try:
        # Keys it cannot report, which models/docs/connecting.md says.
        inspector = sqlalchemy.inspect(engine)
        tables = inspector.get_table_names("marts")
        columns = inspector.get_columns("fct_contacts", "marts")
        comment = inspector.get_table_comment("fct_contacts", "marts")["text"]
    finally:
        engine.dispose()
    assert "fct_contacts" in {name.split(".")[-1] for name in tables}
    types = {column["name"]: str(column["type"]) for column in columns}
    assert types["queued_at"] == "TIMESTAMP"
    assert types["is_open"] == "BOOLEAN"
    assert comment is not None
    assert comment.startswith("One row per contact")


def test_a_reader_does_not_need_to_write(built: Path) -> None:
    before = built.stat().st_mode
    built.chmod(0o444)
    with duckdb.connect(str(built), read_only=True) as connection:
        assert connection.sql("from marts.dim_inboxes").fetchall()
    built.chmod(before)


def test_two_readers_read_at_once(built: Path) -> None:
    with duckdb.connect(str(built), read_only=True) as first:
        assert first.sql("from marts.dim_inboxes").fetchall()
        assert query(built, "from marts.dim_inboxes")
