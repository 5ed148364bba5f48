"""Count the models, and check what keeps the project easy to walk through.

Reads ``manifest.json`` as dbt 1.11 writes it. Prints how many models each folder holds,
which intermediate folders read which, the longest path from an extract to a mart, and
the last words of intermediate models. Exits with 1 and a line a finding when a folder
reads a later one, when a last word is not in the list of CONTRIBUTING.md, or when a
bound below is passed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

import typer

from artifacts.manifest import Project

#: The folders of models/intermediate in the order in which they are built.
STAIR = (
    "calendar",
    "names",
    "topics",
    "evidence",
    "identity",
    "history",
    "contacts",
    "conversations",
    "daily",
    "checks",
)
#: What an intermediate model may do, as the last word of its name.
LAST_WORDS = (
    "aggregated",
    "allocated",
    "compared",
    "dated",
    "deduplicated",
    "inferred",
    "matched",
    "resolved",
    "scored",
    "sequenced",
    "unioned",
    "versioned",
)
#: Bounds as they are today: to be lowered, and raised by a decision only.
MOST_INTERMEDIATE = 142
MOST_LINES = 150
LONGEST_PATH = 48


class House:
    """The models of a project and what each of them reads."""

    def __init__(self, project: Project) -> None:
        """Take the project of a manifest."""
        self.models = {model["unique_id"]: model for model in project.models}
        self.reads = {
            unique_id: [
                each for each in model["depends_on"]["nodes"] if each in self.models
            ]
            for unique_id, model in self.models.items()
        }

    def folder(self, unique_id: str) -> str:
        """Return the folders of a model below models, joined by a slash."""
        return "/".join(self.models[unique_id]["fqn"][1:-1])

    def intermediate(self) -> Iterator[str]:
        """Yield the intermediate models."""
        for unique_id in self.models:
            if self.folder(unique_id).startswith("intermediate"):
                yield unique_id

    def edges(self) -> Counter[tuple[str, str]]:
        """Return how often one intermediate folder reads another."""
        return Counter(
            (self.step(reader), self.step(read))
            for reader in self.intermediate()
            for read in self.reads[reader]
            if self.folder(read).startswith("intermediate")
            and self.step(read) != self.step(reader)
        )

    def step(self, unique_id: str) -> str:
        """Return the folder of an intermediate model on the stair."""
        return self.folder(unique_id).split("/")[-1]

    def longest_path(self) -> list[str]:
        """Return the names along the longest way from an extract to a table."""

        @cache
        def longest(unique_id: str) -> tuple[str, ...]:
            before = _longer([longest(each) for each in self.reads[unique_id]])
            return (*before, str(self.models[unique_id]["name"]))

        return list(_longer([longest(each) for each in self.models]))

    def findings(self) -> Iterator[str]:
        """Yield what makes the project harder to walk through than it may be."""
        for unique_id in self.intermediate():
            name, step = self.models[unique_id]["name"], self.step(unique_id)
            if step not in STAIR:
                yield f"{name}: models/intermediate has no step {step}"
            if name.split("_")[-1] not in LAST_WORDS:
                yield f"{name}: its last word is not in the list of CONTRIBUTING.md"
        for reader, read in self.edges():
            if {reader, read} <= set(STAIR) and STAIR.index(read) > STAIR.index(reader):
                yield f"intermediate/{reader} reads {read}, which is built later"
        for model in self.models.values():
            lines = str(model["raw_code"]).rstrip().count("\n") + 1
            if lines > MOST_LINES:
                yield f"{model['name']} has {lines} lines, more than {MOST_LINES}"
        if (count := len(list(self.intermediate()))) > MOST_INTERMEDIATE:
            yield f"{count} intermediate models, more than {MOST_INTERMEDIATE}"
        if len(path := self.longest_path()) > LONGEST_PATH:
            yield f"{len(path)} models in a row, more than {LONGEST_PATH}"


def _longer(paths: list[tuple[str, ...]]) -> tuple[str, ...]:
    return max(paths, key=lambda path: len(path), default=())


def main(
    manifest: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    quiet: Annotated[bool, typer.Option(help="Print findings only.")] = False,
) -> None:
    """Print the counts, then what passes a bound."""
    house = House(Project(json.loads(manifest.read_text("utf-8"))))
    if not quiet:
        folders = Counter(map(house.folder, house.models))
        typer.echo(f"{len(house.models)} models")
        for folder, count in sorted(folders.items()):
            typer.echo(f"  {count:3} {folder}")
        typer.echo("What intermediate folders read")
        for (reader, read), count in sorted(house.edges().items()):
            typer.echo(f"  {count:3} {reader} reads {read}")
        words = Counter(
            house.models[each]["name"].split("_")[-1] for each in house.intermediate()
        )
        typer.echo("Last words of intermediate models")
        for word, count in words.most_common():
            typer.echo(f"  {count:3} {word}")
        path = house.longest_path()
        typer.echo(f"Longest path, {len(path)} models")
        typer.echo("  " + " > ".join(path))
    findings = sorted(house.findings())
    for finding in findings:
        typer.echo(finding)
    if findings:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
