"""Builds the dbt project over an extracts folder, and reads what it made.

dbt reads the project once per test process. Each build is a process of its own,
forked from one that has imported dbt already, so that no state of DuckDB or dbt
passes from build to build and none waits for imports.
"""

from __future__ import annotations

import atexit
import functools
import gc
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parents[2]

#: The command that makes every table and runs no data or unit test.
MODELS_ONLY = (
    "build",
    "--exclude-resource-type",
    "test",
    "--exclude-resource-type",
    "unit_test",
)

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["dbt.cli.main", "dbt.adapters.duckdb"])


@dataclass(frozen=True)
class BuildResult:
    """How a build went.

    Attributes:
        exit_code: 0 when nothing failed.
        log: what a person at a terminal would have seen.
        statuses: of every node by name: ``success``, ``pass``, ``error``, ….
    """

    exit_code: int
    log: str
    statuses: dict[str, str]


def build(extracts: Path | str, database: Path, *args: str) -> BuildResult:
    """Run dbt over an extracts folder.

    Args:
        extracts: the folder; may be given as it would be typed, trailing slash too.
        database: file to build into, named ``gladly.duckdb`` like the default one:
            dbt takes the catalog's name from it when it reads the project.
        args: a dbt command and its options; ``MODELS_ONLY`` when there is none.

    Raises:
        ValueError: for a database of another name.
    """
    if database.name != "gladly.duckdb":
        raise ValueError(f"{database} must be named gladly.duckdb")
    return _run_dbt(args or MODELS_ONLY, str(extracts), database, _manifest())


def query(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query on a built database."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.sql(sql).fetchall()


def tables(database: Path) -> list[str]:
    """Return every table the project made, as ``schema.table``."""
    found = query(
        database,
        """
        select table_schema || '.' || table_name from information_schema.tables
        where table_schema in ('staging', 'intermediate', 'marts', 'audit')
        order by 1
        """,
    )
    return [name for (name,) in found]


@functools.cache
def _manifest() -> Path:
    """Let dbt read the project once; returns its saved reading."""
    folder = Path(tempfile.mkdtemp(prefix="gladly-project-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    result = _run_dbt(("parse",), "unused", folder / "gladly.duckdb", None)
    if result.exit_code:
        raise RuntimeError(result.log)
    return folder / "partial_parse.msgpack"


def _run_dbt(
    command: tuple[str, ...], extracts: str, database: Path, manifest: Path | None
) -> BuildResult:
    with tempfile.TemporaryDirectory(prefix="gladly-dbt-") as name:
        target = database.parent if manifest is None else Path(name)
        options = (
            f"--project-dir={ROOT}",
            f"--profiles-dir={ROOT}",
            f"--target-path={target}",
            f"--log-path={name}",
            "--log-level-file=none",
            "--no-write-json",
            "--no-use-colors",
        )
        printed, statuses = Path(name) / "printed", Path(name) / "statuses.json"
        process = _processes.Process(
            target=_be_dbt,
            args=(
                [*command, *options],
                {
                    "GLADLY_EXTRACTS_PATH": extracts,
                    "GLADLY_DATABASE_PATH": str(database),
                },
                manifest,
                printed,
                statuses,
            ),
        )
        process.start()
        process.join()
        assert process.exitcode is not None
        return BuildResult(
            process.exitcode,
            printed.read_text("utf-8"),
            json.loads(statuses.read_bytes()) if statuses.exists() else {},
        )


def _be_dbt(
    command: list[str],
    environment: dict[str, str],
    manifest: Path | None,
    printed: Path,
    statuses: Path,
) -> None:
    """Run dbt in this process, which ends with dbt's exit code."""
    output = os.open(printed, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    os.environ.update(environment)
    os.chdir(ROOT)

    from dbt.artifacts.schemas.run import RunExecutionResult
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest

    known = None
    if manifest is not None:
        known = Manifest.from_msgpack(manifest.read_bytes())
        known.build_flat_graph()
        # It stays to the end: no need to look for garbage in it.
        gc.freeze()
    ended = dbtRunner(manifest=known).invoke(command)
    if isinstance(ended.result, RunExecutionResult):
        found = {each.node.name: each.status for each in ended.result.results}
        statuses.write_text(json.dumps(found))
    sys.stdout.flush()
    sys.exit(0 if ended.success else 1 if ended.exception is None else 2)
