"""Builds many damaged files at once, and judges what became of each.

Three verdicts. Never a stack trace: the build ends well. Never a silent row: the
records that Python counts in a file are landed or set aside. Never a wrong neighbour:
records that a mutation did not touch, in its file and in all others, hold what Python
reads in them, in their order, and the moment of the report stays where it was.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extracts_folder import write
from fuzz.mutations import FILE_NAMES, MUTATIONS, NOTHING, Damaged
from fuzz.seeds import STAMP, Seed
from project import MODELS_ONLY, BuildResult, build, query
from record_counts import unlike_files

ALL = ("--select", "*")
CORPUS = Path(__file__).with_name("corpus")
#: Landing, staging, and what counts records.
LANDING = (
    "build",
    "--select",
    "path:models/staging",
    "int_reporting_moments_resolved",
    "+audit_row_balance",
    "audit_rejected_records",
    "--exclude",
    "assert_required_extracts_hold_usable_records",
    "--exclude-resource-type",
    "unit_test",
    "--indirect-selection",
    "cautious",
)
ALL_TABLES = MODELS_ONLY
#: Every table, and every test of what the project itself promises.
EVERYTHING = ("build", "--exclude-resource-type", "unit_test")
STACK_TRACES = ("Traceback", "INTERNAL Error", "Assertion")


@dataclass(frozen=True)
class Mutant:
    """A damaged file among the sound ones.

    Attributes:
        name: in its path, and what a finding is called by.
        about: the mutation.
        seed: whose records it has.
        damaged: its bytes, and the records that may be anything.
        file_name: what its name ends in; it may be as odd as the rest.
    """

    name: str
    about: str
    seed: Seed
    damaged: Damaged
    file_name: str

    @property
    def files(self) -> dict[str, bytes]:
        """The files it is made of, by path."""
        return self.seed.place(self.name + self.file_name, self.damaged.body)

    @property
    def path(self) -> str:
        """The path of the damaged file."""
        return list(self.files)[-1]


@dataclass
class Finding:
    """What was wrong with a mutant, or with a whole build."""

    verdict: str
    what: str
    mutants: list[Mutant] = field(default_factory=list)

    def __str__(self) -> str:
        """Verdict, mutants, and what was found."""
        about = ", ".join(f"{each.name} ({each.about})" for each in self.mutants[:5])
        return f"{self.verdict}: {about or 'the whole build'}: {self.what}"


def mutants(chance: random.Random, seeds: list[Seed], count: int) -> Iterator[Mutant]:
    """Yield damaged files: every mutation in turn, of extracts by chance."""
    names = sorted(MUTATIONS)
    for number in range(count):
        about = names[number % len(names)]
        seed = chance.choice(seeds)
        damaged = MUTATIONS[about](chance, seed)
        odd = chance.choice(FILE_NAMES) if chance.random() < 0.1 else ""
        yield Mutant(f"fuzz-{number:04}", about, seed, damaged, odd)


def corpus(seeds: list[Seed]) -> Iterator[Mutant]:
    """Yield the files that were once made something else of than they should."""
    by_extract = {seed.extract: seed for seed in seeds}
    for path in sorted(CORPUS.glob("*/*")):
        seed = by_extract[path.parent.name]
        touched = frozenset(range(len(seed.records)))
        damaged = Damaged(path.read_bytes(), touched)
        yield Mutant(f"corpus-{path.stem}", path.stem, seed, damaged, "")


def keep(mutant: Mutant) -> Path:
    """Add a mutant to the corpus."""
    name = f"{mutant.about}-{abs(hash(mutant.damaged.body)) % 10**6:06}"
    return write(
        CORPUS,
        f"{mutant.seed.extract}/{name}{mutant.seed.ending}",
        mutant.damaged.body,
    )


def sound(seeds: list[Seed]) -> list[Mutant]:
    """Return the files as they were, none of whose records may change."""
    return [
        Mutant(f"sound-{seed.extract}", "none", seed, Damaged(seed.body(), NOTHING), "")
        for seed in seeds
    ]


def try_all(
    folder: Path,
    seeds: list[Seed],
    damaged: list[Mutant],
    command: tuple[str, ...],
) -> list[Finding]:
    """Build sound and damaged files together, and judge the build and each file."""
    result = _build(folder, seeds, damaged, command)
    if _is_broken(result):
        culprits = _culprits(folder, seeds, damaged, command)
        return [Finding("stack trace", result.log[-3000:], culprits)]
    root, database = folder / "extracts", folder / "gladly.duckdb"
    return [
        *_failed_tests(result),
        *_silent_rows(root, database, damaged),
        *wrong_neighbours(folder, [*sound(seeds), *damaged]),
        *_moved_clock(database),
    ]


def _build(
    folder: Path, seeds: list[Seed], damaged: list[Mutant], command: tuple[str, ...]
) -> BuildResult:
    root, database = folder / "extracts", folder / "gladly.duckdb"
    for mutant in (*sound(seeds), *damaged):
        for path, body in mutant.files.items():
            write(root, path, body)
    # With a selection the records are counted here and not there.
    return build(root, database, *command, *([] if "--select" in command else ALL))


def _is_broken(result: BuildResult) -> bool:
    failed = {name for name, status in result.statuses.items() if status == "error"}
    return (
        bool(failed)
        or (result.exit_code != 0 and "fail" not in result.statuses.values())
        or any(trace in result.log for trace in STACK_TRACES)
    )


def _culprits(
    folder: Path, seeds: list[Seed], damaged: list[Mutant], command: tuple[str, ...]
) -> list[Mutant]:
    """Halve the mutants until the smallest part still breaks the build."""
    suspects, turn = damaged, 0
    while len(suspects) > 1:
        half = len(suspects) // 2
        for part in (suspects[:half], suspects[half:]):
            turn += 1
            if _is_broken(_build(folder / f"part-{turn}", seeds, part, command)):
                suspects = part
                break
        else:
            return suspects
    return suspects


def _failed_tests(result: BuildResult) -> Iterator[Finding]:
    for name, status in result.statuses.items():
        if status == "fail":
            yield Finding("failed test", f"{name}\n{_said_of(name, result.log)}")


def _said_of(name: str, log: str) -> str:
    return "\n".join(line for line in log.splitlines() if name in line)[:500]


def _silent_rows(
    root: Path, database: Path, damaged: list[Mutant]
) -> Iterator[Finding]:
    by_path = {mutant.path: mutant for mutant in damaged}
    for path, counted, seen, landed in unlike_files(root, database):
        yield Finding(
            "silent row",
            f"{path}: {counted} in the file, {seen} seen, {landed} landed",
            [by_path[path]] if path in by_path else [],
        )


def _landed(
    database: Path, extract: str
) -> dict[str, list[tuple[str | None, tuple[Any, ...]]]]:
    """Return reason and declared fields of the records of each file, in order."""
    rows = query(
        database,
        f"""
        select
            _extract_file, _rejection_reason, columns('^[^_]')
        from staging.base_gladly__{extract} order by _extract_file, _record_number
        """,
    )
    found: dict[str, list[tuple[str | None, tuple[Any, ...]]]] = defaultdict(list)
    for file, reason, *values in rows:
        found[file].append((reason, tuple(values)))
    return found


def _is_same(seed: Seed) -> Callable[[tuple[Any, ...], tuple[Any, ...]], bool]:
    def is_same(expected: tuple[Any, ...], landed: tuple[Any, ...]) -> bool:
        for name, one, other in zip(seed.fields, expected, landed, strict=True):
            if name in seed.json_fields:
                other = None if other is None else json.loads(other)
            if one != other:
                return False
        return True

    return is_same


def wrong_neighbours(folder: Path, all_files: list[Mutant]) -> Iterator[Finding]:
    """Yield the files of which an untouched record is not what Python reads."""
    database = folder / "gladly.duckdb"
    set_aside = {
        path
        for (path,) in query(
            database,
            "select extract_file from staging.base_gladly__extract_files"
            " where set_aside_reason is not null",
        )
    }
    tables = {
        name: _landed(database, name)
        for name in {mutant.seed.extract for mutant in all_files}
    }
    for mutant in all_files:
        seed, path = mutant.seed, mutant.path
        if path in set_aside:
            if mutant.about == "none":
                yield Finding("wrong neighbour", f"{path} was set aside", [mutant])
            continue
        untouched = [
            values
            for number, values in enumerate(seed.expected)
            if number not in mutant.damaged.touched
        ]
        rows = [values for why, values in tables[seed.extract][path] if why is None]
        is_same = _is_same(seed)
        missing = [
            expected
            for expected in untouched
            if not any(is_same(expected, values) for values in rows)
        ]
        if missing:
            said = {why for why, _ in tables[seed.extract][path]}
            yield Finding(
                "wrong neighbour",
                f"{path}: {len(missing)} of {len(untouched)} records are not what they"
                f" were ({said}); the first: {missing[0]}",
                [mutant],
            )


def _moved_clock(database: Path) -> Iterator[Finding]:
    sql = (
        "select strftime(max(as_of), '%Y%m%dT%H%M%SZ')"
        " from intermediate.int_reporting_moments_resolved"
    )
    ((now,),) = query(database, sql)
    if now != STAMP:
        yield Finding("wrong neighbour", f"now is {now} instead of {STAMP}")
