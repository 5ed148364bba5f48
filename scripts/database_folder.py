"""Makes the folder of the database, and keeps what is written for its owner alone.

``profiles.yml`` names this module as a plugin of dbt-duckdb, which calls it just
before it connects: a hook of the project would come too late.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin

OTHERS = 0o077
#: What the process would have kept from others without us.
USUAL = os.umask(OTHERS)
os.umask(USUAL)


class Plugin(BasePlugin):
    """What dbt-duckdb looks for in a plugin's module."""

    def update_connection_config(
        self, creds: DuckDBCredentials, config: dict[str, Any]
    ) -> None:
        """Make the folder, if the database is a file here, and change no setting.

        The database, its log, spilled parts of it and Parquet files are made by DuckDB
        with the rights that this process gives; raw records are in them.
        """
        if "://" not in creds.path:
            database = Path(creds.path)
            database.parent.mkdir(parents=True, exist_ok=True)
            os.umask(USUAL | OTHERS)
            if database.is_file() and database.stat().st_mode & OTHERS:
                database.chmod(database.stat().st_mode & ~OTHERS)


def let_others_read(folder: Path) -> None:
    """Give a folder and its files the rights they would have without this plugin."""
    for path in [folder, *folder.rglob("*")]:
        if path.exists():
            path.chmod((0o777 if path.is_dir() else 0o666) & ~USUAL)
