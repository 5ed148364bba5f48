"""Stands for dbt's ``adapter`` where sqlfluff renders models: in DuckDB's spelling."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


@pass_context
def dispatch(context: Context, name: str, package: str) -> Callable[..., str]:
    """Return the macro that DuckDB takes, as dbt would."""
    found: Callable[..., str] = context.resolve(f"default__{name}")
    return found


def quote(name: str) -> str:
    """Return a name as SQL quotes it."""
    return f'"{name}"'
