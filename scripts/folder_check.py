"""Looks over the extracts folder before dbt starts, and says what is out of place.

``make build`` calls it first; dbt itself asks for its hints when an extract is missing.
What would stop the build stops it here, in the same words and in under a second.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from extract_kinds import Kind, kind_named, kinds, look_alikes

#: Extracts are this many levels deep: ``exports/<job>/<file>``.
LEVELS = 3
#: Files in their place whose content is looked at, the newest first: a large folder
#: must not cost more than a second, and what is old was looked at when it came.
LOOKED_AT = 1500
#: How much better another kind must fit a file than the one of its folder.
MARGIN = 2.5
#: Sentences of one sort that are printed.
MOST = 10
SAMPLE = "extracts/sample"
STAMP = "<YYYYMMDDTHHMMSSZ>"
_CAPTURED = re.compile(r"^(\d{8}T\d{6}Z)__")
_ARCHIVES = (".zip", ".bz2", ".xz", ".zst", ".7z", ".rar", ".tar", ".tgz", ".tar.gz")
_TABLES = (".xlsx", ".xls", ".ods", ".tsv")
_MUST = ("conversation_export_report",)
_EITHER = ("work_session_events", "contact_export_report")


class Look(NamedTuple):
    """What a look at a folder found, in sentences.

    Attributes:
        stops: what keeps it from being built.
        hints: what is in the wrong place.
    """

    stops: list[str]
    hints: list[str]


def look_over(root: Path) -> Look:
    """Look over a folder of this machine."""
    files = list(_files(root))
    if not files:
        return Look(
            [
                f'No extracts in "{root}": the folder does not exist or holds no files.'
                " Set GLADLY_EXTRACTS_PATH to the folder that holds exports/, reports/,"
                " events/, entities/ and lookups/ (layout: README.md)."
            ],
            [],
        )
    if unnamed := [path for path in files if not _is_text(path)]:
        return Look(
            [
                f'"{_as_text(path)}" has a name that is not UTF-8: rename it.'
                for path in unnamed
            ],
            [],
        )
    placed = {path: kind_of_place(path.relative_to(root)) for path in files}
    strays = [path for path, kind in placed.items() if kind is None]
    stops = list(_undated(root, placed)) + list(_missing(root, placed))
    hints = [*_misplaced(root, strays), *_look_alikes(root, placed)]
    return Look(stops, hints)


def _files(folder: Path, levels: int = LEVELS) -> Iterator[Path]:
    """Return the files below a folder; links are followed where extracts may be."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        # A pipe is no file: to open one would wait for whoever writes to it.
        if entry.is_file():
            yield folder / entry.name
        elif entry.is_dir(follow_symlinks=levels > 1):
            yield from _files(folder / entry.name, levels - 1)


def _is_text(path: Path) -> bool:
    return _as_text(path) == str(path)


def _as_text(path: Path) -> str:
    return os.fsencode(path).decode(errors="backslashreplace")


def kind_of_place(below: Path) -> Kind | None:
    """Return the kind that a path below the folder is read as; None for none."""
    parts = below.parts
    name = below.name.removesuffix(".gz")
    if parts[0] == "exports" and len(parts) == 3:
        path = f"exports/{name}"
    elif parts[0] == "events" and len(parts) == 2:
        path = "events" if name.endswith((".json", ".jsonl")) else ""
    elif parts[0] == "reports" and len(parts) == 3:
        path = f"reports/{parts[1]}" if name.endswith(".csv") else ""
    elif parts[0] in ("entities", "lookups") and len(parts) == 3:
        path = f"{parts[0]}/{parts[1]}" if name.endswith((".json", ".jsonl")) else ""
    else:
        path = ""
    return next((kind for kind in kinds() if kind.path == path), None)


def _undated(root: Path, placed: dict[Path, Kind | None]) -> Iterator[str]:
    for path, kind in placed.items():
        if kind is None:
            continue
        if kind.path.startswith("exports/"):
            if (
                not {path.parent / "job.json", path.parent / "job.json.gz"}
                & placed.keys()
            ):
                yield (
                    f'"{path}" has no capture time: save the job as GET'
                    ' /export/jobs/{id} returns it, with "updatedAt", in'
                    f' "{path.parent}/job.json".'
                )
            continue
        if not _has_capture_time(path.name):
            yield (
                f'"{path}" has no capture time in its name: rename it to'
                f' "{path.parent}/{STAMP}__{path.name.split("__")[-1]}", the UTC time'
                " at which the response was received."
            )


def _has_capture_time(name: str) -> bool:
    found = _CAPTURED.match(name)
    try:
        return found is not None and bool(datetime.strptime(found[1], "%Y%m%dT%H%M%SZ"))
    except ValueError:
        return False


def _missing(root: Path, placed: dict[Path, Kind | None]) -> Iterator[str]:
    found = {kind.name for kind in placed.values() if kind is not None}
    if not found.intersection(_MUST):
        yield (
            f'Required extract missing: no file in "{root}/reports/'
            'ConversationExportReport/". Export the report ConversationExportReport'
            f" and save it there as {STAMP}__<anything>.csv."
        )
    if not found.intersection(_EITHER):
        yield (
            f'Required extract missing: no file in "{root}/reports/WorkSessionEvents/"'
            f' nor in "{root}/reports/ContactExportReportV3/". At least one of the two'
            f" must be there, saved as {STAMP}__<anything>.csv."
        )


