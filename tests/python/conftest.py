"""What test modules share, and how they are spread over processes."""

from __future__ import annotations

import pytest

from sample import Sample, build_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Return the sample, built once for all tests that only read it."""
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a module in one process, and with it all that read the sample.

    What one of them builds is built once.
    """
    readers = {
        item.path
        for item in items
        if isinstance(item, pytest.Function) and "sample" in item.fixturenames
    }
    for item in items:
        group = "sample" if item.path in readers else item.path.stem
        item.add_marker(pytest.mark.xdist_group(group))
