"""Runs models and data tests as dbt has compiled them, without dbt between them.

From staging up their SQL is the same whatever the extracts hold, so dbt compiles it
once, and each build is left with landing the extracts. What dbt does around the SQL is
not part of this: contracts, Parquet files, what is left unchanged. What a test shows of
these it shows with ``project.build``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, TypedDict

import duckdb

from project import BASE, LANDED_ONLY, build, compile_project


class Parts(TypedDict):
    """How a model is rebuilt in parts; tables by their name with schema.

    Attributes:
        by: the column that parts it.
        cut: what each input that is parted alike is parted by.
        looked_up: of an input that is looked up, its column, and the table and column
            that it is looked up with.
    """

    by: str
    cut: dict[str, str]
    looked_up: dict[str, tuple[str, str, str]]


@dataclass(frozen=True)
class Compiled:
    """The SQL of the project.

    Attributes:
        models: from staging up, each after what it reads: name with schema to SQL.
        data_tests: those that fail a build, and what each selects.
        reads: names of the models that a model reads.
        parts: how the models that are rebuilt in parts say they are.
    """

    models: dict[str, str]
    data_tests: dict[str, str]
    reads: dict[str, list[str]]
    parts: dict[str, Parts]

    def build(
        self,
        extracts: Path,
        database: Path,
        *,
        is_tested: bool = True,
        only: str | None = None,
    ) -> None:
        """Land the extracts, make every table of them, and test them.

        Args:
            extracts: the folder.
            database: file to build into, named ``gladly.duckdb``.
            is_tested: run the data tests, too; an empty tenant fails some.
            only: make just this table, and those it is made of, and test none.

        Raises:
            AssertionError: when an extract does not land, a record is missing, or a
                data test fails.
            duckdb.Error: for a model that does not run.
        """
        landed = build(extracts, database, *LANDED_ONLY)
        assert landed.exit_code == 0, landed.log
        settings: dict[str, Any] = {
            "threads": 1,
            # To find what is smallest takes longer than to write tables this small.
            "force_compression": "uncompressed",
        }
        with duckdb.connect(str(database), config=settings) as connection:
            # A transaction each would wait for the disk as often as there are models.
            connection.begin()
            for schema in {name.partition(".")[0] for name in self.models}:
                connection.execute(f"create schema if not exists {schema}")
            needed = self.models.keys() if only is None else self.needed_for(only)
            for name, sql in self.models.items():
                if name in needed:
                    connection.execute(f"create table {name} as {sql}")
            connection.commit()
        failed = self.failed(database) if is_tested and only is None else {}
        assert not failed, failed

    def needed_for(self, name: str) -> set[str]:
        """Return a model and all that it is made of."""
        found, left = {name}, [name]
        while left:
            new = {each for each in self.reads[left.pop()] if each not in found}
            found |= new
            left += new
        return found

    def failed(self, database: Path) -> dict[str, int]:
        """Return the data tests that fail a build, with how many rows they found."""
        with duckdb.connect(str(database), read_only=True) as connection:
            found = {
                name: connection.execute(f"select count(*) from ({sql})").fetchall()
                for name, sql in self.data_tests.items()
            }
        return {name: rows for name, [(rows,)] in found.items() if rows}


def compiled_in(folder: Path) -> Compiled:
    """Return the project as dbt compiles it, which it does once per folder."""
    kept = folder / "compiled.json"
    if kept.exists():
        return Compiled(**json.loads(kept.read_bytes()))
    folder.mkdir()
    nodes = compile_project(folder, "model", "test")["nodes"]
    models = {
        key: node
        for key, node in nodes.items()
        if node["resource_type"] == "model" and not node["name"].startswith(BASE)
    }
    read = {key: node["depends_on"]["nodes"] for key, node in models.items()}
    order = [key for key in TopologicalSorter(read).static_order() if key in models]
    names = {key: f"{node['schema']}.{node['name']}" for key, node in models.items()}
    made = Compiled(
        {names[key]: models[key]["compiled_code"] for key in order},
        {
            node["name"]: node["compiled_code"]
            for node in nodes.values()
            if node["resource_type"] == "test"
            # Those of models with personal data, which are not built, have none.
            and "compiled_code" in node
            and node["config"]["severity"].lower() == "error"
        },
        {
            names[key]: [names[each] for each in read[key] if each in models]
            for key in order
        },
        {
            names[key]: parts_of(models[key], nodes)
            for key in order
            if "rebuilt_by" in models[key]["config"]["meta"]
        },
    )
    kept.write_text(json.dumps(asdict(made)))
    return made


def parts_of(node: dict[str, Any], nodes: dict[str, Any]) -> Parts:
    """Return how a model says that it is rebuilt in parts."""
    meta = node["config"]["meta"]
    inputs = {
        nodes[key]["name"]: nodes[key]
        for key in node["depends_on"]["nodes"]
        if key in nodes and nodes[key]["resource_type"] == "model"
    }
    names = {name: f"{each['schema']}.{name}" for name, each in inputs.items()}
    through = {
        tuple(found.split(".")): tuple(asking.split("."))
        for found, asking in meta.get("rebuilt_through", {}).items()
    }
    looked_up = {
        names[found]: (column, names[asking], with_column)
        for (found, column), (asking, with_column) in through.items()
    }
    by, cut = meta["rebuilt_by"], meta.get("rebuilt_from", {})
    return Parts(
        by=by,
        cut={
            names[name]: cut.get(name, by)
            for name, each in inputs.items()
            if names[name] not in looked_up and (name in cut or by in each["columns"])
        },
        looked_up=looked_up,
    )
