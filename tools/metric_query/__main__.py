"""Asks MetricFlow; what it has to say of a mistake becomes a sentence.

``make metrics`` calls it with what stands in ``QUERY``, once dbt has parsed.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

#: Near names that are offered.
MOST_NEAR = 3
TIME = "metric_time"
GRAINS = ("hour", "day", "week", "month", "quarter", "year")


def main(arguments: Sequence[str]) -> int:
    """Print the answer, or what is wrong, and return the exit code."""
    database = Path(os.environ["GLADLY_DATABASE_PATH"])
    # MetricFlow would make an empty database where there is none.
    if not database.is_file():
        print(f"{database} is not there: run make build first", file=sys.stderr)
        return 1
    ended = subprocess.run(
        [str(Path(sys.executable).with_name("mf")), "query", "--quiet", *arguments],
        capture_output=True,
        check=False,
        text=True,
    )
    if ended.returncode == 0:
        print(ended.stdout.strip())
        return 0
    said = ended.stdout + ended.stderr
    sentences = list(dict.fromkeys(explain(said, arguments, database)))
    print("\n".join(sentences) if sentences else said.strip(), file=sys.stderr)
    return ended.returncode


def explain(said: str, arguments: Sequence[str], database: Path) -> Iterator[str]:
    """Yield a sentence for each mistake of the user that MetricFlow complains of."""
    for problem in re.split(r"^Error #\d+:$", said, flags=re.MULTILINE)[1:]:
        text = " ".join(problem.split())
        asked = _found(r"Query Input: (\S+)", text)
        near = _near(text)
        if "any known metrics" in text:
            yield (
                f"There is no metric {asked}. Near it: {', '.join(near[:MOST_NEAR])}. "
                "make metrics lists them all."
            )
        elif "available group-by-items" in text:
            yield _not_a_group(asked, near, arguments)
        elif "order-by item" in text:
            yield (
                f"It cannot be ordered by {asked}: --order takes what stands in "
                "--metrics or --group-by, with - before it for the largest first."
            )
        elif "do not include 'metric_time'" in text:
            grain = _found(r"granularity='(\w+)'", text)
            metric = _found(r"metric '(\w+)'", text)
            yield (
                f"{metric} is of the {grain} before each "
                f"{grain}: add --group-by {TIME}__{grain}."
            )
    if "Referenced column" in said and "--where" in arguments:
        name = _found(r'Referenced column "(\w+)"', said)
        yield (
            f"--where does not know {name}: write a name as "
            "{{ Dimension('contact__channel') }} = 'chat'."
        )
    elif re.search(r"Catalog Error: (Table|Schema)|Catalog \S+ does not exist", said):
        yield f"{database} lacks a table that the metric is made of: run make build."


def _not_a_group(asked: str, near: Sequence[str], arguments: Sequence[str]) -> str:
    metrics = _found(r"--metrics[ =](\S+)", shlex.join(arguments))
    if asked.startswith(TIME):
        finest = next((each for each in near if each.startswith(TIME)), f"{TIME}__day")
        grains = GRAINS[GRAINS.index(finest.removeprefix(f"{TIME}__")) :]
        return (
            f"{metrics} cannot be asked by {asked}: {TIME}__ is followed by "
            f"{', '.join(grains[:-1])} or {grains[-1]}."
        )
    return (
        f"{metrics} cannot be grouped by {asked}. Near it: "
        f"{', '.join(near[:MOST_NEAR])}. mf list dimensions --metrics {metrics} has "
        "all."
    )


def _near(text: str) -> list[str]:
    listed = _found(r"Suggestions: (\[.*?\])", text)
    return [str(each) for each in ast.literal_eval(listed)] if listed else []


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
