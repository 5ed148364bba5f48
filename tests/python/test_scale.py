"""The marts of a tenant for benchmarks add up to what was written."""

from __future__ import annotations

from pathlib import Path

from compiled import Compiled
from gladly_sandbox.scale import Totals, write_scale
from project import query

FOUND = """
select
    (select count(*) from marts.fct_conversations),
    (
        select count(*) from marts.bridge_conversation_ids
        where resolution_status = 'merged'
    ),
    (select count(*) from marts.dim_customers),
    (select sum(absorbed_profile_count) from marts.dim_customers),
    (select count(*) from marts.fct_contacts where not is_open),
    (select count(*) from marts.fct_work_sessions),
    (select sum(handle_seconds) from marts.fct_work_sessions),
    (select count(*) from marts.fct_messages),
    (select sum(close_count) from marts.fct_conversations)
"""


def test_the_marts_add_up_to_the_totals(tmp_path: Path, compiled: Compiled) -> None:
    totals = write_scale(tmp_path / "extracts", 1_000, seed=3, days=60)
    compiled.build(tmp_path / "extracts", tmp_path / "gladly.duckdb")
    [row] = query(tmp_path / "gladly.duckdb", FOUND)
    assert Totals(*map(int, row)) == totals
    assert (
        query(tmp_path / "gladly.duckdb", "select * from audit.audit_rule_violations")
        == []
    )
