"""Models that say they can be rebuilt in parts come out the same part by part.

The column that a model names parts its rows and those of its inputs into six. Made of
each sixth alone, with just those rows of what is looked up that the sixth asks for, its
rows are together those that it is made of everything: so a build may rebuild only the
parts that new records reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from compiled import Compiled, Parts
from gladly_sandbox.extracts import regular_plan, write_extracts
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.scenes import Scenes
from sample import Sample

SHARES = 6


@pytest.fixture(scope="module", params=["the sample", "a tenant with scenes"])
def connection(
    request: pytest.FixtureRequest,
    sample: Sample,
    compiled: Compiled,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database with every table, to read only."""
    database: Path = sample.database
    if request.param != "the sample":
        folder = tmp_path_factory.mktemp("parts")
        scenes = Scenes(replies=2, nights=3, histories=30, names=True)
        tenant = random_tenant(40, 12, 61, scenes=scenes)
        plan = regular_plan(tenant, 12, report_every=3)
        write_extracts(tenant, plan, folder / "extracts")
        database = folder / "gladly.duckdb"
        compiled.build(folder / "extracts", database, is_tested=False)
    with duckdb.connect(str(database), read_only=True) as opened:
        opened.execute("set threads = 1")
        yield opened


def share_of(
    connection: duckdb.DuckDBPyConnection, sql: str, parts: Parts, share: int
) -> str:
    """Let SQL read only a share of the rows of its inputs, and return it."""
    views: dict[str, str] = {}

    def let_read(name: str, condition: str) -> None:
        views[name] = f"share_of_{name.split('.')[1]}"
        connection.execute(
            f"create or replace temp view {views[name]} as"
            f" select * from {name} where {condition}"
        )

    for name, column in parts["cut"].items():
        let_read(name, f"hash({column}) % {SHARES} = {share}")
    left = dict(parts["looked_up"])
    while left:
        name = next(each for each, (_, asking, _) in left.items() if asking in views)
        column, asking, with_column = left.pop(name)
        let_read(name, f"{column} in (select {with_column} from {views[asking]})")
    for name, view in views.items():
        schema, table = name.split(".")
        sql = sql.replace(f'"gladly"."{schema}"."{table}"', view)
    return sql


def test_parts_are_together_the_whole(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled
) -> None:
    def digest(where: str) -> tuple[int, int]:
        found = connection.execute(
            "select count(*), coalesce(sum(hash(rows_)::hugeint), 0)"
            f" from made as rows_ where {where}"
        ).fetchone()
        assert found is not None
        return found[0], found[1]

    wrong = []
    for name, parts in compiled.parts.items():
        make = f"create or replace temp table made as {compiled.models[name]}"
        connection.execute(make)
        whole = digest("true")
        together = [0, 0]
        for share in range(SHARES):
            connection.execute(share_of(connection, make, parts, share))
            count, content = digest(f"hash({parts['by']}) % {SHARES} = {share}")
            together[0] += count
            together[1] += content
            if digest("true") != (count, content):
                wrong.append(f"{name}: rows of one part in another")
        if tuple(together) != whole:
            wrong.append(f"{name}: {together[0]} rows in parts, {whole[0]} in all")
    assert len(compiled.parts) > 50
    assert not wrong
