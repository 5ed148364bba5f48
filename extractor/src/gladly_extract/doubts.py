"""Which ids to look up, most pressing first, by what has been pulled and nothing else.

301 and 404 are final: an id that moved or went does not come back. What was alive is
looked up again only when something says that it may have changed.
"""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from typing import NamedTuple

from gladly_extract.clock import stamp
from gladly_extract.windows import days_between

#: Conversation Export lists a conversation for as long as it is there.
_LISTS = "reports/ConversationExportReport"


class Doubt(NamedTuple):
    """An id to look up, and why."""

    kind: str
    id: str
    reason: str


def doubts(
    base: sqlite3.Connection, now: datetime, *, reprobe: timedelta, limit: int
) -> list[Doubt]:
    """Return ids to look up.

    In order: ids that something happened to, that reports no longer confirm, or that
    only frozen reports name; objects that changed since they were fetched; ids never
    looked up; and ids that were alive a long time ago.

    Args:
        base: the ledger.
        now: Gladly's time.
        reprobe: age at which a look-up that found an id alive is made again.
        limit: most to return.
    """
    _cover_days(base)
    base.execute("drop table if exists temp.whys")
    base.execute(
        "create temp table whys (kind text, id text, priority integer, reason text)"
    )
    since = {
        "day": stamp(now - timedelta(hours=20)),
        "old": stamp(now - reprobe),
    }
    for query in (_HAPPENED, _OWNED_BY_OTHERS, _VANISHED, _CHANGED, _NEVER, _OLD):
        base.execute(f"insert into temp.whys {query}", since)
    found = base.execute(
        """
        select whys.kind, whys.id, whys.reason, min(whys.priority) as priority
        from temp.whys as whys
        inner join ids on ids.kind = whys.kind and ids.id = whys.id
        group by whys.kind, whys.id
        order by priority, ids.first_at, whys.kind, whys.id
        limit ?
        """,
        (limit,),
    ).fetchall()
    return [Doubt(kind, an_id, reason) for kind, an_id, reason, _ in found]


def _cover_days(base: sqlite3.Connection) -> None:
    """Write down at which captures Conversation Export covered each day."""
    base.execute("drop table if exists temp.covers")
    base.execute("create temp table covers (day text, at text, primary key (day, at))")
    found = base.execute(
        "select first, last, captured_at from files"
        " where kind = ? and first != '' and not is_capped and not is_part",
        (_LISTS,),
    ).fetchall()
    for first, last, at in found:
        days = days_between(date.fromisoformat(first), date.fromisoformat(last))
        base.executemany(
            "insert or ignore into temp.covers values (?, ?)",
            [(day.isoformat(), at) for day in days],
        )


#: A merge or a deletion names it, later than it was found alive.
_HAPPENED = """
select kind, id, 1, 'a merge or a deletion names it'
from ids
where doubt_at is not null
    and (status is null or (status = 200 and probed_at <= doubt_at))
"""

#: Frozen reports pair it with a conversation that others have since.
_OWNED_BY_OTHERS = """
select 'customer', frozen.customer, 1, 'its conversation is another customer''s now'
from owners as frozen
inner join owners as later
    on frozen.conversation = later.conversation
    and frozen.customer != later.customer
inner join ids on ids.kind = 'customer' and ids.id = frozen.customer
where not later.is_frozen
    and not exists (
        select 1 from owners as still
        where still.conversation = frozen.conversation
            and still.customer = frozen.customer
            and not still.is_frozen
            and still.last_at >= later.last_at
    )
    and (ids.status is null or (ids.status = 200 and ids.probed_at <= later.first_at))
"""

#: Conversation Export listed it, and later covered its day without it; so may be its
#: customer. A conversation that only frozen reports name was never listed.
_VANISHED = """
with latest as (
    select ids.id, ids.status, ids.probed_at, min(covers.at) as at
    from ids
    inner join temp.covers as covers
        on ids.created_day = covers.day
        and covers.at > ids.listed_at
    where ids.kind = 'conversation' and coalesce(ids.status, 200) = 200
    group by ids.id
),

gone as (
    select * from latest where status is null or probed_at <= at
)

select 'conversation', id, 1, 'Conversation Export lists it no more' from gone
union all
select 'customer', owners.customer, 1, 'a conversation is listed no more'
from gone
inner join owners on owners.conversation = gone.id
inner join ids on ids.kind = 'customer' and ids.id = owners.customer
where ids.status is null or (ids.status = 200 and ids.probed_at <= gone.at)
union all
select kind, id, 1, 'no report computed when generated names it'
from ids
where status is null and alive_at is null
"""

#: Its object changed since it was fetched; of an open conversation that is not said.
_CHANGED = """
select kind, id, 2, 'it has changed'
from ids
where status = 200 and change_at >= probed_at
union all
select kind, id, 2, 'it is open'
from ids
where kind = 'conversation' and status = 200 and state = 'OPEN' and probed_at <= :day
union all
select kind, id, 2, 'it was closed'
from ids
where kind = 'conversation' and status = 200 and state = 'CLOSED'
    and coalesce(fetched, '') != 'CLOSED' and probed_at <= state_at
"""

#: An absorbed conversation has proof enough.
_NEVER = """
select kind, id, 3, 'it was never looked up'
from ids
where status is null and coalesce(state, '') != 'MERGED'
"""

_OLD = """
select kind, id, 4, 'it was looked up long ago'
from ids
where status = 200 and probed_at <= :old and coalesce(state, '') != 'MERGED'
"""
