"""What test modules share."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from compiled import Compiled, compiled_in
from sample import Sample, build_sample


@contextmanager
def alone(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Path]:
    """Give a folder that all processes share, to one of them at a time."""
    root = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        # Each process of pytest-xdist has a folder of its own in the one they share.
        root = root.parent
    with (root / "shared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield root


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Sample:
    """Return the sample, built once for all tests that only read it."""
    with alone(tmp_path_factory, worker_id) as root:
        return build_sample(root / "sample")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Compiled:
    """Return the SQL of the project, which dbt compiles once for all tests."""
    with alone(tmp_path_factory, worker_id) as root:
        return compiled_in(root / "compiled")
