"""Builds the tables, or only compiles them, and writes dbt's docs.

Both in one process: starting dbt and reading the project take seconds each time.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated, Any

import typer
from dbt.cli.exceptions import DbtUsageException
from dbt.cli.main import dbtRunner

# Unit tests are about the code, not the extracts: `make test` runs them.
BUILD = ("build", "--exclude-resource-type", "unit_test")
COMPILE = ("compile", "--select", "resource_type:model")
DOCS = ("docs", "generate", "--static", "--no-compile")
# When one of these has changed since dbt last read the project, dbt 1.11 forgets what
# the YAML of singular tests says, so it reads the project anew.
MACROS = ("macros/**/*.sql", "tests/generic/*.sql")


def macros_changed(target: Path) -> bool:
    """Tell whether a macro is newer than what dbt kept of the project in the target."""
    kept = target / "partial_parse.msgpack"
    return kept.exists() and any(
        path.stat().st_mtime > kept.stat().st_mtime
        for pattern in MACROS
        for path in Path().glob(pattern)
    )


def run(dbt: dbtRunner, *command: str) -> Any:
    """Run a dbt command and return what dbt returns for it.

    Raises:
        typer.Exit: with dbt's exit code when the command fails; dbt has said why.
    """
    ended = dbt.invoke([*command])
    if not ended.success:
        if isinstance(ended.exception, DbtUsageException):
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
    options = (
        *("--log-level", "warn", "--log-level-file", "info"),
        *("--target-path", str(target)),
        *("--vars", variables),
    )
    anew = ("--no-partial-parse",) if macros_changed(target) else ()
    # The project is large and stays: else a tenth of the time goes into looking for
    # garbage in it, while it is read and after.
    gc.disable()
    project = run(dbtRunner(), "parse", "--no-write-json", *anew, *options)
    gc.collect()
    gc.freeze()
    gc.enable()
    dbt = dbtRunner(manifest=project)
    if tables:
        run(dbt, *BUILD, *options, *(flags or ()))
    else:
        run(dbt, *COMPILE, *options)
    run(dbt, *DOCS, *options)


if __name__ == "__main__":
    typer.run(main)
