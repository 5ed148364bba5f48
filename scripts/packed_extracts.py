"""Gives the landing macros a readable copy of each file that DuckDB reads otherwise.

An archive (``.gz`` of any extract) is unpacked, a JSON body that is no object a line
taken apart. ``profiles.yml`` names this module as a plugin of dbt-duckdb, which hands
its two functions to SQL: ``readable_extract`` and ``extract_unpacked_from``. Copies
are in a folder beside the database while dbt runs, readable by its owner alone.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import shutil
import tempfile
import threading
import zlib
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb.func import SPECIAL

from json_bodies import is_spread, records_in

_GZIP = b"\x1f\x8b"
_BLOCK = 1 << 20
_START = 1 << 16
#: What an archive may unpack to, in bytes: more than the largest report there is.
LARGEST = 1 << 30
#: How often more than it has itself, once that is many: text gives a tenth of it.
DENSEST, MANY = 200, 64 << 20
#: How long a body may be that is no object a line: it is held in memory.
LARGEST_BODY = 512 << 20

DAMAGED = "an archive that is damaged or cut off: save the response again"
NESTED = "an archive within an archive: unpack it once"
TOO_LARGE = "an archive of more than 1 GB: save it in parts, by shorter windows"
TOO_DENSE = "an archive that unpacks to 200 times its size: no extract does"
TOO_LONG = "a JSON body of more than 512 MB: save it as one object a line"


class _DamageError(Exception):
    """A file cannot be read; the message says why and what to do."""


class Unpacker:
    """Readable copies of files, made once a process and deleted when it ends."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that copies go to; what an earlier process left is deleted.

        To be made when the database is open: then no other build uses the folder.
        """
        self.folder = folder
        self._made: dict[str, dict[str, str | None]] = {}
        self._originals: dict[str, str] = {}
        self._lock = threading.Lock()
        self._clear()
        # At the end of a process, of one that was forked too.
        Finalize(None, self._clear, exitpriority=1)

    def readable(self, path: str, content: bytes | None) -> dict[str, str | None]:
        """Return the path of a file that is read as it should be, or its damage.

        Args:
            path: of the extract file.
            content: its bytes, when it is in no folder of this machine.
        """
        with self._lock:
            if path not in self._made:
                try:
                    found = self._readable(path, content)
                    self._made[path] = {"path": found, "damage": None}
                    self._originals[found] = path
                except _DamageError as error:
                    shutil.rmtree(self._folder_of(path), ignore_errors=True)
                    self._made[path] = {"path": None, "damage": str(error)}
            return self._made[path]

    def original(self, path: str) -> str:
        """Return the extract file that a copy was made of; other paths as they are."""
        return self._originals.get(path, path)

    def _readable(self, path: str, content: bytes | None) -> str:
        """Return the path itself, or that of a copy.

        Raises:
            _DamageError: when it can be neither.
        """
        name = path.rpartition("/")[2].removesuffix(".gz")
        with open(path, "rb") if content is None else io.BytesIO(content) as file:
            start = file.read(_START)
            file.seek(0)
            is_archive = start.startswith(_GZIP)
            is_copied = is_archive or path.endswith(".gz")
            if not is_copied and not _is_spread(name, start):
                return path
            copy = self._place(path, name)
            if is_copied:
                with copy.open("wb") as made:
                    if is_archive:
                        _unpack(file, made)
                    else:
                        shutil.copyfileobj(file, made, _BLOCK)
            if not is_copied:
                _take_apart(file.read(LARGEST_BODY + 1), copy)
                return str(copy)
        with copy.open("rb") as file:
            start = file.read(_START)
            if start.startswith(_GZIP):
                raise _DamageError(NESTED)
            if _is_spread(name, start):
                file.seek(0)
                _take_apart(file.read(LARGEST_BODY + 1), copy)
        return str(copy)

    def _place(self, path: str, name: str) -> Path:
        # The name of a file is anybody's; of a copy it says no more than the kind.
        folder = self._folder_of(path)
        folder.mkdir(parents=True, exist_ok=True)
        if name == "job.json":
            return folder / name
        return folder / ("extract.csv" if name.endswith(".csv") else "extract.jsonl")

    def _folder_of(self, path: str) -> Path:
        digest = hashlib.blake2b(path.encode(), digest_size=16)
        return self.folder / digest.hexdigest()

    def _clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _is_spread(name: str, start: bytes) -> bool:
    if name == "job.json" or not name.endswith((".json", ".jsonl")):
        return False
    text = start.decode("utf-8", "surrogateescape")
    return is_spread(text, is_whole=len(start) < _START)


def _unpack(archive: BinaryIO, made: BinaryIO) -> None:
    """Unpack block by block, so that what an archive claims to hold fills no memory."""
    size = 0
    packed = archive.seek(0, io.SEEK_END)
    archive.seek(0)
    try:
        with gzip.open(archive) as unpacked:
            while block := unpacked.read(_BLOCK):
                size += len(block)
                if size > max(MANY, DENSEST * packed):
                    raise _DamageError(TOO_DENSE)
                if size > LARGEST:
                    raise _DamageError(TOO_LARGE)
                made.write(block)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise _DamageError(DAMAGED) from None


def _take_apart(body: bytes, copy: Path) -> None:
    if len(body) > LARGEST_BODY:
        raise _DamageError(TOO_LONG)
    text = body.decode("utf-8", "surrogateescape")
    with copy.open("w", encoding="utf-8", errors="surrogateescape", newline="") as made:
        for record in records_in(text):
            made.write(record)
            made.write("\n")


class Plugin(BasePlugin):
    """What dbt-duckdb looks for in a plugin's module."""

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Give SQL the functions."""
        database = self.creds.path if self.creds else ":memory:"
        if "://" in database or database.startswith((":memory:", "md:")):
            folder = Path(tempfile.mkdtemp(prefix="gladly-unpacked-"))
        else:
            folder = Path(f"{database}.unpacked")
        unpacker = Unpacker(folder)
        text: Any = duckdb.sqltypes.VARCHAR
        found = duckdb.struct_type({"path": text, "damage": text})
        conn.create_function(
            "readable_extract",
            unpacker.readable,
            [text, duckdb.sqltypes.BLOB],
            found,
            null_handling=SPECIAL,
            side_effects=True,
        )
        conn.create_function(
            "extract_unpacked_from",
            unpacker.original,
            [text],
            text,
            side_effects=True,
        )

    def configure_cursor(self, cursor: Any) -> None:
        """Let the landing macros know that the functions are there."""
        cursor.execute("set variable can_unpack_extracts = true")
