"""What can be wrong with the database file, and what to do about it, in a sentence.

The one list of them: `make build` shows the sentence instead of the messages of DuckDB
and dbt, which go to the log.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import duckdb

ANEW = "delete it and build again: everything comes back from the extracts"


class Fault(NamedTuple):
    """A fault, known by what DuckDB or the system says about it.

    Attributes:
        pattern: finds the fault in a message.
        sentence: what is wrong and what to do, with the database's path as {database}.
        may_be_elsewhere: whether the same is said of other files, such as extracts.
    """

    pattern: re.Pattern[str]
    sentence: str
    may_be_elsewhere: bool


def _fault(pattern: str, sentence: str, *, may_be_elsewhere: bool = False) -> Fault:
    return Fault(
        re.compile(pattern, re.IGNORECASE | re.DOTALL), sentence, may_be_elsewhere
    )


#: The first that fits counts.
FAULTS = (
    _fault(
        r"could not set lock on file|file is already open in|being used by another",
        "{database} is open in another program{who}: another build, or a client that "
        "reads it. Close it there, or wait for it, and build again.",
    ),
    _fault(
        r"no space left on device|file too large|disk quota exceeded"
        r"|could not write all bytes|failed to offload data block|disk full",
        "There is no room left on the disk for {database} and what is written beside "
        "it while it is built. Make room and build again; what was built before is "
        "as it was.",
    ),
    _fault(
        r"out of memory|cannot allocate memory|failed to allocate|memoryerror",
        "There was not enough memory to build {database}. Close other programs, raise "
        "memory_limit in profiles.yml or lower its threads, and build again.",
    ),
    _fault(
        r"read-only file system|cannot execute .* on database .* read-only mode",
        "{database} is on a disk, or was opened, only to be read. Name another place "
        "with GLADLY_DATABASE_PATH.",
    ),
    _fault(
        r"permission denied|operation not permitted|permissionerror|access is denied",
        "{database} or its folder may not be written by this user. Give yourself the "
        "right, or name another place with GLADLY_DATABASE_PATH.",
        may_be_elsewhere=True,
    ),
    _fault(
        r"is a directory|not a directory|file exists: |filenotfounderror",
        "{database} cannot be a file there: a folder, or a file in place of a folder, "
        "has that name. Name another place with GLADLY_DATABASE_PATH.",
        may_be_elsewhere=True,
    ),
    _fault(
        r"not a valid duckdb database|sqlite_scanner",
        "{database} is not a DuckDB database. Name another place with "
        "GLADLY_DATABASE_PATH, or move that file away.",
    ),
    _fault(
        r"version number (?P<version>\d+), but we can only read"
        r"|newer version of duckdb|older version of duckdb",
        "{database} was written by another version of DuckDB than the one this project "
        f"uses ({duckdb.__version__}). Keep it elsewhere if you need it, or {ANEW}.",
    ),
    _fault(
        r"corrupt|checksum .* does not match|internal error|serialization error"
        r"|failure while replaying wal|could not read enough bytes|could not read all"
        r"|fatal error|database has been invalidated",
        f"{{database}} is damaged. Keep a copy to look into it if you want, or {ANEW}.",
    ),
    _fault(
        r"older version of this project",
        "{database} was built by an older version of this project. Build it anew: make "
        f"build BUILD_FLAGS=--full-refresh, or {ANEW}.",
    ),
)


def sentence_for(message: str, database: str | Path) -> str | None:
    """Return the sentence for a message of DuckDB, dbt or the system.

    None when the message is about no fault of the database: an extract, a model.
    """
    for fault in FAULTS:
        is_about_it = not fault.may_be_elsewhere or str(database) in message
        if is_about_it and fault.pattern.search(message):
            holder = re.search(r"held in (\S+)?\s*\(PID (\d+)\)", message)
            who = f" (process {holder[2]})" if holder else ""
            return fault.sentence.format(database=database, who=who)
    return None


def fault_of(database: str) -> str | None:
    """Return what keeps a database from being built into, as a sentence, or None.

    Makes its folder, writes to it, opens and closes it as a build would, and clears
    away what a killed build spilled beside it. A database that is no file here, such
    as one in memory, is not looked at.

    Raises:
        OSError: for what no sentence is known for; duckdb.Error likewise.
    """
    if "://" in database or database.startswith((":memory:", "md:")):
        return None
    try:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
        # DuckDB opens a file without writing beside it, and does so at each commit.
        with tempfile.TemporaryFile(dir=Path(database).parent):
            pass
        with duckdb.connect(database) as connection:
            # A file that may only be read is opened, and fails at the first write.
            connection.execute("create temporary table probe as select 1 as probed")
            connection.execute("begin; create schema if not exists main; rollback")
            # No one else has it open: what a killed build spilled is left over.
            shutil.rmtree(f"{database}.tmp", ignore_errors=True)
    except (OSError, duckdb.Error) as error:
        said = f"{type(error).__name__}: {error}: {database}"
        found = sentence_for(said, database)
        if found is None:
            raise
        return found
    return None
