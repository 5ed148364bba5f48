"""What test modules share."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from compiled import Compiled, compiled_in
from project import SHARED_FOLDER
from sample import Sample, build_sample

#: Modules that take longest, in this order: what is dealt out last must be short, or
#: one process ends long before the other.
LONGEST = (
    "test_increments",
    "test_sample",
    "test_erasure",
    "test_partial_tenants",
    "test_acceptance",
    "test_half_year",
    "test_identity_properties",
    "test_bad_input",
    "test_identity",
    "test_metrics",
    "test_report",
    "test_site",
    "test_parquet",
    "test_agents",
    "test_restatements",
    "test_scenes",
    "test_pull",
    "test_kill",
    "test_fuzz",
    "test_package",
    "test_partial_history",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest modules first, and leave the others in their order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


@pytest.fixture(scope="session", autouse=True)
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a folder that all processes share."""
    root = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        # Each process of pytest-xdist has a folder of its own in the one they share.
        root = root.parent
    os.environ[SHARED_FOLDER] = str(root)
    return root


@contextmanager
def alone(lock_file: Path) -> Iterator[None]:
    """Let one process at a time have what the lock is about."""
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def sample(shared: Path) -> Sample:
    """Return the sample, there once for all tests that only read it."""
    with alone(shared / "sample.lock"):
        return build_sample(shared / "sample")


@pytest.fixture(scope="session")
def compiled(shared: Path) -> Compiled:
    """Return the SQL of the project, which dbt compiles once for all tests."""
    with alone(shared / "compiled.lock"):
        return compiled_in(shared / "compiled")
