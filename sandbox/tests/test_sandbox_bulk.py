"""Bulk landings: as many items as asked for, the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from gladly_sandbox.bulk import write_bulk
from landing_reader import json_lines


def _files(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_items_are_counted_exactly_and_ids_never_repeat(tmp_path: Path) -> None:
    """1,000 items in 3 jobs of about 500 bytes each."""
    size = write_bulk(tmp_path, 1000, 3, processes=1)
    items = [
        item
        for path in tmp_path.glob("exports/*/conversation_items.jsonl")
        for item in json_lines(path)
    ]
    assert len(items) == 1000
    assert len({item["id"] for item in items}) == 1000
    assert 400 < size / 1000 < 650
    assert {item["content"]["type"] for item in items} == {
        "CHAT_MESSAGE",
        "CONVERSATION_NOTE",
        "CONVERSATION_STATUS_CHANGE",
        "EMAIL",
        "PHONE_CALL",
        "SMS",
        "TOPIC_CHANGE",
        "WHATSAPP",
    }


def test_the_number_of_processes_changes_no_byte(tmp_path: Path) -> None:
    """Nor does writing again."""
    write_bulk(tmp_path / "one", 600, 2, seed=5, processes=1)
    write_bulk(tmp_path / "two", 600, 2, seed=5, processes=2)
    assert _files(tmp_path / "one") == _files(tmp_path / "two")


@pytest.mark.parametrize(("items", "files"), [(0, 1), (10, 0), (2, 3)])
def test_impossible_sizes_are_refused(tmp_path: Path, items: int, files: int) -> None:
    """Nothing is written."""
    with pytest.raises(ValueError, match=r"at least 1|more files"):
        write_bulk(tmp_path, items, files)
    assert list(tmp_path.iterdir()) == []
