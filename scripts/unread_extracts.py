"""Names what DuckDB does not in the folder of the extracts.

DuckDB lists files and passes over the rest in silence: a folder it may not read or
that is empty, such as a share that is not mounted, and a link to nothing; and a name
that is not UTF-8 stops it without saying which. ``profiles.yml`` names this module as
a plugin of dbt-duckdb, which calls it for every connection; the landing macros read
the two variables that it sets when there are such.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dbt.adapters.duckdb.plugins import BasePlugin

from folder_check import MOST, look_over

#: Extracts are this many levels deep: ``exports/<job>/<file>``.
LEVELS = 3


class Folder(NamedTuple):
    r"""What is odd in a folder; paths below it, with forward slashes.

    Attributes:
        unread: folders that cannot be read or are empty, and links to nothing.
        unnamed: files and folders whose name is not UTF-8, bytes as ``\xff``.
    """

    unread: list[str]
    unnamed: list[str]


def look(root: Path) -> Folder:
    """Look at a folder and the levels below that hold extracts, links followed."""
    found = Folder([], [])
    _look(root, root, LEVELS, found)
    return found


def _look(root: Path, folder: Path, levels: int, found: Folder) -> None:
    entries = sorted(_entries(folder), key=lambda entry: entry.name)
    if not entries and folder != root:
        found.unread.append(folder.relative_to(root).as_posix())
    for entry in entries:
        path = Path(entry.path)
        name = os.fsencode(path.relative_to(root))
        try:
            text = name.decode()
        except UnicodeDecodeError:
            found.unnamed.append(name.decode(errors="backslashreplace"))
            continue
        if entry.is_symlink() and not path.exists():
            found.unread.append(text)
        elif levels > 1 and entry.is_dir():
            _look(root, path, levels - 1, found)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError:
        return


def misplaced_extracts(path: str) -> list[str]:
    """Return a sentence for each file that is in the wrong place, some at most."""
    return [] if "://" in path else look_over(Path(path)).hints[:MOST]


class Plugin(BasePlugin):
    """What dbt-duckdb looks for in a plugin's module."""

    found: Folder | None = None

    def configure_connection(self, conn: Any) -> None:
        """Give SQL the sentences about files in the wrong place."""
        conn.create_function(
            "misplaced_extracts",
            misplaced_extracts,
            ["varchar"],
            "varchar[]",
            side_effects=True,
        )

    def configure_cursor(self, cursor: Any) -> None:
        """Give the connection its variables, where there is something to say."""
        if self.found is None:
            path = os.environ.get("GLADLY_EXTRACTS_PATH", "extracts/sample")
            self.found = Folder([], []) if "://" in path else look(Path(path))
        for name, paths in (
            ("unread_extract_paths", self.found.unread),
            ("unnamed_extract_files", self.found.unnamed),
        ):
            if paths:
                texts = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
                cursor.execute(f"set variable {name} = [{texts}]::varchar[]")
