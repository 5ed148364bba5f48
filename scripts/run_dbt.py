"""Builds the tables, or only compiles them, and writes dbt's docs.

Both in one process: starting dbt and reading the project take seconds each time.
"""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from dbt.cli.exceptions import DbtUsageException
from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventMsg

from database_faults import fault_of, sentence_for
from database_folder import let_others_read

# Unit tests are about the code, not the extracts: `make test` runs them.
BUILD = ("build", "--exclude-resource-type", "unit_test")
COMPILE = ("compile", "--select", "resource_type:model")
DOCS = ("docs", "generate", "--static", "--no-compile")
# When one of these has changed since dbt last read the project, dbt 1.11 forgets what
# the YAML of singular tests says, so it reads the project anew.
MACROS = ("macros/**/*.sql", "tests/generic/*.sql")
SHOWN = ("warn", "error")


class Console:
    """Shows what dbt warns of and what went wrong, without its tracebacks.

    Attributes:
        fault: the sentence about the database, once something dbt said was about it.
    """

    def __init__(self, database: str) -> None:
        """Remember the database that sentences name."""
        self.database = database
        self.fault: str | None = None

    def __call__(self, event: EventMsg) -> None:
        """Show an event of dbt that a person has to know of."""
        level, name = event.info.level, event.info.name
        text = str(getattr(event.info, "msg", ""))
        if level not in SHOWN or name == "MainStackTrace":
            return
        about = sentence_for(text, self.database) if level == "error" else None
        if about is None:
            typer.echo(text)
        elif self.fault is None:
            self.fault = about


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
    project = run(reader, console, "parse", "--no-write-json", *anew, *options)
    gc.collect()
    gc.freeze()
    gc.enable()
    dbt = dbtRunner(manifest=project, callbacks=[console])
    if tables:
        run(dbt, console, *BUILD, *options, *(flags or ()))
        if "include_personal_data: true" not in variables:
            let_others_read(Path(database).parent / "parquet")
    else:
        run(dbt, console, *COMPILE, *options)
    run(dbt, console, *DOCS, *options)


if __name__ == "__main__":
    typer.run(main)
