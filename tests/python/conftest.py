"""What test modules share."""

from __future__ import annotations

import fcntl

import pytest

from sample import Sample, build_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Sample:
    """Return the sample, built once for all tests that only read it."""
    root = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        # Each process of pytest-xdist has a folder of its own in the one they share.
        root = root.parent
    with (root / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return build_sample(root / "sample")
