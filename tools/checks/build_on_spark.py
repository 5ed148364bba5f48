"""Build several landed tenants with Spark, one after the other in one session.

Spark starts once and has compiled itself after the first tenant, so that each further
one takes half the time. Needs Java and the packages of ``requirements-spark.lock``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from pyspark.sql import SparkSession

from run_spark import run

#: Schemas that are compared, and those that go when a tenant is done.
COMPARED = ("marts", "audit")
SCHEMAS = (*COMPARED, "staging", "intermediate")


def build(landed: Path, variables: str, target: Path) -> bool:
    """Build the tables of what has landed in a folder, without tests.

    Spark finds it where it found that of the tenant before: dbt would read the project
    anew for another path.
    """
    place = Path(os.environ["GLADLY_SPARK_PATH"], "landed")
    place.unlink(missing_ok=True)
    place.symlink_to(landed)
    return run(
        *("build", "--target", "spark", "--vars", variables),
        *("--exclude-resource-type", "test"),
        *("--exclude-resource-type", "unit_test"),
        *("--log-level", "warn", "--log-level-file", "info"),
        *("--target-path", str(target), "--log-path", str(landed.parent)),
    )


def keep(tables: Path, folder: Path) -> None:
    """Copy the tables that are compared to their tenant, and drop all."""
    spark = SparkSession.builder.getOrCreate()
    for schema in COMPARED:
        shutil.copytree(tables / f"{schema}.db", folder / "tables" / f"{schema}.db")
    for schema in SCHEMAS:
        spark.sql(f"drop schema if exists {schema} cascade")


def main(
    cases: Annotated[
        list[str],
        typer.Argument(help="By turns: a folder of Spark, and variables of dbt."),
    ],
) -> None:
    """Build each tenant, and leave its tables in its folder."""
    with tempfile.TemporaryDirectory(prefix="gladly-spark-") as name:
        # Spark starts here, in a folder that all tenants share.
        os.environ["GLADLY_SPARK_PATH"] = name
        logs = ("--log-level", "warn", "--log-path", name)
        run("debug", "--connection", "--target", "spark", *logs)
        known = sorted({*cases[1::2]})
        for place, variables in zip(cases[::2], cases[1::2], strict=True):
            folder, started = Path(place), time.monotonic()
            # dbt reads the project again where variables have changed.
            target = Path(name, f"dbt-{known.index(variables)}")
            if not build(folder / "landed", variables, target):
                typer.echo(f"{folder}: the build failed", err=True)
                raise typer.Exit(1)
            keep(Path(name, "tables"), folder)
            typer.echo(f"{folder}: built in {time.monotonic() - started:.0f} s")
        SparkSession.builder.getOrCreate().stop()


if __name__ == "__main__":
    typer.run(main)