def _misplaced(root: Path, strays: list[Path]) -> Iterator[str]:
    """Say where files belong that no extract reads, one sentence for those alike."""
    groups: dict[tuple[Path, str], list[Path]] = {}
    for path in strays:
        found = ", ".join(kind.path for kind in _kinds_of(root, path))
        groups.setdefault((path.parent, found or _other(path)), []).append(path)
    others, reports = [], set()
    for (_, remedy), paths in groups.items():
        first = paths[0].relative_to(root).as_posix()
        more = f", and {len(paths) - 1:,} more like it" if len(paths) > 1 else ""
        if found_kinds := _kinds_of(root, paths[0]):
            yield f"I see {first} here{more}: {_where(found_kinds, paths[0])}"
        elif remedy:
            yield f"I see {first} here{more}: {remedy}"
        elif first.startswith("reports/") and first.count("/") == 2:
            reports.add(first.split("/")[1])
        else:
            others += [path.relative_to(root).as_posix() for path in paths]
    if reports:
        yield f"Passed over, being read by no table: {', '.join(sorted(reports))}."
    if others:
        shown = ", ".join(others[:3]) + (", …" if len(others) > 3 else "")
        yield f"Passed over, being no extract: {shown} ({len(others):,} in all)."


def _other(path: Path) -> str:
    name = path.name.lower()
    if name.endswith(_ARCHIVES):
        return "unpack it. Only .gz of a single file is read as it is."
    if name.endswith(_TABLES):
        return "save the response as Gladly sends it, as CSV."
    return ""


def _kinds_of(root: Path, path: Path) -> list[Kind]:
    """Return the kinds that a stray file may be, none when it is no extract."""
    if path.name.lower().endswith((*_ARCHIVES, *_TABLES)):
        return []
    fields, fitting = look_alikes(path)
    best = [kind for score, kind in fitting if score > fitting[0][0] - 0.5]
    among = best if fields else _by_end(path)
    named = kind_named(path.relative_to(root), among)
    if named is not None:
        return [named]
    # Export jobs and the API list the same; a job's files have their names.
    best = [kind for kind in best if not kind.path.startswith("exports/")] or best
    return best if len(best) <= 2 else []


def _by_end(path: Path) -> list[Kind]:
    """Return the kinds that a file without content may be, by the end of its name."""
    end = "".join(path.suffixes[-2:]).lower().removesuffix(".gz").rpartition(".")[2]
    reports = {"csv": True, "json": False, "jsonl": False}.get(end)
    return [kind for kind in kinds() if reports in (None, kind.is_report)]


def _where(found: list[Kind], path: Path) -> str:
    """Say where a file that is of one of some kinds belongs, and under which name."""
    kind = found[0]
    if kind.path == "exports/job.json":
        return "move it to exports/<job id>/job.json, beside the files of that job."
    if kind.path.startswith("exports/"):
        return (
            f"move it to exports/<job id>/{kind.last}, with the job beside it as"
            " job.json."
        )
    folders = " or ".join(f"{each.path}/" for each in found)
    name = _name_as(kind, path.name)
    if _has_capture_time(name):
        return f"move it to {folders} as {name}."
    written = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
    return (
        f"move it to {folders} as {STAMP}__{name}, with the UTC time at which it was"
        f" received; it was written at {written:%Y%m%dT%H%M%SZ}."
    )


def _name_as(kind: Kind, name: str) -> str:
    """Return the name of a file with the end that its kind has."""
    known = (".csv",) if kind.is_report else (".json", ".jsonl")
    bare = name.removesuffix(".gz")
    if bare.endswith(known):
        return name
    stem = re.sub(r"\.(?:txt|csv|jsonl?|ndjson)$", "", bare, flags=re.IGNORECASE)
    return stem + known[0] + name[len(bare) :]


def _look_alikes(root: Path, placed: dict[Path, Kind | None]) -> Iterator[str]:
    """Say which files in a folder of one kind hold another."""
    known = [(path, kind) for path, kind in placed.items() if kind is not None]
    newest = sorted(known, key=lambda each: each[0].name, reverse=True)[:LOOKED_AT]
    for path, kind in sorted(newest):
        if kind.path.startswith("exports/"):
            continue
        fields, fitting = look_alikes(path)
        others = [each for each in fitting if not each[1].path.startswith("exports/")]
        if not others:
            continue
        score, best = others[0]
        if score < kind.score(fields) + MARGIN:
            continue
        below = path.relative_to(root).as_posix()
        where = _where([best], path)
        yield f"I see {below} here, which looks like {best.last}: {where}"


def main(
    extracts: Annotated[
        str, typer.Option(envvar="GLADLY_EXTRACTS_PATH", help="The folder.")
    ] = SAMPLE,
) -> None:
    """Look over the extracts folder; end with 2 when it cannot be built."""
    if "://" in extracts:
        return
    look = look_over(Path(extracts.rstrip("/") or SAMPLE))
    for sentences in look:
        for sentence in sentences[:MOST]:
            typer.echo(sentence, err=True)
        if len(sentences) > MOST:
            typer.echo(f"… and {len(sentences) - MOST:,} more.", err=True)
    if look.stops:
        raise typer.Exit(2)


if __name__ == "__main__":
    typer.run(main)
