"""The extracts folder in a bucket, through fsspec: S3 and its like."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from gladly_extract.folder import LOCK, STATE, Draft, Folder, held
from gladly_extract.problems import SettingsError


class Bucket(Folder):
    """A bucket, or a prefix in one.

    An object appears whole when its upload ends. The lock holds on this machine only:
    let one machine pull into a bucket.
    """

    def __init__(self, url: str) -> None:
        """Reach the bucket with the credentials that fsspec finds.

        Raises:
            SettingsError: when the extra is not installed, or nothing answers.
        """
        try:
            import fsspec  # type: ignore[import-untyped]

            self._system: Any
            self._system, root = fsspec.core.url_to_fs(url.rstrip("/"))
        except (ImportError, ValueError) as error:
            raise SettingsError(
                f"{url.partition(':')[0]}:// needs another package: pip install "
                f"'gladly-dbt[s3]' ({error})."
            ) from None
        self._root = str(root).rstrip("/")
        name = hashlib.blake2b(url.rstrip("/").encode(), digest_size=8).hexdigest()
        self._here = (
            Path(tempfile.gettempdir()) / f"gladly-extract-{os.getuid()}-{name}"
        )
        self._here.mkdir(mode=0o700, exist_ok=True)
        try:
            self._system.invalidate_cache()
            self._system.find(f"{self._root}/lookups")
        except Exception as error:
            raise SettingsError(
                f"GLADLY_EXTRACTS_PATH {url} cannot be read: {type(error).__name__}."
            ) from None

    def files(self) -> dict[str, int]:
        """Return the size of every object whose name does not begin with a dot."""
        self._system.invalidate_cache()
        found = self._system.find(self._root, detail=True)
        return {
            below: int(about["size"])
            for path, about in sorted(found.items())
            if not (below := path[len(self._root) + 1 :])
            .rpartition("/")[2]
            .startswith(".")
        }

    def open(self, path: str) -> BinaryIO:
        """Open an object."""
        return cast(BinaryIO, self._system.open(f"{self._root}/{path}", "rb"))

    @contextmanager
    def draft(self, below: str) -> Iterator[Draft]:
        """Begin a file on this machine."""
        with tempfile.NamedTemporaryFile("w+b", dir=self._here) as file:
            yield Draft(Path(file.name), cast(BinaryIO, file))

    def keep(self, draft: Draft, path: str) -> None:
        """Upload a draft."""
        draft.file.flush()
        self._system.put_file(str(draft.path), f"{self._root}/{path}")

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the bucket among the processes of this machine."""
        with held(self._here / LOCK, f"s3://{self._root}"):
            yield

    def state(self) -> Path:
        """Return a copy of the ledger, the newest there is."""
        path = self._here / STATE
        path.unlink(missing_ok=True)
        if self._system.exists(f"{self._root}/{STATE}"):
            self._system.get_file(f"{self._root}/{STATE}", str(path))
        return path

    def save_state(self) -> None:
        """Upload the ledger."""
        self._system.put_file(str(self._here / STATE), f"{self._root}/{STATE}")
