"""The command ``gladly-extract``."""

from __future__ import annotations

import json
import logging
import sys
from datetime import date, datetime
from functools import partial
from typing import Annotated

import anyio
import typer
from rich.console import Console
from rich.markup import escape

from gladly_extract.check import check as check_all
from gladly_extract.plan import Wanted, minutes, wanted
from gladly_extract.problems import Exit, ExtractError
from gladly_extract.run import client_of, plan_only
from gladly_extract.run import pull as pull_all
from gladly_extract.settings import Settings, read_settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help=(
        "Pull raw extracts from Gladly into GLADLY_EXTRACTS_PATH.\n\n"
        "Settings are environment variables: GLADLY_HOST, GLADLY_USER, "
        "GLADLY_API_TOKEN, GLADLY_EXTRACTS_PATH.\n\n"
        "Exit codes: 0 done, 2 settings, 3 run again, 4 user or token refused, "
        "5 another pull is running, 6 Gladly not reached, 7 something is lost for good."
    ),
)
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for machines.")]


@app.command()
def check(as_json: AsJson = False) -> None:
    """Try the user, the roles and each endpoint; say what will be missing."""
    settings = read_settings()
    code = anyio.run(partial(_check, settings, as_json))
    raise typer.Exit(int(code))


async def _check(settings: Settings, as_json: bool) -> Exit:
    made = []
    code = Exit.DONE
    async with client_of(settings) as client:
        async for found in check_all(settings, client):
            if found.problem:
                code = Exit.PARTIAL
            if as_json:
                made.append(
                    {
                        "extract": found.extract,
                        "problem": found.problem,
                        "cost": found.cost,
                    }
                )
            elif found.problem:
                out.print(f"missing  {found.extract}: {escape(found.problem)}")
                out.print(f"         without it: {found.cost}")
            else:
                out.print(f"ok       {found.extract}")
        if not as_json and client.clock.is_off():
            out.print(
                f"note     the clock of this machine is off by {-client.clock.skew}; "
                "capture times will be Gladly's"
            )
    if as_json:
        print(json.dumps({"exit_code": int(code), "extracts": made}))
    return code


@app.command()
def pull(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day of reports: back-fill."),
    ] = None,
    only: Annotated[
        str,
        typer.Option(
            help="events, exports, reports, aggregated, entities, answers, tasks, "
            "lookups, or names of reports; several with commas. Aggregated reports "
            "are pulled only when named."
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the plan and pull nothing.")
    ] = False,
    probe_limit: Annotated[
        int | None, typer.Option(min=0, help="Ids looked up in this run, at most.")
    ] = None,
    as_json: AsJson = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No bars, and nothing when all is well.")
    ] = False,
) -> None:
    """Pull everything due since the last pull."""
    settings = read_settings()
    first: date | None = since.date() if since else None
    asked = wanted(settings, only=only.split(","), since=first, probe_limit=probe_limit)
    if dry_run:
        anyio.run(partial(_plan, settings, asked, as_json))
        return
    results = anyio.run(
        partial(pull_all, settings, asked, err, shown=not (as_json or quiet))
    )
    if as_json:
        print(json.dumps(results.as_json(), ensure_ascii=False))
    elif not quiet or results.problems:
        for line in results.lines():
            out.print(escape(line))
    raise typer.Exit(int(results.exit))


async def _plan(settings: Settings, asked: Wanted, as_json: bool) -> None:
    plan, steps = await plan_only(settings, asked)
    total = sum(step.requests for step in steps)
    least = minutes(steps, settings)
    if as_json:
        made = {
            "begin": plan.begin.isoformat(),
            "requests": total,
            "minutes": round(least, 1),
            "steps": [
                {"extract": s.extract, "requests": s.requests, "what": s.what}
                for s in steps
            ],
        }
        print(json.dumps(made))
        return
    width = max(len(step.extract) for step in steps) if steps else 0
    for step in steps:
        out.print(escape(f"{step.extract:<{width}}  {step.requests:>6,}  {step.what}"))
    out.print(
        f"{total:,} requests, {plan.reports:,} of them reports: at least "
        f"{least:.1f} minutes. Nothing was pulled."
    )


def main() -> None:
    """Run the command; an error ends in a sentence, never with a token in a trace."""
    for noisy in ("httpx", "httpcore", "stamina"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    try:
        app()
    except ExtractError as error:
        err.print(escape(str(error)))
        sys.exit(int(error.exit))
    except KeyboardInterrupt:
        err.print("Stopped; the next pull goes on from here.")
        sys.exit(int(Exit.STOPPED))
    except OSError as error:
        err.print(escape(f"{error.strerror or error}: {error.filename or ''}"))
        sys.exit(int(Exit.SETTINGS))


if __name__ == "__main__":
    main()
