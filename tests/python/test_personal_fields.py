"""Every field of the sources is either kept of a deleted customer or emptied."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from project import ROOT

SOURCES = ROOT / "models/staging/gladly/base/_gladly__sources.yml"
TABLES: dict[str, dict[str, Any]] = {
    table["name"]: table
    for table in yaml.safe_load(SOURCES.read_text("utf-8"))["sources"][0]["tables"]
}
#: Extracts in which no record belongs to a customer. A new one has to say so.
ABOUT_OTHERS = {
    "agent_timestamps_report",
    "agents",
    "answer_contents",
    "answer_usage_report",
    "answers",
    "business_hours",
    "export_agents",
    "export_jobs",
    "export_topics",
    "inboxes",
    "organization",
    "teams",
    "topics",
}


def settings(table: dict[str, Any]) -> dict[str, Any]:
    """Return what the source says of itself."""
    return dict(table["config"]["meta"])


def subject(column: dict[str, Any]) -> str | None:
    """Return whose personal data a field holds by its own word, if any."""
    meta = column.get("config", {}).get("meta", {})
    return meta.get("data_subject") if meta.get("contains_personal_data") else None


def field_of(path: str, fields: set[str]) -> str:
    """Return the field that a path is in; names of report columns may hold dots."""
    return path if path in fields else re.split(r"\.|\[", path, maxsplit=1)[0]


def test_every_extract_says_whose_its_records_are_or_that_they_are_no_ones() -> None:
    others = {
        name
        for name, table in TABLES.items()
        if settings(table).get("about_customers", True) is False
    }
    assert others == ABOUT_OTHERS
    for name in TABLES.keys() - others:
        meta = settings(TABLES[name])
        assert meta.get("customer_ids") or meta.get("conversation_ids"), name
        assert meta.get("kept_when_erased"), name


@pytest.mark.parametrize("name", sorted(TABLES.keys() - ABOUT_OTHERS))
def test_every_field_is_in_one_list(name: str) -> None:
    columns = {column["name"]: column for column in TABLES[name]["columns"]}
    meta = settings(TABLES[name])
    kept = meta["kept_when_erased"]
    assert len(kept) == len(set(kept))
    kept_fields = {field_of(path, {*columns}) for path in kept}
    assert kept_fields <= {*columns}
    ids = [*meta.get("customer_ids", []), *meta.get("conversation_ids", [])]
    # else no extract shows whose a record is once it is erased.
    assert {*ids} <= {*kept}
    in_neither = [
        field
        for field, column in columns.items()
        if field not in kept_fields and subject(column) is None
    ]
    assert in_neither == [], "keep it in kept_when_erased or say it is personal"
    kept_whole = {path for path in kept if path in columns}
    personal = {
        field for field, column in columns.items() if subject(column) == "customer"
    }
    nested = {
        field for field, column in columns.items() if column.get("data_type") == "json"
    }
    assert kept_whole & personal == set()
    # An object may hold anything: what is kept of it is named one by one.
    assert kept_whole & nested == set()
    assert kept_fields & personal <= nested


#: Read by staging and yet not kept: counted before they go, of agents alone, or read
#: for a part that is kept.
READ_BUT_EMPTIED = {
    "conversation_items": {
        "content.content",
        "content.body",
        "content.erasedLength",
        "content.recordingSummary",
    },
    "events": {"content.awayReason.name", "content.activeReason.name"},
}
JSON_FIELDS = re.compile(r"json_fields\('(\w+)', \[(.*?)\]\)", re.DOTALL)
JSON_TEXT = re.compile(r"json_text\('(\w+)', '([\w.]+)'\)")


def column_name(field: str) -> str:
    """Return the column of base that a field of JSON lands in."""
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", field).lower()


@pytest.mark.parametrize("name", ["conversation_items", "events", "tasks"])
def test_what_staging_reads_is_kept_so_that_erasing_changes_no_table(name: str) -> None:
    sql = (ROOT / f"models/staging/gladly/stg_gladly__{name}.sql").read_text("utf-8")
    read = {
        f"{column}.{field}"
        for column, fields in JSON_FIELDS.findall(sql)
        for field in re.findall(r"'([\w.]+)'", fields)
    } | {f"{column}.{path}" for column, path in JSON_TEXT.findall(sql)}
    assert read
    kept = set()
    for path in settings(TABLES[name])["kept_when_erased"]:
        field, _, rest = path.replace("[]", "").partition(".")
        kept.add(f"{column_name(field)}.{rest}")
    emptied = READ_BUT_EMPTIED.get(name, set())
    assert read - kept - emptied == set()
