"""Lands the extracts on the workers of Spark, and erases deleted customers there.

``land`` looks through the folder of the extracts on this machine, as every build does,
and has each worker land a share of the new files. ``erase`` has them write anew what
says anything about customers that Spark has found to be deleted. Between the two Spark
resolves ids. The base models and the macros of erasure do the work in both.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from landed_parts import SMALLEST, Parts, Share
from landing_share import DATABASE, LIST_OF_FILES
from write_landed import landed_tables, write_table

ROOT = Path(__file__).resolve().parents[1]
#: Runs all shares of a folder, and returns an exit code.
Job = Callable[[Path], int]
app = typer.Typer(add_completion=False, no_args_is_help=True)


class Folder:
    """The folder of Spark, which this machine and every worker see.

    Attributes:
        landed: Parquet files, a folder a base table.
        landing: the database with the list of files, and the shares.
        ids: what Spark has resolved.
    """

    def __init__(self, spark: Path) -> None:
        """Make what is not there, for its user only."""
        spark.mkdir(parents=True, exist_ok=True)
        spark.chmod(0o700)
        self.landed, self.landing = spark / "landed", spark / "landing"
        self.ids = spark / "ids"
        self.shares = self.landing / "shares"

    @property
    def database(self) -> Path:
        """The database with the list of files of the extracts."""
        return self.landing / DATABASE

    def prepare(self, shares: list[Share], extracts: str, memory: str) -> None:
        """Write down for each share what it has to do."""
        shutil.rmtree(self.shares, ignore_errors=True)
        self.shares.mkdir(parents=True)
        shutil.copy(
            self.landing / "dbt/partial_parse.msgpack", self.shares / "project.msgpack"
        )
        with duckdb.connect(str(self.database), read_only=True) as connection:
            for share in shares:
                folder = self.shares / share.name
                folder.mkdir()
                path = str(folder / "files.parquet").replace("'", "''")
                connection.execute(
                    f"copy (select * from staging.{LIST_OF_FILES} where extract_file in"
                    f" (select unnest(?))) to '{path}' (format parquet)",
                    [list(share.files)],
                )
                wanted = {
                    "parts": share.parts,
                    "kept": list(share.kept),
                    "extracts": extracts,
                    "landed": str(self.landed),
                    "memory": memory,
                }
                (folder / "share.json").write_text(json.dumps(wanted), "utf-8")

    def run(
        self, parts: Parts, shares: list[Share], job: Job, erased: str | None
    ) -> None:
        """Run shares, and take what they have written for what has landed.

        Raises:
            typer.Exit: when one fails; it has said why, and all is as it was.
        """
        if shares:
            if code := job(self.shares):
                raise typer.Exit(code)
            parts.take(shares, erased)
        parts.write(self.landed)
        parts.remove_strays(self.landed)
        shutil.rmtree(self.shares, ignore_errors=True)


def look_through(folder: Folder, variables: str) -> None:
    """List the files of the extracts, or say what keeps them from being landed.

    Raises:
        typer.Exit: when something does.
    """
    folder.landing.mkdir(exist_ok=True)
    ended = subprocess.run(
        [
            *(sys.executable, "scripts/run_dbt.py", "--no-docs", "--vars", variables),
            *("--target", str(folder.landing / "dbt"), "--"),
            *("--select", LIST_OF_FILES, "--indirect-selection", "cautious"),
        ],
        cwd=ROOT,
        env={**os.environ, "GLADLY_DATABASE_PATH": str(folder.database)},
        check=False,
    )
    if ended.returncode:
        raise typer.Exit(ended.returncode)


def land_shares(
    folder: Folder, extracts: str, memory: str, most: int, smallest: int, job: Job
) -> list[Share]:
    """Land what is new in the extracts and leave out what has gone."""
    with duckdb.connect(str(folder.database), read_only=True) as connection:
        found = connection.execute(
            f"""
            select extract_file, cast(content_hash as varchar), byte_count
            from staging.{LIST_OF_FILES}
            where extract_name is not null and set_aside_reason is null
            order by extract_file
            """
        ).fetchall()
        listed = landed_tables(connection)[LIST_OF_FILES]
        write_table(connection, listed, folder.landed, LIST_OF_FILES)
        write_table(
            connection,
            "select name from pg_timezone_names() order by name",
            folder.landed,
            "time_zones",
        )
    parts = Parts.read(folder.landed)
    parts.remove_strays(folder.landed)
    hashes = {file: content for file, content, _ in found}
    sizes = {file: size for file, _, size in found}
    shares = parts.shares_to_land(hashes, sizes, most, smallest)
    folder.prepare(shares, extracts, memory)
    folder.run(parts, shares, job, None)
    return shares


def erase_shares(
    folder: Folder, extracts: str, memory: str, most: int, job: Job
) -> list[Share]:
    """Write anew what was not looked through for customers found to be deleted."""
    erased = str(folder.ids / "erased" / "*.parquet").replace("'", "''")
    [[count, digest]] = duckdb.sql(
        "select count(*), md5(coalesce(string_agg(distinct entity || ' ' || id, ','"
        f" order by entity || ' ' || id), '')) from read_parquet('{erased}')"
    ).fetchall()
    parts = Parts.read(folder.landed)
    sizes: dict[str, int] = {}
    for path in folder.landed.glob("*/*.parquet"):
        sizes[path.stem] = sizes.get(path.stem, 0) + path.stat().st_size
    shares = parts.shares_to_erase(digest, sizes, most) if count else []
    folder.prepare(shares, extracts, memory)
    for share in shares:
        (folder.shares / share.name / "ids").symlink_to(folder.ids)
    folder.run(parts, shares, job, digest)
    return shares


def spark_job(python: Path) -> Job:
    """Return a job that Spark spreads over its workers.

    Args:
        python: of the environment that has Spark.
    """

    def job(shares: Path) -> int:
        script = ROOT / "scripts/landing_job.py"
        return subprocess.run(
            [str(python), str(script), sys.executable, str(shares)], check=False
        ).returncode

    return job


SparkFolder = Annotated[Path, typer.Argument(help="Spark's folder.")]
Python = Annotated[Path, typer.Option(help="The Python that has Spark.")]
Tasks = Annotated[
    int,
    typer.Option(envvar="GLADLY_LANDING_TASKS", min=1, help="How many shares at most."),
]
Memory = Annotated[
    str, typer.Option(envvar="GLADLY_LANDING_MEMORY", help="What a share may take.")
]
Extracts = Annotated[str, typer.Option(envvar="GLADLY_EXTRACTS_PATH")]
SPARK_PYTHON = ROOT / ".venv-spark/bin/python"


@app.command()
def land(
    spark: SparkFolder,
    tasks: Tasks = 1,
    extracts: Extracts = "extracts/sample",
    memory: Memory = "2GB",
    python: Python = SPARK_PYTHON,
    variables: Annotated[str, typer.Option("--vars")] = "{}",
    smallest: Annotated[int, typer.Option(help="Bytes worth a share.")] = SMALLEST,
) -> None:
    """Land new files of the extracts."""
    folder = Folder(spark.resolve())
    look_through(folder, variables)
    shares = land_shares(
        folder, whole_path(extracts), memory, tasks, smallest, spark_job(python)
    )
    typer.echo(f"Landed {sum(len(each.files) for each in shares)} new files")


@app.command()
def erase(
    spark: SparkFolder,
    tasks: Tasks = 1,
    extracts: Extracts = "extracts/sample",
    memory: Memory = "2GB",
    python: Python = SPARK_PYTHON,
) -> None:
    """Erase customers that Spark has found to be deleted."""
    folder = Folder(spark.resolve())
    shares = erase_shares(
        folder, whole_path(extracts), memory, tasks, spark_job(python)
    )
    typer.echo(
        f"Looked for deleted customers in {sum(len(s.parts) for s in shares)} parts"
    )


def whole_path(extracts: str) -> str:
    """Return the folder of the extracts by a path that holds for every process."""
    return extracts if "://" in extracts else str(Path(extracts).resolve())


if __name__ == "__main__":
    app()
