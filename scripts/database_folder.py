"""Makes the folder of the database, which DuckDB does not do.

``profiles.yml`` names this module as a plugin of dbt-duckdb, which calls it just
before it connects: a hook of the project would come too late.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin


class Plugin(BasePlugin):
    """What dbt-duckdb looks for in a plugin's module."""

    def update_connection_config(
        self, creds: DuckDBCredentials, config: dict[str, Any]
    ) -> None:
        """Make the folder, if the database is a file here, and change no setting."""
        if "://" not in creds.path:
            Path(creds.path).parent.mkdir(parents=True, exist_ok=True)
