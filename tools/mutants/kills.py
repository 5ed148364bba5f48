"""Tries broken queries in unit tests, and on the sample in data tests."""

from __future__ import annotations

import json
import random
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import sqlglot
from sqlglot import exp

from mutants.breakages import Site, broken, sites

NOTICED_BY_UNIT_TEST = "unit test"
NOTICED_BY_DATA_TEST = "data test"
CHANGES_SAMPLE = "changes the sample"
CHANGES_NOTHING = "changes nothing in the sample"
TAKES_TOO_LONG = "takes too long"
#: A broken join may put each row beside each.
SECONDS = 10


class Mutant(NamedTuple):
    """A model, and the place where it is broken."""

    model: str
    area: str
    what: str
    site: str


@dataclass
class Model:
    """A model with what tests it.

    Attributes:
        name: of the model.
        relation: its table, quoted as in the compiled SQL.
        sql: its compiled SQL.
        units: its unit tests, as dbt ran them.
        data_tests: compiled SQL of the data tests on it, errors only.
    """

    name: str
    relation: str
    sql: Path
    units: list[Path] = field(default_factory=list)
    data_tests: list[str] = field(default_factory=list)


class UnitTest(NamedTuple):
    """A unit test's query, and its places by name."""

    tree: exp.Expr
    places: dict[str, Site]


def models(target: Path) -> list[Model]:
    """Return the models of a folder in which dbt compiled and ran the unit tests."""
    manifest = json.loads((target / "manifest.json").read_bytes())
    by_id: dict[str, Model] = {}
    for key, node in manifest["nodes"].items():
        if node["resource_type"] == "model" and "/base/" not in node["path"]:
            path = (
                target / "compiled" / node["package_name"] / node["original_file_path"]
            )
            if path.exists():
                by_id[key] = Model(node["name"], node["relation_name"], path)
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and _is_error(node):
            for model in {*node["depends_on"]["nodes"]} & by_id.keys():
                found = _compiled_test(target, node)
                if found:
                    by_id[model].data_tests.append(found)
    for test in manifest["unit_tests"].values():
        key = test["depends_on"]["nodes"][0]
        path = _run_unit_test(target, test)
        if key in by_id and path is not None:
            by_id[key].units.append(path)
    return sorted(by_id.values(), key=lambda model: model.name)


def unit_tests(
    connection: duckdb.DuckDBPyConnection, model: Model
) -> Iterator[UnitTest]:
    """Yield the unit tests of a model that pass as sqlglot writes them."""
    for path in model.units:
        tree = _parsed(path.read_text("utf-8"))
        if tree is not None and not _fails(connection, _sql(tree)):
            yield UnitTest(tree, {site.name: site for site in sites(tree)})


def _is_error(node: dict[str, Any]) -> bool:
    return bool(node["config"]["severity"].lower() == "error")


def _compiled(target: Path, node: dict[str, Any]) -> Path:
    folder, file = str(node["package_name"]), str(node["original_file_path"])
    return target / "compiled" / folder / file


def _compiled_test(target: Path, node: dict[str, Any]) -> str | None:
    file = _compiled(target, node)
    for path in (file / node["path"], file):
        if path.is_file() and path.suffix == ".sql":
            return path.read_text("utf-8")
    return None


def _run_unit_test(target: Path, test: dict[str, Any]) -> Path | None:
    package: str = test["package_name"]
    folder = target / "run" / package / test["original_file_path"]
    return next(folder.rglob(f"{test['name']}.sql"), None)


def _parsed(sql: str) -> exp.Expr | None:
    try:
        return sqlglot.parse_one(sql, dialect="duckdb")
    except sqlglot.errors.SqlglotError:
        return None


def _sql(tree: exp.Expr) -> str:
    return str(tree.sql(dialect="duckdb", comments=False))


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query, which is interrupted when it takes too long."""
    timer = threading.Timer(SECONDS, connection.interrupt)
    timer.start()
    try:
        return connection.execute(sql).fetchall()
    finally:
        timer.cancel()


def _fails(connection: duckdb.DuckDBPyConnection, sql: str) -> bool:
    """Say whether a unit test fails: an error is a failure, too."""
    try:
        rows = _rows(connection, sql)
    except duckdb.Error:
        return True
    sides: dict[str, Counter[str]] = defaultdict(Counter)
    for *values, side in rows:
        sides[side][repr(values)] += 1
    return sides["actual"] != sides["expected"]


def chosen(model: Model, tree: exp.Expr, most: int, seed: int) -> list[Site]:
    """Return places of a model: those of as many ways as there are, then others."""
    by_way: dict[str, list[Site]] = defaultdict(list)
    for site in sites(tree):
        by_way[site.breakage.what].append(site)
    chance = random.Random(f"{model.name} {seed}")
    ways = [*by_way.values()]
    chance.shuffle(ways)
    for way in ways:
        chance.shuffle(way)
    found: list[Site] = []
    while ways and (not most or len(found) < most):
        found += [way.pop() for way in ways]
        ways = [way for way in ways if way]
    return found[: most or None]


def on_sample(connection: duckdb.DuckDBPyConnection, model: Model, sql: str) -> str:
    """Say what a mutant that unit tests pass does to the built sample."""
    # A contract may have put the columns of the table into another order.
    columns = connection.execute(f"from {model.relation} limit 0").description
    names = ", ".join(f'"{name}"' for name, *_ in columns)
    try:
        _rows(
            connection,
            f"create or replace temp table mutant as select {names} from ({sql})",
        )
    except duckdb.InterruptException:
        return TAKES_TOO_LONG
    except duckdb.Error:
        return NOTICED_BY_DATA_TEST
    ((differs,),) = _rows(
        connection,
        f"""
        select (select sum(hash(whole)::hugeint) from mutant as whole)
        is distinct from
        (select sum(hash(whole)::hugeint) from {model.relation} as whole)
        """,
    )
    if not differs:
        return CHANGES_NOTHING
    for test in model.data_tests:
        try:
            if _rows(connection, test.replace(model.relation, "mutant")):
                return NOTICED_BY_DATA_TEST
        except duckdb.Error:
            return NOTICED_BY_DATA_TEST
    return CHANGES_SAMPLE


def outcomes(
    target: Path,
    database: Path,
    wanted: Iterable[str] = (),
    most: int = 8,
    seed: int = 1,
) -> Iterator[tuple[Mutant, str]]:
    """Yield mutants with who noticed them.

    Args:
        target: where dbt compiled everything and ran the unit tests.
        database: the built sample; only read.
        wanted: names of models; all that have unit tests when there are none.
        most: how many places of each model; 0 for all.
        seed: which places.
    """
    names = {*wanted}
    with duckdb.connect() as units, duckdb.connect() as sample:
        sample.execute(f"attach '{database}' as gladly (read_only)")
        for model in models(target):
            if not model.units or (names and model.name not in names):
                continue
            tests = [*unit_tests(units, model)]
            tree = _parsed(model.sql.read_text("utf-8"))
            if not tests or tree is None:
                continue
            for site in chosen(model, tree, most, seed):
                mutant = Mutant(
                    model.name, site.breakage.area, site.breakage.what, site.name
                )
                if any(
                    site.name in test.places
                    and _fails(units, _sql(broken(test.tree, test.places[site.name])))
                    for test in tests
                ):
                    yield mutant, NOTICED_BY_UNIT_TEST
                else:
                    yield mutant, on_sample(sample, model, _sql(broken(tree, site)))
