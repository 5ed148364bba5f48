"""Who says what now is gets the same tables, as of that moment."""

from __future__ import annotations

import shutil
from pathlib import Path

from project import MODELS_ONLY, ROOT, build, query
from sample import Sample

EXTRACTS = ROOT / "extracts" / "sample"
LATER = "2025-12-31 12:00:00"


def test_a_later_now_changes_no_number_of_rows_but_those_of_days(
    sample: Sample, tmp_path: Path
) -> None:
    database = tmp_path / "gladly.duckdb"
    shutil.copy(sample.database, database)
    now = ("--vars", f"{{as_of: '{LATER}', export_parquet: false}}")
    result = build(EXTRACTS, database, *MODELS_ONLY, *now)
    assert result.exit_code == 0, result.log
    assert query(database, "select as_of::varchar from marts.dim_reporting") == [
        (LATER,)
    ]
    facts = query(
        database,
        "select table_name from duckdb_tables()"
        " where schema_name = 'marts' and table_name not like '%daily%'"
        " and table_name not in ('dim_dates', 'dim_half_hours',"
        " 'fct_contact_intervals', 'fct_agent_intervals',"
        " 'fct_agent_availability_intervals')"
        " order by 1",
    )
    counts = " union all ".join(
        f"select '{name}', count(*) from marts.{name}" for (name,) in facts
    )
    assert len(facts) > 20
    assert query(database, counts) == query(sample.database, counts)
    open_for = (
        "select conversation_id from marts.fct_conversations where is_open order by 1"
    )
    assert query(database, open_for) == query(sample.database, open_for)
