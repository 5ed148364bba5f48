"""What the dashboards of Superset name is there, and their metrics are those of dbt.

That Superset shows it is tested by `make test-superset`: superset_dashboards.py.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from metric_queries import QUERIES
from project import ROOT, query
from sample import Sample

FOLDER = ROOT / "dashboards" / "superset"

#: Metrics of datasets that are metrics of dbt under another name or in another unit.
SAME = {
    ("contacts_ended", "handle_minutes_per_contact"): (
        "handle_seconds_per_contact",
        60,
    ),
    ("conversations_created", "average_first_reply_minutes"): (
        "average_first_reply_seconds",
        60,
    ),
    ("contacts_fulfilled", "average_wait_minutes"): ("average_wait_seconds", 60),
    ("contact_half_hours", "contacts_queued"): ("half_hour_contacts", 1),
    ("contact_half_hours", "sla_rate"): ("half_hour_sla_rate", 1),
    ("contact_half_hours", "abandonment_rate"): ("half_hour_abandonment_rate", 1),
    ("contact_half_hours", "average_speed_of_answer_seconds"): (
        "average_speed_of_answer",
        1,
    ),
    ("agent_half_hours", "active_hours"): ("staffed_half_hours", 2),
}


def read(folder: str) -> dict[str, dict[str, Any]]:
    """Return the files of a folder by their UUID."""
    found = [
        yaml.safe_load(path.read_bytes()) for path in FOLDER.glob(f"{folder}/*.yaml")
    ]
    assert found
    by_uuid = {each["uuid"]: each for each in found}
    assert len(by_uuid) == len(found)
    return by_uuid


DATASETS = read("datasets/gladly")
CHARTS = read("charts")
DASHBOARDS = read("dashboards")


def source(dataset: dict[str, Any]) -> str:
    if "sql" in dataset:
        return f"({dataset['sql']})"
    return f"{dataset['schema']}.{dataset['table_name']}"


def tables(dataset: dict[str, Any]) -> set[str]:
    """Return the marts that a dataset reads."""
    return set(re.findall(r"\b(?:marts|audit)\.(\w+)", source(dataset)))


def columns_named(chart: dict[str, Any]) -> set[str]:
    """Return every column that a chart shows, groups, sorts or filters by."""
    params = chart["params"]
    groups = params.get("groupby", [])
    named = {groups} if isinstance(groups, str) else set(groups)
    named.update(params.get("all_columns", []))
    named.update(json.loads(order)[0] for order in params.get("order_by_cols", []))
    named.update(each["subject"] for each in params["adhoc_filters"])
    if "x_axis" in params:
        named.add(params["x_axis"])
    return named


def metrics_named(chart: dict[str, Any]) -> set[str]:
    params = chart["params"]
    named = {*params.get("metrics", []), params.get("metric")}
    named.add(params.get("timeseries_limit_metric"))
    return named - {None}


def charts_on(dashboard: dict[str, Any]) -> list[str]:
    return [
        each["meta"]["uuid"]
        for each in dashboard["position"].values()
        if isinstance(each, dict) and each["type"] == "CHART"
    ]


def names(parts: dict[str, dict[str, Any]], name: str) -> list[Any]:
    return [
        pytest.param(each, id=each[name])
        for each in sorted(parts.values(), key=lambda each: str(each[name]))
    ]


@pytest.fixture(scope="module")
def built(sample: Sample) -> Path:
    return sample.database


@pytest.mark.parametrize("dataset", names(DATASETS, "table_name"))
def test_a_dataset_has_the_columns_it_names(
    dataset: dict[str, Any], built: Path
) -> None:
    there = query(built, f"describe from {source(dataset)}")
    named = [(each["column_name"], each["type"]) for each in dataset["columns"]]
    assert named == [(name, of_type) for name, of_type, *_ in there]
    moments = {name for name, of_type in named if of_type in {"DATE", "TIMESTAMP"}}
    assert moments == {e["column_name"] for e in dataset["columns"] if e["is_dttm"]}
    assert dataset["main_dttm_col"] in moments | {None}


@pytest.mark.parametrize("dataset", names(DATASETS, "table_name"))
def test_the_metrics_of_a_dataset_are_those_of_dbt(
    dataset: dict[str, Any], built: Path
) -> None:
    name = dataset["table_name"]
    for metric in dataset["metrics"]:
        of_dbt, parts = SAME.get(
            (name, metric["metric_name"]), (metric["metric_name"], 1)
        )
        shown = query(built, f"select {metric['expression']} from {source(dataset)}")
        if of_dbt in QUERIES:
            ((expected,),) = query(built, QUERIES[of_dbt])
            assert shown == [(pytest.approx(expected / parts),)], metric["metric_name"]


def test_no_metric_of_dbt_is_looked_for_under_a_wrong_name() -> None:
    for (name, metric), (of_dbt, _) in SAME.items():
        (dataset,) = (e for e in DATASETS.values() if e["table_name"] == name)
        assert metric in {each["metric_name"] for each in dataset["metrics"]}
        assert of_dbt in QUERIES


@pytest.mark.parametrize("chart", names(CHARTS, "slice_name"))
def test_a_chart_names_columns_and_metrics_of_its_dataset(
    chart: dict[str, Any],
) -> None:
    dataset = DATASETS[chart["dataset_uuid"]]
    assert columns_named(chart) <= {e["column_name"] for e in dataset["columns"]}
    assert metrics_named(chart) <= {e["metric_name"] for e in dataset["metrics"]}
    assert metrics_named(chart) or chart["params"]["query_mode"] == "raw"
    # What has a day is counted by it, so that the filter on time reaches the chart.
    by_time = [
        each["subject"]
        for each in chart["params"]["adhoc_filters"]
        if each["operator"] == "TEMPORAL_RANGE"
    ]
    assert by_time == list(filter(None, [dataset["main_dttm_col"]]))


def test_every_chart_is_on_one_dashboard_and_every_dataset_is_used() -> None:
    shown = [each for dashboard in DASHBOARDS.values() for each in charts_on(dashboard)]
    assert sorted(shown) == sorted(CHARTS)
    assert {each["dataset_uuid"] for each in CHARTS.values()} == set(DATASETS)


@pytest.mark.parametrize("dashboard", names(DASHBOARDS, "slug"))
def test_a_filter_offers_values_of_a_column_that_is_there(
    dashboard: dict[str, Any], built: Path
) -> None:
    filters = dashboard["metadata"]["native_filter_configuration"]
    assert filters
    for target in (target for each in filters for target in each["targets"] if target):
        dataset = DATASETS[target["datasetUuid"]]
        name = target["column"]["name"]
        assert name in {each["column_name"] for each in dataset["columns"]}
        assert query(built, f"select distinct {name} from {source(dataset)}")


@pytest.mark.parametrize("dashboard", names(DASHBOARDS, "slug"))
def test_an_exposure_says_what_a_dashboard_reads(
    dashboard: dict[str, Any], sample: Sample
) -> None:
    manifest = json.loads((sample.target / "manifest.json").read_bytes())
    exposures = {each["name"]: each for each in manifest["exposures"].values()}
    exposure = exposures["superset_" + dashboard["slug"].replace("-", "_")]
    assert exposure["label"] == f"{dashboard['dashboard_title']} (Superset)"
    assert {
        each.split(".")[-1] for each in exposure["depends_on"]["nodes"]
    } == set().union(
        *(
            tables(DATASETS[CHARTS[uuid]["dataset_uuid"]])
            for uuid in charts_on(dashboard)
        )
    )


def test_the_database_is_read_only_and_where_it_is_is_filled_in() -> None:
    (database,) = read("databases").values()
    connect_args = database["extra"]["engine_params"]["connect_args"]
    assert connect_args["read_only"] is True
    assert database["allow_dml"] is False
    assert {each["database_uuid"] for each in DATASETS.values()} == {database["uuid"]}
    # Where it is, the import fills in.
    assert database["sqlalchemy_uri"] == "duckdb:///gladly.duckdb"
    with (
        duckdb.connect(config=connect_args["config"]) as connection,
        pytest.raises(duckdb.PermissionException),
    ):
        connection.sql(f"from read_text('{ROOT / 'Makefile'}')")
