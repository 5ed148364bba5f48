"""Import the dashboards into Superset, over a database that `make build` has built.

Makes Superset's own database, its roles and a user ``admin`` where they are missing.
What has been imported before is overwritten; what others have made stays.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import yaml
from flask_migrate import upgrade
from superset.app import create_app

from superset_config import HOME, secret

FOLDER = Path(__file__).resolve().parents[1] / "dashboards" / "superset"
USER = "admin"


def contents(database: Path) -> dict[str, str]:
    """Return the files to import by path, the database's with where it is."""
    files = {
        str(path.relative_to(FOLDER)): path.read_text("utf-8")
        for path in FOLDER.rglob("*.yaml")
    }
    for name in files:
        if name.startswith("databases/"):
            settings = yaml.safe_load(files[name])
            settings["sqlalchemy_uri"] = f"duckdb:///{database.resolve()}"
            files[name] = yaml.safe_dump(settings)
    return files


def main() -> None:
    """Import all that is in the folder, in one transaction."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path, help="DuckDB file that is there")
    database = parser.parse_args().database

    app = create_app()
    with app.app_context():
        upgrade()

        # Superset's modules need the app that has just been made.
        from superset import appbuilder, security_manager
        from superset.commands.importers.v1.assets import ImportAssetsCommand
        from superset.utils.core import override_user

        appbuilder.add_permissions(update_perms=True)
        security_manager.sync_role_definitions()
        password = secret("admin_password")
        admin = security_manager.find_user(USER) or security_manager.add_user(
            USER,
            "Admin",
            "",
            "admin@example.com",
            security_manager.find_role("Admin"),
            password=password,
        )
        with override_user(admin):
            ImportAssetsCommand(contents(database)).run()
    print(f"Imported into {HOME}")


if __name__ == "__main__":
    main()
