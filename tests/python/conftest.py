"""What test modules share."""

from __future__ import annotations

import pytest

from sample import Sample, build_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Return the sample, built once for all tests that only read it."""
    return build_sample(tmp_path_factory.mktemp("sample"))
