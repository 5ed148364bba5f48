"""Check what has changed since a commit: the inner loop, in about a minute.

Lints the changed files, and builds the changed models with their data and unit tests in
the database that ``make build`` made, so what they read is there. A changed macro or
seed takes the models that use it along. ``make test`` checks everything.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from artifacts.manifest import Project

BIN = Path(sys.executable).parent
FOLDERS = ("macros/", "models/", "seeds/", "tests/")


def changed_files(since: str) -> list[Path]:
    """Return the files that differ from a commit or that git does not know yet."""
    listed = ""
    for command in (
        ("diff", "--name-only", "--diff-filter=d", since),
        ("ls-files", "--others", "--exclude-standard"),
    ):
        ended = subprocess.run(
            ["git", *command], capture_output=True, check=True, text=True
        )
        listed += ended.stdout
    return sorted({Path(line) for line in listed.splitlines()})


def selection(project: Project, files: list[Path]) -> list[str]:
    """Return the nodes to build: changed ones, and all that use a changed macro."""
    paths = {path.as_posix() for path in files}
    paths |= {
        path.with_suffix(".sql").as_posix() for path in files if path.suffix == ".yml"
    }
    macros = {
        macro["unique_id"]
        for macro in project.macros
        if macro["original_file_path"] in paths
    }
    while (
        more := {
            macro["unique_id"]
            for macro in project.macros
            if macros & set(macro["depends_on"]["macros"])
        }
        - macros
    ):
        macros |= more
    return sorted(
        node["name"]
        for node in project.nodes
        if node["resource_type"] in ("model", "seed", "test")
        and not node.get("test_metadata")
        and (
            node["original_file_path"] in paths
            or macros & set(node["depends_on"].get("macros", ()))
        )
    )


def run(*command: str) -> bool:
    """Run a tool of the environment; its output is shown as it comes."""
    return subprocess.run([BIN / command[0], *command[1:]], check=False).returncode == 0


def main(
    since: Annotated[str, typer.Option(help="Commit to compare with.")] = "HEAD",
) -> None:
    """Lint and build what has changed."""
    files = changed_files(since)
    names = [path.as_posix() for path in files]

    def of(*suffixes: str) -> list[str]:
        return [name for name in names if name.endswith(suffixes)]

    sql = [
        name for name in of(".sql") if name.startswith(("models/", "tests/", "anal"))
    ]
    good = True
    if sql:
        good &= run("sqlfluff", "lint", "--disable-progress-bar", *sql)
    if yaml := of(".yml", ".yaml"):
        good &= run("yamllint", "--strict", *yaml)
    if python := of(".py"):
        good &= run("ruff", "check", "--quiet", *python)
        good &= run("ruff", "format", "--quiet", "--diff", *python)
        good &= run("mypy")
    chosen = []
    if any(name.startswith(FOLDERS) for name in names):
        good &= run("dbt", "--log-level", "warn", "parse", "--target-path", "target")
        manifest = json.loads(Path("target/manifest.json").read_text("utf-8"))
        chosen = selection(Project(manifest), files)
    if chosen:
        good &= run("dbt", "--log-level", "warn", "build", "--select", *chosen)
    typer.echo(
        f"{len(files)} changed files; built {', '.join(chosen) or 'nothing'}: "
        f"{'no finding' if good else 'see above'}"
    )
    if not good:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
