"""Writes the scenario book as Markdown: what goes in, and what comes out.

The stories and their casts are the sandbox's. The raw records that name an id are
counted in the extracts, the rows it made in the built tables.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter, defaultdict
from pathlib import Path

import duckdb

from artifacts.tables import list_tables
from gladly_sandbox.stories import STORIES, play_book

#: Of each kind of id, the crosswalk and the column it leads to.
CROSSWALKS = {
    "bridge_customer_ids": ("reported_customer_id", "customer_id"),
    "bridge_conversation_ids": ("reported_conversation_id", "conversation_id"),
    "bridge_conversation_item_ids": ("reported_item_id", "item_id"),
}
#: What the tables say in the end of a customer, a conversation and a contact.
OUTCOMES = """
select customer_id, concat_ws(
    ', ',
    concat('conversations: ', conversation_count),
    concat('contacts: ', contact_count),
    'absorbed profiles: ' || nullif(absorbed_profile_count, 0)
) from marts.dim_customers
union all
select conversation_id, concat_ws(
    ', ',
    conversation_status,
    nullif(channels, ''),
    concat('closed: ', close_count),
    concat('reopened: ', reopen_count),
    concat('contacts: ', contact_count),
    concat('messages: ', message_count),
    handle_seconds || ' s handled'
) from marts.fct_conversations
union all
select contact_id, concat_ws(
    ', ',
    contact_status,
    direction,
    channel,
    case is_within_sla when true then 'within sla' when false then 'late' end,
    concat('work sessions: ', work_session_count),
    handle_seconds || ' s handled'
) from marts.fct_contacts
"""


def stories_page(extracts: Path, database: Path) -> str:
    """Return every story of the sample: what it plays, its ids, and what they became.

    Args:
        extracts: folder of the sample.
        database: what was built from it.
    """
    casts = play_book().casts
    ids = {each for cast in casts.values() for each in cast.values()}
    raw = _count_records(extracts, ids)
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = _count_rows(connection, ids)
        becomes = _resolve(connection, ids)
        outcomes = dict(connection.execute(OUTCOMES).fetchall())
    parts = [
        "# The stories of the sample",
        "",
        "The sample extracts are one invented company. Each story below is played by "
        "the simulator, written as Gladly would, and built like any other extracts. "
        "For each id of a story: how many raw records name it, what it goes by and "
        "what the tables say of it in the end, and how many rows of which table "
        "name it.",
    ]
    for story in STORIES:
        cast = casts[story.name]
        names = {each: name for name, each in cast.items()}
        parts += ["", f"## {story.number} · {story.name.replace('_', ' ')}", ""]
        parts += [inspect.getdoc(story.function) or ""]
        if cast:
            parts += [
                "",
                "| who | id | raw records | goes by | in the end | rows |",
                "|---|---|---|---|---|---|",
            ]
        for name, each in cast.items():
            end, status = becomes.get(each, (each, ""))
            goes_by = names.get(end, "").replace("_", " ") or f"`{end}`"
            if end == each:
                goes_by = "itself"
            cells = (
                name.replace("_", " "),
                f"`{each}`",
                _listed(raw[each]),
                f"{goes_by}, {status}" if status else "",
                outcomes.get(each, "").replace("_", " "),
                _listed(rows[each]),
            )
            parts.append(f"| {' | '.join(cells)} |")
    return "\n".join(parts).replace("``", "`")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"`{name}` {count}" for name, count in sorted(counts.items()))


def _count_records(extracts: Path, ids: set[str]) -> dict[str, Counter[str]]:
    """Count the lines that name an id, by kind of extract."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    words = re.compile(r"[\w-]+")
    for path in sorted(extracts.rglob("*")):
        if not path.is_file():
            continue
        parts = path.relative_to(extracts).parts
        kind = path.stem if parts[0] == "exports" else "/".join(parts[:-1][-2:])
        for line in path.read_text("utf-8", errors="replace").splitlines():
            for each in ids.intersection(words.findall(line)):
                found[each][kind] += 1
    return found


def _count_rows(
    connection: duckdb.DuckDBPyConnection, ids: set[str]
) -> dict[str, Counter[str]]:
    """Count the rows of tables for readers that name an id in a column of ids."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for table in list_tables(connection):
        columns = [column for column in table.columns if column.endswith("_id")]
        if table.schema not in ("marts", "audit") or not columns:
            continue
        named = ", ".join(f'"{column}"' for column in columns)
        for each, count in connection.execute(
            f"select cast_id, count(*) from (select unnest(?) as cast_id) "
            f"join {table.quoted} on list_contains([{named}], cast_id) group by all",
            [sorted(ids)],
        ).fetchall():
            found[each][table.name] = count
    return found


def _resolve(
    connection: duckdb.DuckDBPyConnection, ids: set[str]
) -> dict[str, tuple[str, str]]:
    """Return what each id of a crosswalk goes by, and its status."""
    found = {}
    for name, (reported, canonical) in CROSSWALKS.items():
        for each, end, status in connection.execute(
            f"select {reported}, {canonical}, resolution_status from marts.{name} "
            f"where list_contains(?, {reported})",
            [sorted(ids)],
        ).fetchall():
            found[each] = (end, status)
    return found
