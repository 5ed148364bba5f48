"""Builds the dbt project over an extracts folder, and reads what it made.

dbt reads the project once for all test processes that share a folder. Each build is a
process of its own, forked from one that has imported dbt and the project already, so
that no state of DuckDB or dbt passes from build to build and none waits for either.
"""

from __future__ import annotations

import atexit
import faulthandler
import fcntl
import functools
import json
import multiprocessing
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb

from record_counts import unlike_files

ROOT = Path(__file__).resolve().parents[2]

#: The command that makes every table and runs no data or unit test.
MODELS_ONLY = (
    "build",
    "--exclude-resource-type",
    "test",
    "--exclude-resource-type",
    "unit_test",
)
#: What the names of models that extracts are landed in begin with.
BASE = "base_gladly__"
#: The command that makes these, and no model made of them.
LANDED_ONLY = (*MODELS_ONLY, "--select", f"{BASE}*", "resource_type:seed")

#: Names to the process that builds are forked from the file that dbt's reading is in.
PROJECT_READ = "GLADLY_PROJECT_READ"

#: Where test processes keep what dbt has read for each other; without one, each reads.
SHARED_FOLDER = "GLADLY_TESTS_SHARE"

#: Seconds until a build that hangs ends itself and prints where it stands.
PATIENCE = 500

#: How many threads DuckDB has in a build; one takes a fifth less than it has by itself.
THREADS = "GLADLY_TESTS_THREADS"

#: Where `make test` has read the project and built the sample; else tests do both.
SAMPLE_BUILT = "GLADLY_TESTS_SAMPLE"


@dataclass(frozen=True)
class BuildResult:
    """How a build went.

    Attributes:
        exit_code: 0 when nothing failed.
        log: the warnings and errors that a person at a terminal would have seen.
        statuses: of every node by name: ``success``, ``pass``, ``error``, …;
            ``unchanged`` for a table that was left as it was.
    """

    exit_code: int
    log: str
    statuses: dict[str, str]


def build(extracts: Path | str, database: Path, *args: str) -> BuildResult:
    """Run dbt over an extracts folder.

    After a build of everything the records of every file are counted by Python, too.

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
    with tempfile.TemporaryDirectory(prefix="gladly-dbt-") as name:
        result = _run(
            [*(args or MODELS_ONLY), "--no-write-json"], extracts, database, Path(name)
        )
    everything = not {"test", "--select", "-s"} & {*args}
    if result.exit_code == 0 and (everything or args == LANDED_ONLY):
        unlike = unlike_files(Path(extracts), database)
        assert not unlike, f"records in file, seen and landed: {unlike}"
    return result


def build_until(said: str, extracts: Path, database: Path) -> None:
    """Run dbt over an extracts folder and kill it when it says something.

    Raises:
        AssertionError: when it never says that.
    """
    with tempfile.TemporaryDirectory(prefix="gladly-dbt-") as name:
        printed = Path(name) / "printed"
        printed.touch()
        command = [*MODELS_ONLY, "--no-write-json", *options(Path(name), "info")]
        process = _start(_be_dbt, command, extracts, database, printed)
        while said not in printed.read_text("utf-8") and process.is_alive():
            time.sleep(0.001)
        was_alive = process.is_alive()
        process.kill()
        process.join()
        assert was_alive, printed.read_text("utf-8")


def run_script(script: str, *args: str, environment: dict[str, str]) -> None:
    """Run a script that runs dbt, in a process that has read the project already.

    Args:
        script: below the project's folder.
        args: its arguments.
        environment: what it sets of the environment.
    """
    with tempfile.TemporaryDirectory(prefix="gladly-dbt-") as name:
        printed = Path(name) / "printed"
        command = [script, *args]
        process = _builders().Process(
            target=_be_script, args=(command, environment, printed)
        )
        process.start()
        process.join()
        assert process.exitcode == 0, printed.read_text("utf-8")


def run_anew(*command: str, environment: dict[str, str], folder: Path = ROOT) -> None:
    """Run a dbt command that reads the project itself, with variables of its own, say.

    Args:
        command: with all its options.
        environment: what it sets of the environment.
        folder: where it is run.
    """
    with tempfile.TemporaryDirectory(prefix="gladly-dbt-") as name:
        printed = Path(name) / "printed"
        process = _builders().Process(
            target=_be_dbt_anew, args=([*command], environment, folder, printed)
        )
        process.start()
        process.join()
        assert process.exitcode == 0, printed.read_text("utf-8")


def compile_project(target: Path, *kinds: str) -> dict[str, Any]:
    """Return the manifest of the project, with the SQL of nodes of some kinds.

    Args:
        target: an empty folder.
        kinds: resource types, as dbt calls them.
    """
    command = ["compile", "--select", *(f"resource_type:{kind}" for kind in kinds)]
    result = _run(command, target, target / "gladly.duckdb", target)
    assert result.exit_code == 0, result.log
    manifest: dict[str, Any] = json.loads((target / "manifest.json").read_bytes())
    return manifest


def query(database: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query on a built database."""
    with duckdb.connect(str(database), read_only=True) as connection:
        # Its method sql() would plan the query twice.
        return connection.execute(sql).fetchall()


@contextmanager
def kept_open(database: Path) -> Iterator[None]:
    """Keep a database open to read: opening it takes longer than most queries."""
    with duckdb.connect(str(database), read_only=True):
        yield


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


