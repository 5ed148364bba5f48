"""Builds the tables, or only compiles them, and writes dbt's docs.

Both in one process: starting dbt and reading the project take seconds each time.
"""

from __future__ import annotations

import gc
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from dbt.cli.exceptions import DbtUsageException
from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventMsg
from rich.console import Console as Rich
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from database_faults import fault_of, sentence_for
from database_folder import let_others_read

# Unit tests are about the code, not the extracts: `make test` runs them.
BUILD = ("build", "--exclude-resource-type", "unit_test")
COMPILE = ("compile", "--select", "resource_type:model")
DOCS = ("docs", "generate", "--static", "--no-compile")
# When one of these has changed since dbt last read the project, dbt 1.11 forgets what
# the YAML of singular tests says, so it reads the project anew.
MACROS = ("macros/**/*.sql", "tests/generic/*.sql")
#: What dbt says of single tests that warn: summary.py says it by cause.
OF_TESTS = ("LogTestResult", "RunResultWarning", "RunResultWarningMessage")
#: What it says again, with the reason, when all is done.
SAID_AGAIN = ("LogModelResult", "LogSeedResult", "LogTestResult", "MainStackTrace")
RESULTS = ("LogModelResult", "LogSeedResult", "LogTestResult")
#: Seconds between two lines about progress, where there is no terminal for a bar.
BETWEEN = 15.0
_HEAD = re.compile(
    r"\A(?:\s*Encountered an error:\s*)?"
    r"\s*Compilation Error in (?:model base_gladly__extract_files"
    r"|operation gladly-on-run-start-0) [^\n]*\n"
)
_TRACE = re.compile(r"^\s*> (?:in|called by) .*\n?", re.MULTILINE)


class Console:
    """Shows how far dbt is and what went wrong, without tracebacks.

    Attributes:
        fault: the sentence about the database, once something dbt said was about it.
    """

    def __init__(self, database: str) -> None:
        """Remember the database that sentences name."""
        self.database = database
        self.fault: str | None = None
        self._said: set[str] = set()
        self._started = self._told = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=Rich(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None

    @contextmanager
    def progress(self, what: str) -> Iterator[None]:
        """Show a bar on a terminal, elsewhere a line now and then."""
        if not self._bar.console.is_terminal:
            yield
            return
        self._task = self._bar.add_task(what, total=None)
        with self._bar:
            yield
        self._bar.remove_task(self._task)
        self._task = None

    def __call__(self, event: EventMsg) -> None:
        """Show an event of dbt that a person has to know of."""
        level, name = event.info.level, event.info.name
        text = str(getattr(event.info, "msg", ""))
        if name in RESULTS:
            data: Any = event.data
            self._move(data.index, getattr(data, "total", 0) or data.num_models)
        if level == "warn" and name not in OF_TESTS:
            self._say(text)
        elif level == "error" and name not in SAID_AGAIN:
            about = sentence_for(text, self.database)
            if about is None:
                self._say(plainly(text))
            elif self.fault is None:
                self.fault = about

    def _say(self, text: str) -> None:
        if text.strip() and text not in self._said:
            self._said.add(text)
            typer.echo(text)

    def _move(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total)
        elif now - self._told > BETWEEN:
            self._told = now
            typer.echo(f"{done:,} of {total:,} steps, {now - self._started:.0f} s")


def plainly(text: str) -> str:
    """Return what dbt says of a user's mistake without where in the project it is."""
    if not _HEAD.match(text):
        return text
    said = _TRACE.sub("", _HEAD.sub("", text))
    return "\n".join(line.strip() for line in said.splitlines() if line.strip())


def macros_changed(target: Path) -> bool:
    """Say whether a macro is newer than what dbt kept of the project in the target."""
    kept = target / "partial_parse.msgpack"
    return kept.exists() and any(
        path.stat().st_mtime > kept.stat().st_mtime
        for pattern in MACROS
        for path in Path().glob(pattern)
    )


def run(dbt: dbtRunner, console: Console, *command: str) -> Any:
    """Run a dbt command and return what dbt returns for it.

    Raises:
        typer.Exit: with dbt's exit code when the command fails; it was said why.
    """
    ended = dbt.invoke([*command])
    if not ended.success:
        if console.fault is None and ended.exception is not None:
            console.fault = sentence_for(str(ended.exception), console.database)
        if console.fault is not None:
            typer.echo(console.fault, err=True)
        elif isinstance(ended.exception, DbtUsageException):
            typer.echo(ended.exception, err=True)
        raise typer.Exit(1 if ended.exception is None else 2)
    return ended.result


def main(
    flags: Annotated[
        list[str] | None, typer.Argument(help="More options of dbt build.")
    ] = None,
    target: Annotated[
        Path, typer.Option(envvar="DBT_TARGET_PATH", help="Where dbt puts artifacts.")
    ] = Path("target"),
    variables: Annotated[
        str, typer.Option("--vars", help="Variables of the project, as dbt takes them.")
    ] = "{}",
    tables: Annotated[
        bool, typer.Option(help="Build the tables; else only compile them.")
    ] = True,
    docs: Annotated[
        bool, typer.Option(help="Write what the docs are made of, too.")
    ] = True,
) -> None:
    """Build the tables and write the files that the docs site is made of."""
    database = os.environ.get("GLADLY_DATABASE_PATH") or "warehouse/gladly.duckdb"
    if fault := fault_of(database):
        typer.echo(fault, err=True)
        raise typer.Exit(2)
    console = Console(database)
    options = (
        *("--log-level", "none", "--log-level-file", "info"),
        *("--target-path", str(target)),
        *("--vars", variables),
    )
    anew = ("--no-partial-parse",) if macros_changed(target) else ()
    # The project is large and stays: else a tenth of the time goes into looking for
    # garbage in it, while it is read and after.
    gc.disable()
    reader = dbtRunner(callbacks=[console])
    with console.progress("Reading the project"):
        project = run(reader, console, "parse", "--no-write-json", *anew, *options)
    gc.collect()
    gc.freeze()
    gc.enable()
    dbt = dbtRunner(manifest=project, callbacks=[console])
    if tables:
        with console.progress("Building and testing the tables"):
            run(dbt, console, *BUILD, *options, *(flags or ()))
        if "include_personal_data: true" not in variables:
            let_others_read(Path(database).parent / "parquet")
    else:
        run(dbt, console, *COMPILE, *options)
    if docs:
        with console.progress("Collecting what the docs say"):
            run(dbt, console, *DOCS, *options)


if __name__ == "__main__":
    typer.run(main)
