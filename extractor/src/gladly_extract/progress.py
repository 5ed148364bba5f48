"""Bars on a terminal: what is pulled, how much is left, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)


class Bars:
    """A bar for each extract; silent where there is no terminal."""

    def __init__(self, progress: Progress | None) -> None:
        """Show bars in ``progress``; None shows none."""
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def expect(self, extract: str, requests: int) -> None:
        """Say how many more requests an extract takes."""
        if self._progress is None:
            return
        if extract not in self._tasks:
            self._tasks[extract] = self._progress.add_task(extract, total=0)
        task = self._progress.tasks[self._tasks[extract]]
        self._progress.update(task.id, total=(task.total or 0) + requests)

    def done(self, extract: str, requests: int = 1) -> None:
        """Say that requests of an extract are answered."""
        if self._progress is not None and extract in self._tasks:
            self._progress.advance(self._tasks[extract], requests)


@contextmanager
def bars(console: Console, *, shown: bool) -> Iterator[Bars]:
    """Show bars while the context lasts, on a terminal only."""
    if not shown or not console.is_terminal:
        yield Bars(None)
        return
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    with progress:
        yield Bars(progress)
