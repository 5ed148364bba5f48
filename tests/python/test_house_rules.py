"""The house rules name the step of "Add an extract" that was forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from artifacts.manifest import Project
from checks import house_rules

Manifest = dict[str, Any]
#: The models that an extract with customers and conversations is read by.
BASE = "base_gladly__visits"
READERS = {
    "stg_gladly__visits",
    "stg_gladly__customer_mentions",
    "stg_gladly__conversation_mentions",
    "audit_row_balance",
}


def node(name: str, *reads: str) -> dict[str, Any]:
    """Return a model of a manifest, with what the rule looks at."""
    return {
        "package_name": "gladly",
        "resource_type": "model",
        "name": name,
        "unique_id": f"model.{name}",
        "original_file_path": f"models/{name}.sql",
        "depends_on": {"nodes": list(reads)},
    }


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Manifest:
    """Return a manifest in which the extract visits takes every step."""
    (tmp_path / "reports" / "Visits").mkdir(parents=True)
    (tmp_path / "reports" / "Visits" / "20250101T000000Z__x.csv").touch()
    monkeypatch.setattr(house_rules, "SAMPLE", tmp_path)
    source = {
        "package_name": "gladly",
        "name": "visits",
        "unique_id": "source.visits",
        "original_file_path": "sources.yml",
        "config": {
            "meta": {
                "path": "reports/Visits",
                "customer_ids": ["Customer ID"],
                "conversation_ids": ["Conversation ID"],
            }
        },
    }
    models = [node(BASE, "source.visits")]
    models += [node(name, f"model.{BASE}") for name in sorted(READERS)]
    unit_test = {
        "package_name": "gladly",
        "depends_on": {"nodes": ["model.stg_gladly__visits"]},
    }
    return {
        "metadata": {"project_name": "gladly"},
        "nodes": {model["unique_id"]: model for model in models},
        "sources": {"source.visits": source},
        "unit_tests": {"unit_test.visits": unit_test},
        "macros": {},
        "exposures": {},
        "metrics": {},
        "semantic_models": {},
        "docs": {},
    }


def findings(manifest: Manifest) -> list[str]:
    """Return what the rule about extracts finds in a manifest."""
    project = Project(manifest)
    return [each.message for each in house_rules.extracts_are_followed_through(project)]


def drop(*path: str) -> Callable[[Manifest], None]:
    """Return what takes a part of a manifest out of it."""

    def forget(manifest: Manifest) -> None:
        at: Any = manifest
        for key in path[:-1]:
            at = at[key]
        del at[path[-1]]

    return forget


def unread(reader: str) -> Callable[[Manifest], None]:
    """Return what makes a model of a manifest read nothing."""

    def forget(manifest: Manifest) -> None:
        manifest["nodes"][f"model.{reader}"]["depends_on"]["nodes"] = []

    return forget


def unowned(manifest: Manifest) -> None:
    """Leave out whose the records are."""
    manifest["sources"]["source.visits"]["config"]["meta"] = {"path": "reports/Visits"}


def unsampled(manifest: Manifest) -> None:
    """Take the extract out of the sample."""
    next(house_rules.SAMPLE.glob("reports/Visits/*")).unlink()


def test_an_extract_that_takes_every_step_is_no_finding(manifest: Manifest) -> None:
    assert findings(manifest) == []


@pytest.mark.parametrize(
    ("forget", "message"),
    [
        (unowned, "visits does not say whose its records are"),
        (
            drop("nodes", f"model.{BASE}"),
            "visits is not landed by base_gladly__visits",
        ),
        (unread(BASE), "visits is not landed by base_gladly__visits"),
        (
            drop("nodes", "model.stg_gladly__visits"),
            "visits has no model stg_gladly__visits",
        ),
        (drop("unit_tests", "unit_test.visits"), "it has no unit test"),
        (
            unread("stg_gladly__customer_mentions"),
            "visits is missing, so stg_gladly__customer_mentions lacks it",
        ),
        (
            unread("stg_gladly__conversation_mentions"),
            "visits is missing, so stg_gladly__conversation_mentions lacks it",
        ),
        (
            unread("audit_row_balance"),
            "visits is missing, so audit_row_balance lacks it",
        ),
        (unsampled, "visits is not in the sample; see `make sample`"),
    ],
)
def test_the_step_that_was_forgotten_is_named(
    manifest: Manifest, forget: Callable[[Manifest], None], message: str
) -> None:
    forget(manifest)
    assert findings(manifest) == [message]


def parted(**meta: Any) -> list[str]:
    """Return what the rule about parts finds when a model says this of itself."""
    owners = node("owners") | {"columns": {"customer_id": {}}, "config": {"meta": {}}}
    visits = node("visits", "model.owners") | {
        "columns": {"visit_id": {}},
        "config": {"meta": meta},
        "patch_path": "gladly://visits.yml",
    }
    nodes = {each["unique_id"]: each for each in (owners, visits)}
    sections = ("sources", "macros", "unit_tests", "exposures", "metrics")
    empty = {key: {} for key in (*sections, "semantic_models", "docs")}
    project = Project({"metadata": {"project_name": "gladly"}, "nodes": nodes, **empty})
    return [each.message for each in house_rules.parts_name_what_is_read(project)]


def test_a_model_is_rebuilt_by_what_it_reads() -> None:
    assert parted() == []
    assert parted(rebuilt_by="visit_id", rebuilt_from={"owners": "customer_id"}) == []
    assert parted(rebuilt_by="visit_id", rebuilt_from={"owner": "customer_id"}) == [
        "visits is rebuilt by owner.customer_id, which it does not read"
    ]
    assert parted(
        rebuilt_by="visit_id", rebuilt_through={"owners.id": "owners.customer_id"}
    ) == ["visits is rebuilt by owners.id, which it does not read"]
    assert parted(rebuilt_from={"owners": "customer_id"}) == ["visits lacks rebuilt_by"]
