"""What tests of the extractor share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gladly_sandbox.random_tenant import random_tenant
from gladly_sandbox.server import Served
from gladly_sandbox.tenant import Tenant
from pulled import gladly


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep settings of whoever runs the tests out of them."""
    import os

    for name in list(os.environ):
        if name.startswith("GLADLY_"):
            monkeypatch.delenv(name)


@pytest.fixture
def served() -> Iterator[Served]:
    """Serve a small tenant with merges and deletions, five days in."""
    with gladly(40, 9, 15) as made:
        made.service.world.move(made.service.world.tenant.start.replace(day=6, hour=2))
        yield made


@pytest.fixture(scope="session")
def tenant() -> Tenant:
    """Return a tenant for tests that serve none."""
    return random_tenant(20, 4, 1)
