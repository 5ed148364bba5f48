"""The extracts folder: files appear whole or not at all, one pull at a time."""

from __future__ import annotations

import fcntl
import gzip
import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from gladly_extract.problems import BusyError, SettingsError

#: Files that are not yet whole end so, and begin with a dot: no build reads them.
PARTIAL = ".partial"
STATE = ".gladly-extract.sqlite"
LOCK = ".gladly-extract.lock"


@dataclass
class Draft:
    """A file that is being written and is not seen yet.

    Attributes:
        path: where it is on this machine.
        file: what to write to and read from.
    """

    path: Path
    file: BinaryIO


class Folder(ABC):
    """Where extracts go."""

    @abstractmethod
    def files(self) -> dict[str, int]:
        """Return the size of every extract file by its path below the folder."""

    @abstractmethod
    def open(self, path: str) -> BinaryIO:
        """Open a file for reading."""

    @abstractmethod
    @contextmanager
    def draft(self, below: str) -> Iterator[Draft]:
        """Begin a file that will be beside a path; deleted at the end unless kept."""
        raise NotImplementedError
        yield

    @abstractmethod
    def keep(self, draft: Draft, path: str) -> None:
        """Let a draft appear, whole and on disk, under a path."""

    @abstractmethod
    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder, so that no other pull writes to it.

        Raises:
            BusyError: when another one holds it.
        """
        raise NotImplementedError
        yield

    @abstractmethod
    def state(self) -> Path:
        """Return where on this machine the ledger is."""

    @abstractmethod
    def save_state(self) -> None:
        """Bring the ledger to where the next pull finds it."""

    def write(self, path: str, body: bytes) -> int:
        """Write a small file and return its size."""
        with self.draft(path) as draft:
            draft.file.write(body)
            self.keep(draft, path)
        return len(body)


class LocalFolder(Folder):
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        """Take a folder that may not be there yet."""
        self.root = root

    def files(self) -> dict[str, int]:
        """Return the size of every file whose name does not begin with a dot."""
        found = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if not name.startswith("."):
                    path = Path(folder, name)
                    below = path.relative_to(self.root).as_posix()
                    found[below] = path.stat().st_size
        return dict(sorted(found.items()))

    def open(self, path: str) -> BinaryIO:
        """Open a file."""
        return (self.root / path).open("rb")

    @contextmanager
    def draft(self, below: str) -> Iterator[Draft]:
        """Begin a file beside where it will be."""
        place = (self.root / below).parent
        place.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(PARTIAL, ".", place)
        path = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield Draft(path, file)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, draft: Draft, path: str) -> None:
        """Write a draft through to the disk, then rename it."""
        draft.file.flush()
        os.fsync(draft.file.fileno())
        final = self.root / path
        final.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft.path, final)
        for folder in (final.parent, final.parent.parent):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder by a lock that the system drops when this process ends.

        The folder is made where there is none.

        Raises:
            SettingsError: when that cannot be done.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(
                f"GLADLY_EXTRACTS_PATH {self.root} cannot be made: {error.strerror}."
            ) from None
        with held(self.root / LOCK, str(self.root)):
            for path in self.root.rglob(f".*{PARTIAL}"):
                path.unlink(missing_ok=True)
            yield

    def state(self) -> Path:
        """Return the ledger's place in the folder."""
        return self.root / STATE

    def save_state(self) -> None:
        """Leave it where it is."""


def unpacked(file: BinaryIO) -> BinaryIO:
    """Return what reads a file at its beginning, and what an archive holds."""
    is_archive = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return cast(BinaryIO, gzip.open(file)) if is_archive else file


@contextmanager
def held(path: Path, what: str) -> Iterator[None]:
    """Hold a lock file.

    Raises:
        BusyError: when another process holds it.
    """
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(
                f"Another pull is writing to {what}; nothing was done."
            ) from None
        yield


def open_folder(path: str) -> Folder:
    """Return the folder that a setting names: a path, or ``s3://bucket/below``.

    Raises:
        SettingsError: when it cannot be written to.
    """
    if "://" not in path:
        return LocalFolder(Path(path).expanduser())
    from gladly_extract.bucket import Bucket

    return Bucket(path)
