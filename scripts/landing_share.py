"""Lands a share of the extracts, or erases in what has landed, in its own database.

Runs on a worker of Spark, or anywhere else where this project, its environment, the
extracts and the folder of Spark are. The base models land the share as they land all of
it elsewhere; its database is deleted in the end and what is in it written as Parquet.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Annotated, Any

import duckdb
import typer
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest

from landed_parts import WHOLE
from write_landed import landed_tables, write_parquet

ROOT = Path(__file__).resolve().parents[1]
#: The name of the database, which is in what dbt has read of the project.
DATABASE = "gladly.duckdb"
LIST_OF_FILES = "base_gladly__extract_files"


def write_profile(folder: Path, memory: str) -> None:
    """Write the project's profile with the limits of a share."""
    profiles = yaml.safe_load((ROOT / "profiles.yml").read_text("utf-8"))
    local = profiles["gladly"]["outputs"]["local"]
    # One share is one task, which has one core.
    local["threads"] = 1
    local["module_paths"] = [str(ROOT / "scripts")]
    local["config_options"] |= {"threads": 1, "memory_limit": memory}
    written = {"gladly": {"target": "local", "outputs": {"local": local}}}
    (folder / "profiles.yml").write_text(yaml.safe_dump(written), "utf-8")


def read_project(path: Path) -> Any:
    """Return the project as dbt has read it on the machine that called."""
    project: Any = Manifest.from_msgpack(path.read_bytes())
    project.build_flat_graph()
    return project


def run_dbt(project: Any, folder: Path, select: str) -> None:
    """Run models of the project, and leave the database to others.

    Raises:
        typer.Exit: when it fails; dbt has said why.
    """
    ended = dbtRunner(manifest=project).invoke(
        [
            *("run", "--no-write-json", "--select", select, "--target", "local"),
            *("--project-dir", str(ROOT), "--profiles-dir", str(folder)),
            *("--log-level", "warn", "--log-level-file", "none", "--quiet"),
            *("--target-path", str(folder / "dbt"), "--log-path", str(folder)),
        ]
    )
    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    if not ended.success:
        if ended.exception is not None:
            typer.echo(str(ended.exception), err=True)
        raise typer.Exit(1)


def take_over(database: Path, landed: Path, parts: list[str], files: list[str]) -> None:
    """Fill the base tables with what parts hold of files that are still there."""
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create temp table kept as select unnest(?) as file", [files]
        )
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'staging'"
        ).fetchall():
            paths = [landed / table / f"{part}.parquet" for part in parts]
            there = [str(path) for path in paths if path.exists()]
            if table not in WHOLE and there:
                connection.execute(
                    f"insert into staging.{table} by name"
                    " select * from read_parquet(?, union_by_name = true)"
                    " where _extract_file in (select file from kept)",
                    [there],
                )


def write_part(database: Path, landed: Path, part: str) -> int:
    """Write every base table that has rows, and return how many rows there are."""
    rows = 0
    with duckdb.connect(str(database), read_only=True) as connection:
        for table, sql in landed_tables(connection).items():
            if table in WHOLE:
                continue
            [[count]] = connection.sql(f"select count(*) from ({sql})").fetchall()
            if count:
                folder = landed / table
                folder.mkdir(exist_ok=True)
                write_parquet(connection, sql, folder / f"{part}.parquet")
                rows += count
    return rows


def main(
    share: Annotated[Path, typer.Argument(help="Its folder.", exists=True)],
) -> None:
    """Land a share of the extracts, and write what has landed."""
    wanted = json.loads((share / "share.json").read_text("utf-8"))
    landed, parts = Path(wanted["landed"]), wanted["parts"]
    # What the settings of the machine that called would change.
    for name in [name for name in os.environ if name.startswith("DBT_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="gladly-landing-") as name:
        folder = Path(name)
        database = folder / DATABASE
        write_profile(folder, wanted["memory"])
        os.environ |= {
            "GLADLY_DATABASE_PATH": str(database),
            "GLADLY_EXTRACTS_PATH": wanted["extracts"],
            "GLADLY_LANDING_SHARE": str(share),
        }
        project = read_project(share.parent / "project.msgpack")
        # Typed, whether or not there is anything to land.
        run_dbt(project, folder, "base_gladly__*")
        if parts:
            take_over(database, landed, parts, wanted["kept"])
        if (share / "ids").exists():
            # What runs after every build erases.
            run_dbt(project, folder, LIST_OF_FILES)
        rows = write_part(database, landed, share.name)
    typer.echo(f"{share.name}: {rows:,} records")


if __name__ == "__main__":
    typer.run(main)
