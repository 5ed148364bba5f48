"""Fuzzes for some minutes: `make fuzz MINUTES=60`."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from fuzz.seeds import seeds
from fuzz.trial import EVERYTHING, LANDING, corpus, keep, mutants, try_all


def main(
    minutes: Annotated[float, typer.Option(help="How long to go on.")] = 60,
    seed: Annotated[int, typer.Option(help="Of the first round.")] = 1,
    files: Annotated[int, typer.Option(help="Damaged files a round.")] = 400,
    whole: Annotated[
        int, typer.Option(help="Every how many rounds all tables are built; 0: never.")
    ] = 4,
    keeps: Annotated[
        bool, typer.Option("--keep", help="Add what is found to the corpus.")
    ] = False,
) -> None:
    """Damage extracts round after round, and report what went wrong."""
    until, sound_records = time.monotonic() + minutes * 60, seeds()
    rounds = tried = 0
    found = []
    while rounds == 0 or time.monotonic() < until:
        chance = random.Random(seed + rounds)
        damaged = [*corpus(sound_records)] if rounds == 0 else []
        damaged += mutants(chance, sound_records, files)
        is_whole = whole and rounds % whole == 0
        with tempfile.TemporaryDirectory(prefix="gladly-fuzz-") as name:
            findings = try_all(
                Path(name),
                sound_records,
                damaged,
                EVERYTHING if is_whole else LANDING,
            )
        rounds += 1
        tried += len(damaged)
        typer.echo(
            f"round {rounds} (seed {seed + rounds - 1}, "
            f"{'all tables' if is_whole else 'landing'}): {len(damaged)} files, "
            f"{len(findings)} findings"
        )
        for finding in findings:
            typer.echo(f"  {finding}")
            for mutant in finding.mutants if keeps else []:
                typer.echo(f"  kept as {keep(mutant)}")
        found += findings
    typer.echo(f"{tried} damaged files in {rounds} rounds, {len(found)} findings")
    raise typer.Exit(1 if found else 0)


if __name__ == "__main__":
    typer.run(main)
