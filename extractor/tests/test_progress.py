"""Bars on a terminal, and nothing anywhere else."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from gladly_extract.progress import bars


def _shown(*, is_terminal: bool, wanted: bool) -> str:
    text = io.StringIO()
    console = Console(file=text, force_terminal=is_terminal, width=100)
    with bars(console, shown=wanted) as made:
        made.expect("events", 3)
        made.expect("events", 1)
        made.done("events", 3)
    return text.getvalue()


def test_a_terminal_sees_what_is_pulled_and_how_much_is_left() -> None:
    shown = _shown(is_terminal=True, wanted=True)
    assert "events" in shown
    assert "3/4" in shown


@pytest.mark.parametrize(("is_terminal", "wanted"), [(False, True), (True, False)])
def test_a_log_sees_none(is_terminal: bool, wanted: bool) -> None:
    assert _shown(is_terminal=is_terminal, wanted=wanted) == ""