def hashes(database: Path) -> dict[str, str]:
    """Return row count and hash of the rows of every table, whatever their order."""
    counted = query(
        database,
        " union all ".join(
            f"select '{name}', concat(count(*), ':', sum(hash(whole)::hugeint))"
            f" from {name} as whole"
            for name in tables(database)
        ),
    )
    return dict(counted)


def _run(
    command: list[str], extracts: Path | str, database: Path, target: Path
) -> BuildResult:
    """Run a dbt command in a process of its own."""
    printed, statuses = target / "printed", target / "statuses.json"
    command = [*command, *options(target)]
    process = _start(_be_dbt, command, extracts, database, printed, statuses)
    process.join()
    assert process.exitcode is not None
    return BuildResult(
        process.exitcode,
        printed.read_text("utf-8"),
        json.loads(statuses.read_bytes()) if statuses.exists() else {},
    )


def _start(
    target: Callable[..., None],
    command: list[str],
    extracts: Path | str,
    database: Path,
    *files: Path,
) -> BaseProcess:
    """Start a command in a process of its own, which writes to the files."""
    environment = {
        "GLADLY_EXTRACTS_PATH": str(extracts),
        "GLADLY_DATABASE_PATH": str(database),
        THREADS: os.environ.get(THREADS, "1"),
    }
    process = _builders().Process(target=target, args=(command, environment, *files))
    process.start()
    return process


def options(folder: Path, level: str = "warn") -> list[str]:
    """Return the options of a dbt command that writes only to the folder."""
    return [
        f"--project-dir={ROOT}",
        f"--profiles-dir={ROOT}",
        f"--target-path={folder}",
        f"--log-path={folder}",
        f"--log-level={level}",
        "--log-level-file=none",
        "--no-use-colors",
        # pytest runs as many processes as there are cores.
        "--threads=1",
    ]


@functools.cache
def _builders() -> ForkServerContext:
    """Let dbt read the project, and start the process that builds are forked from."""
    if SHARED_FOLDER in os.environ:
        folder = Path(os.environ[SHARED_FOLDER])
    else:
        folder = Path(tempfile.mkdtemp(prefix="gladly-project-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with (folder / "read.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = {
            PROJECT_READ: str(_read(folder / "read")),
            # Where it finds that module.
            "PYTHONPATH": str(Path(__file__).parent),
        }
    builders = multiprocessing.get_context("forkserver")
    builders.set_forkserver_preload(["project_read"])
    with patch.dict(os.environ, known):
        forkserver.ensure_running()
    return builders


def _read(folder: Path) -> Path:
    """Let dbt read the project unless it has, and return the file that it keeps."""
    kept = Path(os.environ.get(SAMPLE_BUILT, folder)) / "partial_parse.msgpack"
    if not kept.exists():
        ended = subprocess.run(
            [sys.executable, "-m", "dbt.cli.main", "parse", *options(folder)],
            env={**os.environ, "GLADLY_DATABASE_PATH": str(folder / "gladly.duckdb")},
            capture_output=True,
            check=False,
            cwd=ROOT,
            text=True,
        )
        if ended.returncode:
            raise RuntimeError(ended.stdout + ended.stderr)
    return kept


def _be_dbt(
    command: list[str],
    environment: dict[str, str],
    printed: Path,
    statuses: Path | None = None,
) -> None:
    """Run dbt in this process, which ends with dbt's exit code."""
    _begin(environment, printed)

    import lean_dbt
    from project_read import RunExecutionResult, dbtRunner, end, leave_out, manifest

    begins = tuple(command)
    only_lands = begins[: len(LANDED_ONLY)] == LANDED_ONLY
    leave_out(
        manifest,
        tests=command[0] == "run" or begins[: len(MODELS_ONLY)] == MODELS_ONLY,
        models=only_lands,
    )
    lean_dbt.use_threads(int(environment[THREADS]))
    if command[0] != "compile":
        lean_dbt.keep_no_sql()
    if "--log-level=warn" in command:
        lean_dbt.say_less()
    ended = dbtRunner(manifest=manifest).invoke(command)
    if statuses is not None and isinstance(ended.result, RunExecutionResult):
        found = {
            each.node.name: (
                "unchanged" if each.message == "UNCHANGED" else each.status
            )
            for each in ended.result.results
        }
        statuses.write_text(json.dumps(found))
    end()
    sys.exit(0 if ended.success else 1 if ended.exception is None else 2)


def _be_script(command: list[str], environment: dict[str, str], printed: Path) -> None:
    """Run a script in this process, which ends with its exit code."""
    _begin(environment, printed)

    from project_read import dbtRunner, end, manifest

    sys.argv = command
    knowing = functools.partial(dbtRunner, manifest=manifest)
    try:
        with patch("dbt.cli.main.dbtRunner", knowing):
            runpy.run_path(command[0], run_name="__main__")
    finally:
        end()


def _be_dbt_anew(
    command: list[str], environment: dict[str, str], folder: Path, printed: Path
) -> None:
    """Run dbt in this process, which has read no project, and ends as dbt does."""
    _begin(environment, printed)
    os.chdir(folder)

    from project_read import dbtRunner, end

    ended = dbtRunner().invoke(command)
    end()
    sys.exit(0 if ended.success else 1 if ended.exception is None else 2)


def _begin(environment: dict[str, str], printed: Path) -> None:
    """Let this process print to a file, and be in the folder of the project."""
    output = os.open(printed, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    os.environ.update(environment)
    os.chdir(ROOT)
