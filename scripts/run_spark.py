"""Runs dbt on Spark, as strictly as it runs in DuckDB.

dbt-spark turns ANSI mode off in each of its sessions, where a cast that fails gives
null instead of an error. Here it stays on; all else is dbt's own command line.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from dbt.adapters.spark import Plugin
from dbt.adapters.spark.connections import SparkCredentials
from dbt.cli.main import dbtRunner

ANSI = "spark.sql.ansi.enabled"


@dataclass
class StrictCredentials(SparkCredentials):  # type: ignore[misc]
    """A profile of dbt-spark whose sessions have ANSI mode."""

    def __post_init__(self) -> None:
        """Undo what dbt-spark does to the settings of the session."""
        super().__post_init__()
        self.server_side_parameters[ANSI] = "true"


def run(*command: str) -> bool:
    """Run a command of dbt, which says what goes wrong; return whether it did well."""
    Plugin.credentials = StrictCredentials
    return dbtRunner().invoke([*command]).success


if __name__ == "__main__":
    sys.exit(0 if run(*sys.argv[1:]) else 1)
