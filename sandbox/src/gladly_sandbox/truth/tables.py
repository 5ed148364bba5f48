"""The tables of a truth, and how rows are found and corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gladly_sandbox.extracts.desk import to_json

Row = dict[str, Any]


#: Table -> the columns that identify a row.
KEYS: dict[str, tuple[str, ...]] = {
    "bridge_customer_ids": ("reported_customer_id",),
    "bridge_conversation_ids": ("reported_conversation_id",),
    "bridge_conversation_item_ids": ("reported_item_id",),
    "dim_customers": ("customer_id",),
    "fct_customer_topics": ("customer_id", "topic_id"),
    "fct_conversations": ("conversation_id",),
    "fct_contacts": ("contact_id",),
    "fct_work_sessions": ("contact_id", "agent_id"),
    "fct_messages": ("message_id",),
    "fct_contact_events": ("contact_id", "sequence_number"),
    "fct_conversation_status_intervals": ("reported_conversation_id", "valid_from"),
    "fct_conversation_assignments": ("reported_conversation_id", "sequence_number"),
    "fct_conversation_topics": ("conversation_id", "topic_id", "interval_number"),
    "dim_inboxes": ("inbox_id",),
    "dim_inbox_versions": ("inbox_id", "valid_from"),
    "fct_inbox_daily": ("inbox_id", "activity_date"),
    "dim_agents": ("agent_id",),
    "fct_agent_status_intervals": ("agent_id", "valid_from"),
    "fct_agent_daily": ("agent_id", "activity_date"),
    "dim_topics": ("topic_id",),
    "dim_topic_versions": ("topic_id", "valid_from"),
    "fct_topic_daily": ("topic_id", "activity_date"),
    "bridge_topic_ancestors": ("topic_id", "ancestor_topic_id"),
    "dim_answers": ("answer_id",),
    "dim_answer_contents": ("answer_id", "language", "content_type"),
    "fct_answer_usage_daily": ("answer_id", "usage_date"),
}


@dataclass
class Truth:
    """Expected tables; ``as_of`` is the last capture time, naive UTC text.

    Stories correct it where evidence was withheld on purpose, so that the right
    answer is less than what happened.
    """

    as_of: str
    tables: dict[str, list[Row]] = field(
        default_factory=lambda: {name: [] for name in KEYS}
    )

    def row(self, table: str, *key: Any) -> Row:
        """Return the row with a key.

        Raises:
            KeyError: when there is none.
        """
        for row in self.tables[table]:
            if tuple(row[name] for name in KEYS[table]) == key:
                return row
        raise KeyError(f"{table} has no row {key!r}")

    def set(self, table: str, *key: Any, **columns: Any) -> None:
        """Overwrite columns of the row with a key.

        Raises:
            KeyError: when there is no such row.
        """
        self.row(table, *key).update(columns)

    def drop(self, table: str, *key: Any) -> None:
        """Remove the row with a key.

        Raises:
            KeyError: when there is no such row.
        """
        self.tables[table].remove(self.row(table, *key))

    def add(self, table: str, row: Row) -> None:
        """Add a row.

        Raises:
            KeyError: when a key column is missing.
        """
        missing = [name for name in KEYS[table] if name not in row]
        if missing:
            raise KeyError(f"{table} row lacks {', '.join(missing)}")
        self.tables[table].append(row)

    def write(self, folder: str | Path) -> None:
        """Write ``<table>.jsonl`` for every table, sorted by key."""
        root = Path(folder)
        root.mkdir(parents=True, exist_ok=True)
        for name, rows in self.tables.items():
            keys = KEYS[name]
            ordered = sorted(rows, key=lambda row: [str(row[key]) for key in keys])
            lines = "".join(f"{to_json(row)}\n" for row in ordered)
            (root / f"{name}.jsonl").write_bytes(lines.encode())
