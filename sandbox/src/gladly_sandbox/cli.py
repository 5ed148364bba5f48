"""The command ``gladly-sandbox``: write the scenario book, tenants and bulk files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gladly_sandbox.bulk import write_bulk
from gladly_sandbox.extracts import regular_plan, write_extracts
from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.scale import write_scale
from gladly_sandbox.scenes import EVERY_SCENE, Scenes
from gladly_sandbox.truth import Truth, compute_truth

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Play a Gladly tenant and write raw extracts the way Gladly emits them.",
)
console = Console(highlight=False, soft_wrap=True)

Out = Annotated[Path, typer.Option("--out", help="Empty or missing folder.")]


def _empty(folder: Path, option: str) -> Path:
    """Return a folder that may be written to.

    Raises:
        typer.BadParameter: when it is a file or holds anything.
    """
    if folder.is_file():
        raise typer.BadParameter(f"{folder} is a file, not a folder", param_hint=option)
    if folder.is_dir() and any(folder.iterdir()):
        raise typer.BadParameter(
            f"{folder} is not empty; choose another folder or empty it",
            param_hint=option,
        )
    return folder


@app.command()
def write(
    out: Out,
    stories: Annotated[
        bool, typer.Option("--stories", help="Write the scenario book.")
    ] = False,
    customers: Annotated[
        int | None,
        typer.Option(help="Customers of a random tenant, at least 2."),
    ] = None,
    scale: Annotated[
        int | None,
        typer.Option(help="Conversations of a tenant for benchmarks, over a year."),
    ] = None,
    days: Annotated[int, typer.Option(help="Days of a random tenant.")] = 30,
    seed: Annotated[int, typer.Option(help="Seed of a random tenant.")] = 0,
    scenes: Annotated[
        bool,
        typer.Option("--scenes", help="Play what goes wrong in extracts, too."),
    ] = False,
    truth: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the ground truth, or file for the totals of --scale."
        ),
    ] = None,
) -> None:
    """Write extracts of the scenario book, a random tenant or one for benchmarks."""
    if [stories, customers is not None, scale is not None].count(True) != 1:
        raise typer.BadParameter(
            "say what to write: --stories, --customers or --scale",
            param_hint="--stories / --customers / --scale",
        )
    if scale is not None:
        _scale(_empty(out, "--out"), scale, seed, truth)
        return
    if customers is not None and customers < 2:
        raise typer.BadParameter("must be at least 2", param_hint="--customers")
    if days < 2:
        raise typer.BadParameter("must be at least 2", param_hint="--days")
    _empty(out, "--out")
    if truth is not None:
        _empty(truth, "--truth")
        if truth.resolve().is_relative_to(out.resolve()):
            raise typer.BadParameter(
                "must lie outside --out: truth is no extract", param_hint="--truth"
            )
    found = (
        _book(out)
        if customers is None
        else _tenant(out, customers, days, seed, EVERY_SCENE if scenes else None)
    )
    if truth is not None:
        found.write(truth)
    count = sum(path.is_file() for path in out.rglob("*"))
    console.print(f"{count} files in {out}, as of {found.as_of} UTC")
    if truth is not None:
        console.print(f"{len(found.tables)} tables of truth in {truth}")


def _scale(out: Path, conversations: int, seed: int, truth: Path | None) -> None:
    """Write a tenant for benchmarks; its truth is one file of totals."""
    try:
        totals = write_scale(out, conversations, seed)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--scale") from error
    if truth is not None:
        totals.write(truth)
    count = sum(path.is_file() for path in out.rglob("*"))
    console.print(f"{count} files, {totals.conversations} conversations in {out}")


def _book(out: Path) -> Truth:
    # Imported here so that tenants and bulk files do not depend on the stories.
    from gladly_sandbox.stories import write_book

    made: Truth = write_book(out)
    return made


def _tenant(
    out: Path, customers: int, days: int, seed: int, scenes: Scenes | None
) -> Truth:
    tenant = random_tenant(customers, days, seed, scenes=scenes)
    return compute_truth(write_extracts(tenant, regular_plan(tenant, days), out))


@app.command()
def bulk(
    out: Out,
    items: Annotated[int, typer.Option(help="Conversation items.")],
    files: Annotated[int, typer.Option(help="Daily export jobs.")] = 30,
    seed: Annotated[int, typer.Option(help="Decides every id.")] = 0,
    processes: Annotated[int, typer.Option(help="Jobs written at a time.")] = 2,
) -> None:
    """Write a very large landing for benchmarks."""
    _empty(out, "--out")
    try:
        size = write_bulk(out, items, files, seed, processes=processes)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--items / --files") from error
    console.print(f"{items} items, {size / 1e6:.1f} MB, in {files} jobs in {out}")


@app.command()
def serve(
    customers: Annotated[int, typer.Option(help="Customers of the tenant.")] = 200,
    days: Annotated[int, typer.Option(help="Days of its history.")] = 30,
    seed: Annotated[int, typer.Option(help="Decides everything.")] = 0,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = 8642,
    at: Annotated[
        str | None,
        typer.Option(help="Moment to start at, UTC; by default 26 hours in."),
    ] = None,
    speed: Annotated[
        float, typer.Option(help="Simulated seconds a second; 0 stands still.")
    ] = 0.0,
    faults: Annotated[
        str, typer.Option(help="Faults as JSON, or a share of each: 0.05.")
    ] = "0",
    per_second: Annotated[
        int, typer.Option(help="Requests a second for each method; 0: no limit.")
    ] = 10,
    reports_per_minute: Annotated[
        int, typer.Option(help="Reports a minute; 0: no limit.")
    ] = 10,
) -> None:
    """Answer Gladly's REST endpoints from a random tenant, until stopped.

    POST /_sandbox/clock {"advance": "1d"} moves its clock, POST /_sandbox/faults
    sets faults, GET /_sandbox/truth says what a correct build finds.
    """
    # Imported here: only this command needs what only make test installs.
    from gladly_sandbox.server.command import serve_until_stopped

    try:
        serve_until_stopped(
            random_tenant(customers, days, seed),
            console,
            host=host,
            port=port,
            at=at,
            speed=speed,
            faults=faults,
            per_second=per_second,
            reports_per_minute=reports_per_minute,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


if __name__ == "__main__":
    app()
