"""Check every YAML file of the project against the JSON schemas inside dbt-core.

dbt 1.11 ships the schemas dbt 2 enforces, but validates with them only for some
adapters, DuckDB not among them. Prints one line a finding: file, place, message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend

PROPERTY_FOLDERS = ("models", "seeds", "macros", "tests", "analyses", "snapshots")


class TextLoader(yaml.SafeLoader):
    """Reads dates as text, which is what JSON schemas know."""


TextLoader.add_constructor(  # type: ignore[type-var]
    "tag:yaml.org,2002:timestamp", yaml.SafeLoader.construct_yaml_str
)


def check_choice(
    _validator: Draft7Validator, choices: list[Any], value: Any, _schema: dict[str, Any]
) -> Iterator[ValidationError]:
    """Check a value against an ``enum``, whatever its case.

    The schemas spell some choices with a capital (``Warn``) that both dbt versions and
    the documentation write without.
    """
    if str(value).lower() not in {str(choice).lower() for choice in choices}:
        yield ValidationError(f"{value!r} is not one of {choices}")


Validator = extend(Draft7Validator, {"enum": check_choice})  # type: ignore[no-untyped-call]


def load_schema(kind: str) -> dict[str, Any]:
    """Return the newest schema of a kind, ``project`` or ``resources``.

    Raises:
        FileNotFoundError: when the installed dbt-core ships none.
    """

    def version(path: Path) -> list[int]:
        numbers = [int(number) for number in re.findall(r"\d+", path.stem)]
        return numbers if path.stem != "latest" else [1_000_000]

    found = list(Path(str(files("dbt.jsonschemas") / kind)).glob("*.json"))
    if not found:
        raise FileNotFoundError(f"dbt-core ships no JSON schema for {kind}")
    newest = max(found, key=version)
    schema: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
    return schema


def leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Yield the errors at the ends of an error's alternatives."""
    if not error.context:
        yield error
    for alternative in error.context:
        yield from leaves(alternative)


def causes(error: ValidationError) -> list[ValidationError]:
    """Return what is meant by an error: of its alternatives, those that got furthest.

    An optional value is either null or what it should be, so that it is not null is
    never what is meant.
    """
    ends = list(leaves(error))
    ends = [end for end in ends if end.validator_value != "null"] or ends
    furthest = max(len(end.absolute_path) for end in ends)
    return [end for end in ends if len(end.absolute_path) == furthest]


def place(document: Any, error: ValidationError) -> str:
    """Return where in a document an error is, with names in place of list indexes."""
    steps: list[str] = []
    for key in error.absolute_path:
        document = document[key]
        if isinstance(key, str):
            steps.append(key)
        elif isinstance(document, dict) and "name" in document:
            steps.append(str(document["name"]))
        else:
            steps.append(str(key))
    return " > ".join(steps) or "top level"


def is_rendered(value: Any) -> bool:
    """Say whether dbt renders a value before it looks at its type."""
    return isinstance(value, str) and value.startswith("{{") and value.endswith("}}")


def problems(path: Path, schema: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one file, as lines to print."""
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), TextLoader)
    except yaml.YAMLError as unreadable:
        yield f"{path}: {unreadable}"
        return
    if document is None:
        return
    for error in Validator(schema).iter_errors(document):
        for cause in causes(error):
            if is_rendered(cause.instance):
                continue
            yield f"{path}: {place(document, cause)}: {cause.message[:200]}"


def main(
    root: Annotated[Path, typer.Argument(exists=True, file_okay=False)] = Path(),
) -> None:
    """Check dbt_project.yml and all properties files below a project's folder."""
    properties = sorted(
        path
        for folder in PROPERTY_FOLDERS
        for suffix in ("yml", "yaml")
        for path in (root / folder).rglob(f"*.{suffix}")
    )
    found = list(problems(root / "dbt_project.yml", load_schema("project")))
    resources = load_schema("resources")
    # dbt 2 flattens what dbt 1.11 takes under type_params only, and checks itself.
    resources["definitions"]["MetricsProperties"]["properties"]["type_params"] = {}
    for path in properties:
        found += problems(path, resources)
    for line in dict.fromkeys(found):
        typer.echo(line)
    if found:
        typer.echo(f"YAML schemas: {len(set(found))} findings", err=True)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
