"""What the folder holds, in one SQLite file; nothing in it is not in the folder too.

Every statement keeps the earliest or the latest of what files say, so the order in
which they are read does not matter: delete the file, and the next pull makes it anew.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from gladly_extract.clock import read_stamp, stamp, stamp_of
from gladly_extract.findings import Findings, find
from gladly_extract.folder import Folder, unpacked
from gladly_extract.names import Named, read_name
from gladly_extract.windows import days_between

#: Raised when tables change: an older ledger is made anew.
VERSION = 1
_TABLES = """
create table files (
    path text primary key, size integer, kind text, captured_at text,
    first text, last text, records integer, is_capped integer, is_part integer
) without rowid;
create index files_by_kind on files (kind, captured_at);
create table ids (
    kind text, id text, first_at text, alive_at text, doubt_at text, change_at text,
    state_at text, state text, listed_at text, created_day text,
    probed_at text, status integer, fetched_at text, fetched text,
    primary key (kind, id)
) without rowid;
create table owners (
    conversation text, customer text, is_frozen integer, first_at text, last_at text,
    primary key (conversation, customer, is_frozen)
) without rowid;
create index owners_by_customer on owners (customer, is_frozen);
create table contacts (
    id text primary key, captured_at text, queued_day text, ended_at text
) without rowid;
create table answers (
    id text primary key, first_at text, fetched_at text, status integer
) without rowid;
create table tasks (
    customer text primary key, changed_at text, fetched_at text, is_open integer
) without rowid;
"""


class Ledger:
    """The ledger of one folder.

    Attributes:
        base: the connection; what needs a proof is asked of it in ``doubts``.
    """

    def __init__(self, path: Path) -> None:
        """Open the ledger, or begin one where it is missing, damaged or older."""
        self.base = _open(path)

    def close(self) -> None:
        """Close the file."""
        self.base.close()

    def read(self, folder: Folder) -> int:
        """Read the files that are new, forget those that are gone; returns how many.

        A file is read and written down in one transaction, so that a stop in between
        loses nothing.
        """
        there = folder.files()
        known = dict(self.base.execute("select path, size from files"))
        gone = [
            path for path, size in known.items() if there.get(path, size + 1) != size
        ]
        if gone:
            # What a file said cannot be taken back one by one.
            _make(self.base)
            known = {}
        count = 0
        for path, size in there.items():
            if path not in known:
                count += self.take(folder, path, size)
        return count

    def take(self, folder: Folder, path: str, size: int) -> bool:
        """Read one file; returns whether it is an extract."""
        named = read_name(path)
        if named is None:
            return False
        at = named.captured_at or _captured_at(folder, path)
        if at is None:
            return False
        with folder.open(path) as file:
            try:
                found = find(named.kind, at, unpacked(file))
            except (gzip.BadGzipFile, EOFError, zlib.error):
                # It says nothing: the build that reads it sets it aside.
                found = Findings(at)
        with self._transaction():
            self._add(found)
            self._note(path, size, named, found)
        return True

    # Files -----------------------------------------------------------------

    def captured_days(self, kind: str) -> dict[date, datetime]:
        """Return when each day of a report was captured last."""
        found: dict[date, datetime] = {}
        for first, last, at in self.base.execute(
            "select first, last, captured_at from files"
            " where kind = ? and first != '' and not is_part order by captured_at",
            (kind,),
        ):
            days = days_between(date.fromisoformat(first), date.fromisoformat(last))
            found.update(dict.fromkeys(days, read_stamp(at)))
        return found

    def first_day(self) -> date | None:
        """Return the first day that any report covers."""
        (found,) = self.base.execute(
            "select min(first) from files where kind like 'reports/%' and first != ''"
        ).fetchone()
        return date.fromisoformat(found) if found else None

    def rows_a_day(self, kind: str) -> tuple[float, int]:
        """Return the most rows a day that lately came of a report, and the most ever.

        A window is only as even as its days: the densest of the last ten files counts.
        """
        lately = [
            records / len(days_between(date.fromisoformat(a), date.fromisoformat(b)))
            for records, a, b in self.base.execute(
                "select records, first, last from files where kind = ?"
                " and first != '' and not is_part order by captured_at desc limit 10",
                (kind,),
            )
        ]
        (most,) = self.base.execute(
            "select coalesce(max(records), 0) from files where kind = ?", (kind,)
        ).fetchone()
        return max(lately, default=0.0), int(most)

    def events_end(self) -> datetime | None:
        """Return up to when events were pulled."""
        (found,) = self.base.execute(
            "select max(last) from files where kind = 'events' and last != ''"
        ).fetchone()
        return read_stamp(found) if found else None

    def latest(self, kind: str) -> datetime | None:
        """Return when a kind of file was captured last."""
        (found,) = self.base.execute(
            "select max(captured_at) from files where kind = ?", (kind,)
        ).fetchone()
        return read_stamp(found) if found else None

    def has(self, path: str) -> bool:
        """Return whether a file is there, or its archive."""
        found = self.base.execute(
            "select 1 from files where path in (?1, ?1 || '.gz')", (path,)
        )
        return found.fetchone() is not None

    # Contacts, answers, tasks ----------------------------------------------

    def followed_days(
        self, now: datetime, ended_within: timedelta, open_within: timedelta
    ) -> set[date]:
        """Return the days of contacts that are open, or ended not long ago."""
        found = self.base.execute(
            "select distinct queued_day from contacts"
            " where ended_at > ? or (ended_at = '' and queued_day >= ?)",
            (stamp(now - ended_within), (now - open_within).date().isoformat()),
        )
        return {date.fromisoformat(day) for (day,) in found}

    def due_answers(self, before: datetime) -> list[str]:
        """Return used answers not fetched since, unless known to be deleted."""
        found = self.base.execute(
            "select id from answers where status is null or"
            " (status = 200 and fetched_at <= ?) order by first_at, id",
            (stamp(before),),
        )
        return [an_id for (an_id,) in found]

    def due_tasks(self, before: datetime) -> list[str]:
        """Return customers whose tasks changed, or are open, since they were pulled."""
        found = self.base.execute(
            "select customer from tasks left join ids"
            " on ids.kind = 'customer' and ids.id = customer"
            " where coalesce(ids.status, 200) = 200 and (tasks.fetched_at is null"
            " or changed_at >= tasks.fetched_at"
            " or (is_open and tasks.fetched_at <= ?))"
            " order by changed_at, customer",
            (stamp(before),),
        )
        return [customer for (customer,) in found]

    # Writing ---------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.base.execute("begin")
        try:
            yield
        except BaseException:
            self.base.execute("rollback")
            raise
        self.base.execute("commit")

    def _note(self, path: str, size: int, named: Named, found: Findings) -> None:
        self.base.execute(
            "insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                path,
                size,
                named.kind,
                found.at,
                named.first,
                named.last,
                found.records,
                named.is_capped,
                named.is_part,
            ),
        )

    def _add(self, found: Findings) -> None:
        at, many = found.at, self.base.executemany
        things = found.seen | set(found.doubts) | set(found.changes)
        things |= set(found.looked_up)
        things |= {("conversation", an_id) for an_id in (*found.states, *found.fetched)}
        many(
            "insert into ids (kind, id, first_at) values (?, ?, ?) on conflict do"
            " update set first_at = min(first_at, excluded.first_at)",
            [(*thing, at) for thing in things],
        )
        for column, times in (
            ("alive_at", dict.fromkeys(found.alive, at)),
            ("doubt_at", found.doubts),
            ("change_at", found.changes),
        ):
            many(
                f"update ids set {column} = max(coalesce({column}, ''), ?)"
                " where kind = ? and id = ?",
                [(when, *thing) for thing, when in times.items()],
            )
        many(
            "update ids set state = ?2, state_at = ?1 where kind = 'conversation'"
            " and id = ?3 and (coalesce(state_at, ''), coalesce(state, '')) < (?1, ?2)",
            [(when, state, an_id) for an_id, (when, state) in found.states.items()],
        )
        many(
            "update ids set created_day = ?1, listed_at = max(coalesce(listed_at, ''),"
            " ?2) where kind = 'conversation' and id = ?3",
            [(day, at, an_id) for an_id, day in found.listed.items()],
        )
        many(
            "update ids set probed_at = ?1, status = ?2 where kind = ?3 and id = ?4"
            " and coalesce(probed_at, '') <= ?1",
            [(at, status, *thing) for thing, status in found.looked_up.items()],
        )
        many(
            "update ids set fetched_at = ?1, fetched = ?2 where kind = 'conversation'"
            " and id = ?3 and coalesce(fetched_at, '') <= ?1",
            [(at, state, an_id) for an_id, state in found.fetched.items()],
        )
        many(
            "insert into owners values (?1, ?2, ?3, ?4, ?4) on conflict do update set"
            " first_at = min(first_at, ?4), last_at = max(last_at, ?4)",
            [(*pair, at) for pair in found.owners],
        )
        many(
            "insert into contacts values (?1, ?2, ?3, ?4) on conflict do update set"
            " captured_at = ?2, queued_day = ?3, ended_at = ?4 where captured_at <= ?2",
            [(an_id, at, *when) for an_id, when in found.contacts.items()],
        )
        many(
            "insert into answers (id, first_at) values (?1, ?2) on conflict do update"
            " set first_at = min(first_at, ?2)",
            [(an_id, at) for an_id in found.answers],
        )
        many(
            "insert into answers values (?1, ?2, ?2, ?3) on conflict do update set"
            " first_at = min(first_at, ?2), fetched_at = ?2, status = ?3"
            " where coalesce(fetched_at, '') <= ?2",
            [(an_id, at, status) for an_id, status in found.fetched_answers.items()],
        )
        many(
            "insert into tasks (customer, changed_at) values (?1, ?2) on conflict do"
            " update set changed_at = max(changed_at, ?2)",
            found.tasks.items(),
        )
        many(
            "insert into tasks values (?1, '', ?2, ?3) on conflict do update set"
            " fetched_at = ?2, is_open = ?3 where coalesce(fetched_at, '') <= ?2",
            [(who, at, who in found.open_tasks) for who in found.task_lists],
        )


def _open(path: Path) -> sqlite3.Connection:
    for is_last in (False, True):
        base = sqlite3.connect(path, isolation_level=None)
        try:
            (version,) = base.execute("pragma user_version").fetchone()
            if version != VERSION:
                _make(base)
            # What a crash could lose is read from the folder again.
            base.execute("pragma journal_mode = wal")
            base.execute("pragma synchronous = normal")
            return base
        except sqlite3.DatabaseError:
            base.close()
            if is_last:
                raise
            path.unlink(missing_ok=True)
            for end in ("-wal", "-shm"):
                path.with_name(path.name + end).unlink(missing_ok=True)
    raise AssertionError("the second round returns or raises")


def _make(base: sqlite3.Connection) -> None:
    names: Iterable[tuple[str]] = base.execute(
        "select name from sqlite_master where type = 'table'"
    ).fetchall()
    for (name,) in names:
        base.execute(f"drop table {name}")
    base.executescript(_TABLES)
    base.execute(f"pragma user_version = {VERSION}")


def _captured_at(folder: Folder, path: str) -> str | None:
    """Return when the export job of a file completed; None while that is not there."""
    for end in ("", ".gz"):
        try:
            with folder.open(f"{path.rpartition('/')[0]}/job.json{end}") as file:
                return stamp_of(str(json.load(unpacked(file))["updatedAt"]))
        except (FileNotFoundError, KeyError, TypeError, ValueError):
            continue
        except (gzip.BadGzipFile, EOFError, zlib.error):
            continue
    return None
