"""Check that Spark can plan every model and singular test, without running any.

Compiles the project for the target ``spark``, and asks Spark's analyzer and planner for
the plan of each statement, models in the order in which they read each other, over
empty tables with the columns that were found. Says which fail and why, and exits with 1
when any does.

Needs Java 17 and the packages of ``requirements-spark.lock``.
"""

from __future__ import annotations

import json
import tempfile
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from dbt.cli.main import dbtRunner
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

#: What a plan may need of memory and threads; nothing is computed.
SMALL = {
    "spark.master": "local[1]",
    "spark.ui.enabled": "false",
    "spark.sql.catalogImplementation": "in-memory",
}
#: What Spark calls the types of contracts, where it is not the same.
TYPES = {"timestamp": "timestamp_ntz", "integer": "int"}
#: Lines that are no part of what is wrong: where in Spark it was found.
ABOUT = 3

Node = dict[str, Any]


def compiled(target: Path) -> dict[str, Node]:
    """Return the nodes of the project as dbt compiles them for Spark, by id.

    dbt asks the session that runs which tables there are.

    Raises:
        typer.Exit: when dbt does not compile them; it has said why.
    """
    options = ("--target", "spark", "--target-path", str(target), "--quiet")
    ended = dbtRunner().invoke(["compile", *options, "--no-populate-cache"])
    if not ended.success:
        typer.echo(ended.exception or "dbt compile failed", err=True)
        raise typer.Exit(1)
    manifest = json.loads((target / "manifest.json").read_bytes())
    nodes: dict[str, Node] = manifest["nodes"]
    return nodes


def session(folder: Path) -> SparkSession:
    """Start Spark with the SQL settings of the profile, its tables in the folder."""
    profile = yaml.safe_load(Path("profiles.yml").read_text("utf-8"))
    parameters = profile["gladly"]["outputs"]["spark"]["server_side_parameters"]
    settings = {
        name: value
        for name, value in parameters.items()
        if name.startswith("spark.sql.") and "{{" not in value
    }
    builder = SparkSession.builder.appName("plans")
    for name, value in (settings | SMALL).items():
        builder = builder.config(name, value)
    spark = builder.config("spark.sql.warehouse.dir", str(folder)).getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def is_written(node: Node) -> bool:
    """Say whether a node has SQL of its own: a model, or a singular test."""
    return node["resource_type"] == "model" or (
        node["resource_type"] == "test" and "test_metadata" not in node
    )


def in_order(nodes: dict[str, Node]) -> list[Node]:
    """Return seeds, models and singular tests, each after what it reads."""
    chosen = {
        key: node
        for key, node in nodes.items()
        if node["resource_type"] == "seed"
        or ("compiled_code" in node and is_written(node))
    }
    read = {
        key: [parent for parent in read_by(node) if parent in chosen]
        for key, node in chosen.items()
    }
    return [chosen[key] for key in TopologicalSorter(read).static_order()]


def read_by(node: Node) -> list[str]:
    """Return the ids of what a node reads."""
    return list(node.get("depends_on", {}).get("nodes", []))


def columns_of(seed: Node) -> str:
    """Return the columns of a seed as SQL declares them."""
    types = seed["config"]["column_types"]
    return ", ".join(f"{name} {data_type}" for name, data_type in types.items())


def plan(frame: DataFrame) -> None:
    """Have Spark plan a statement to the end."""
    frame._jdf.queryExecution().executedPlan()


def said(error: Exception) -> str:
    """Return what Spark says is wrong in a few lines."""
    return "\n".join(str(error).strip().splitlines()[:ABOUT])


def unlike_contract(schema: StructType, node: Node) -> str:
    """Return the columns that have another type than an enforced contract says."""
    if not node["config"].get("contract", {}).get("enforced"):
        return ""
    made = {field.name: field.dataType.simpleString() for field in schema.fields}
    promised = {
        name: str(TYPES.get(column["data_type"], column["data_type"])).replace(" ", "")
        for name, column in node["columns"].items()
    }
    return ", ".join(
        f"{name} is {made.get(name, 'missing')} instead of {data_type}"
        for name, data_type in promised.items()
        if made.get(name) != data_type
    )


def make(spark: SparkSession, node: Node) -> None:
    """Plan the statement of a node, and make its table, empty, for those that read it.

    Raises:
        PySparkException: when Spark cannot.
        TypeError: when a column is not of the type that the contract promises.
    """
    table = f"{node['schema']}.{node['alias']}"
    if node["resource_type"] == "seed":
        spark.sql(f"create table {table} ({columns_of(node)}) using parquet")
        return
    frame = spark.sql(node["compiled_code"])
    plan(frame)
    if unlike := unlike_contract(frame.schema, node):
        raise TypeError(unlike)
    if node["resource_type"] == "model":
        spark.catalog.createTable(table, schema=frame.schema, source="parquet")


def problems(spark: SparkSession, nodes: list[Node]) -> dict[str, str]:
    """Return what Spark says of each statement that it cannot plan, by its name.

    What reads one of these is left out.
    """
    found: dict[str, str] = {}
    lost: set[str] = set()
    for schema in {node["schema"] for node in nodes}:
        spark.sql(f"create schema if not exists {schema}")
    for node in nodes:
        if lost.intersection(read_by(node)):
            lost.add(node["unique_id"])
            continue
        try:
            make(spark, node)
        except (PySparkException, TypeError) as error:
            found[node["name"]] = said(error)
            lost.add(node["unique_id"])
    return found


def main(
    target: Annotated[
        Path, typer.Option(help="Where dbt writes what it compiles.")
    ] = Path("target/spark-sql"),
) -> None:
    """Plan every model and singular test with Spark."""
    with tempfile.TemporaryDirectory() as folder:
        spark = session(Path(folder))
        nodes = in_order(compiled(target))
        # Types are compared as strictly as in DuckDB; dbt-spark turns that off.
        spark.conf.set("spark.sql.ansi.enabled", "true")
        found = problems(spark, nodes)
        version = spark.version
        spark.stop()
    for name, problem in found.items():
        typer.echo(f"{name}: {problem}")
    if found:
        typer.echo(f"Spark {version} cannot plan {len(found)} statements", err=True)
        raise typer.Exit(1)
    typer.echo(f"Spark {version} plans all {len(nodes)} statements")


if __name__ == "__main__":
    typer.run(main)
