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

import duckdb

from project import BASE, LANDED_ONLY, build, compile_project


@dataclass(frozen=True)
class Compiled:
    """The SQL of the project.

    Attributes:
        models: from staging up, each after what it reads: name with schema to SQL.
        data_tests: those that fail a build, and what each selects.
    """

    models: dict[str, str]
    data_tests: dict[str, str]

    def build(self, extracts: Path, database: Path, *, is_tested: bool = True) -> None:
        """Land the extracts, make every table of them, and test them.

        Args:
            extracts: the folder.
            database: file to build into, named ``gladly.duckdb``.
            is_tested: run the data tests, too; an empty tenant fails some.

        Raises:
            AssertionError: when an extract does not land, a record is missing, or a
                data test fails.
            duckdb.Error: for a model that does not run.
        """
        landed = build(extracts, database, *LANDED_ONLY)
        assert landed.exit_code == 0, landed.log
        with duckdb.connect(str(database), config={"threads": 1}) as connection:
            # A transaction each would wait for the disk as often as there are models.
            connection.begin()
            for schema in {name.partition(".")[0] for name in self.models}:
                connection.execute(f"create schema if not exists {schema}")
            for name, sql in self.models.items():
                connection.execute(f"create table {name} as {sql}")
            connection.commit()
        failed = self.failed(database) if is_tested else {}
        assert not failed, failed

    def failed(self, database: Path) -> dict[str, int]:
        """Return the data tests that fail a build, with how many rows they found."""
        with duckdb.connect(str(database), read_only=True) as connection:
            found = {
                name: connection.sql(f"select count(*) from ({sql})").fetchall()[0][0]
                for name, sql in self.data_tests.items()
            }
        return {name: rows for name, rows in found.items() if rows}


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
    made = Compiled(
        {
            f"{node['schema']}.{node['name']}": node["compiled_code"]
            for node in (models[key] for key in order)
        },
        {
            node["name"]: node["compiled_code"]
            for node in nodes.values()
            if node["resource_type"] == "test"
            # Those of models with personal data, which are not built, have none.
            and "compiled_code" in node
            and node["config"]["severity"].lower() == "error"
        },
    )
    kept.write_text(json.dumps(asdict(made)))
    return made
