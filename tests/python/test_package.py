"""Another project takes this one as a package and puts its tables where it likes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extracts_folder import write
from project import ROOT, query, run_anew
from test_erasure import ERASED, KEPT, prove_deleted, write_people

PROJECT = """
name: shop
profile: shop
models:
  gladly:
    staging:
      +schema: raw
    intermediate:
      +schema: thinking
    marts:
      +schema: readers
flags:
  send_anonymous_usage_stats: false
"""
PROFILE = """
shop:
  outputs:
    dev:
      type: duckdb
      path: "{folder}/shop.duckdb"
      schema: shop
  target: dev
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build what erasure needs, and a mart, from another project; return its folder."""
    folder = tmp_path_factory.mktemp("shop")
    extracts = folder / "extracts"
    write_people(extracts)
    prove_deleted(extracts)
    write(folder, "dbt_project.yml", PROJECT)
    write(folder, "packages.yml", f"packages:\n  - local: {ROOT}\n")
    write(folder, "profiles.yml", PROFILE.format(folder=folder))
    for command in (
        ("deps",),
        (
            *(
                "build",
                "--select",
                "+int_conversation_owners_resolved",
                "bridge_customer_ids",
            ),
            *("--exclude-resource-type", "test"),
            *("--exclude-resource-type", "unit_test"),
        ),
    ):
        run_anew(
            *(*command, "--no-use-colors"),
            environment={
                "GLADLY_EXTRACTS_PATH": str(extracts),
                "DBT_PROFILES_DIR": str(folder),
            },
            folder=folder,
        )
    return folder


def test_its_schemas_are_those_of_the_other_project(shop: Path) -> None:
    found = query(
        shop / "shop.duckdb", "select distinct schema_name from duckdb_tables()"
    )
    assert {"raw", "thinking", "readers"} <= {schema for (schema,) in found}
    assert "marts" not in {schema for (schema,) in found}


def test_deleted_customers_are_erased_in_schemas_of_any_name(shop: Path) -> None:
    assert query(
        shop / "shop.duckdb",
        "select name from raw.base_gladly__customer_profiles order by id",
    ) == [(KEPT["name"],), (None,)]
    content = (shop / "shop.duckdb").read_bytes()
    assert {what for what, text in ERASED.items() if text.encode() in content} == set()


def test_its_marts_are_written_as_parquet_under_their_schema(shop: Path) -> None:
    assert [path.name for path in (shop / "parquet" / "readers").iterdir()] == [
        "bridge_customer_ids.parquet"
    ]
