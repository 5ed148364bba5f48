"""Which files of the extracts have landed in which Parquet files, for Spark.

Where the extracts are landed in shares, each share writes a part: a Parquet file in
the folder of every base table that it has rows of, all of one name. ``parts.json``
lists the parts with the files they hold. What is not in it is no part: it was left by a
build that stopped, or its records are in another by now.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

#: Tables that are written as one file by whoever looks through the folder.
WHOLE = frozenset({"base_gladly__extract_files", "time_zones"})
#: Below this many bytes a share costs more in starting dbt than it saves.
SMALLEST = 32_000_000


@dataclass(frozen=True)
class Part:
    """What one share has written.

    Attributes:
        files: of the extracts, by path in their folder: a hash of their bytes.
        erased: for which deleted customers it was looked through, a digest of ids;
            none where it was not yet.
    """

    files: dict[str, str]
    erased: str | None = None


@dataclass(frozen=True)
class Share:
    """What one worker lands or writes anew, and the part it makes of it.

    Attributes:
        name: of the part.
        files: of the extracts that are to be landed.
        parts: names of parts whose records are taken over.
        kept: files of these parts that are still in the extracts.
    """

    name: str
    files: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)


@dataclass
class Parts:
    """The parts that have landed.

    Attributes:
        parts: by name.
        made: how many were made so far: the next is called by it.
    """

    parts: dict[str, Part] = field(default_factory=dict)
    made: int = 0

    @classmethod
    def read(cls, landed: Path) -> Parts:
        """Read the list of a folder; an empty one where there is none."""
        path = landed / "parts.json"
        if not path.exists():
            return cls()
        found = json.loads(path.read_text("utf-8"))
        parts = {name: Part(**each) for name, each in found["parts"].items()}
        return cls(parts, found["made"])

    def write(self, landed: Path) -> None:
        """Write the list, in place of the one before once it is whole."""
        landed.mkdir(parents=True, exist_ok=True)
        path = landed / "parts.json"
        kept = {name: asdict(part) for name, part in self.parts.items()}
        written = path.with_suffix(".tmp")
        written.write_text(json.dumps({"parts": kept, "made": self.made}), "utf-8")
        os.replace(written, path)

    def remove_strays(self, landed: Path) -> None:
        """Remove files of tables that are of no part."""
        for path in landed.glob("*/*"):
            if path.parent.name not in WHOLE and path.stem not in self.parts:
                path.unlink()

    def name(self) -> str:
        """Return the name of a new part."""
        self.made += 1
        return f"part-{self.made:06}"

    def shares_to_land(
        self,
        found: Mapping[str, str],
        sizes: Mapping[str, int],
        most: int,
        smallest: int = SMALLEST,
    ) -> list[Share]:
        """Return what is to be done so that the parts hold what the extracts hold.

        Args:
            found: files of the extracts with a hash of their bytes.
            sizes: bytes of each.
            most: how many shares new files may make.
            smallest: bytes below which new files make no further share.
        """
        shares: list[Share] = []
        landed: set[str] = set()
        for name, part in self.parts.items():
            kept = {
                file: content
                for file, content in part.files.items()
                if found.get(file) == content
            }
            landed.update(kept)
            if len(kept) < len(part.files):
                shares.append(Share(self.name(), parts=[name], kept=kept))
        new = {file: sizes[file] for file in found if file not in landed}
        wanted = min(most, max(1, -(-sum(new.values()) // max(smallest, 1))))
        return shares + [
            Share(self.name(), files={file: found[file] for file in files})
            for files in spread(new, wanted)
        ]

    def shares_to_erase(
        self, digest: str, sizes: Mapping[str, int], most: int
    ) -> list[Share]:
        """Return shares of the parts that were not looked through for these ids.

        Args:
            digest: of the ids of deleted customers.
            sizes: bytes of each part.
            most: how many shares there may be.
        """
        due = {
            name: sizes.get(name, 0)
            for name, part in self.parts.items()
            if part.erased != digest
        }
        shares = []
        for names in spread(due, most):
            kept: dict[str, str] = {}
            for name in names:
                kept.update(self.parts[name].files)
            shares.append(Share(self.name(), parts=names, kept=kept))
        return shares

    def take(self, shares: Iterable[Share], erased: str | None = None) -> None:
        """Put what shares have written in place of the parts they took over.

        Args:
            shares: that have ended.
            erased: digest of the ids they were looked through for; without it what
                their parts were looked through for, if it was the same.
        """
        for share in shares:
            before = {self.parts.pop(name).erased for name in share.parts}
            files = {**share.kept, **share.files}
            if files:
                self.parts[share.name] = Part(
                    files, erased or (before.pop() if len(before) == 1 else None)
                )


def spread(sizes: Mapping[str, int], most: int) -> list[list[str]]:
    """Spread names over as many lists, the largest first, so that sums are alike."""
    lists: list[list[str]] = [[] for _ in range(min(most, len(sizes)))]
    sums = [0] * len(lists)
    for name in sorted(sizes, key=lambda each: (-sizes[each], each)):
        least = sums.index(min(sums))
        lists[least].append(name)
        sums[least] += sizes[name]
    return lists
