"""Former event types are known, redirects followed, wide and cut reports seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from extracts_folder import lines, report, write, write_required
from project import build, query

TYPES = (
    "AUTOMATION/MESSAGE_RECEIVED",
    "AUTOMATION/MESSAGE_SENT",
    "CUSTOM_CHANNEL/MESSAGE_SENT",
    "CONVERSATION_STATUS/UPDATED",
)
#: What a client saved of a look-up: id asked for, status, id that came back.
LOOKUPS = (
    ("followed", 200, "survivor"),
    ("as_text", "200", "survivor"),
    ("with_fraction", 200.0, "survivor"),
    ("found_elsewhere", 302, "survivor"),
    ("without_status", None, "survivor"),
    ("not_followed", 301, "survivor"),
    ("survivor", 200, "survivor"),
    ("alone", 200, None),
    ("to_itself", 301, "to_itself"),
    ("to_nowhere", 301, ""),
)
#: File of Answer Usage: the dates it has a click on.
USAGE = {
    "20250401T020000Z__AnswerUsage-20250303-20250309-Weekly": ["2025-03-03"],
    "20250402T020000Z__weeks": ["2025-03-03", "2025-03-10", "2025-03-17"],
    "20250403T020000Z__months": ["2025-02-01", "2025-03-01"],
    "20250404T020000Z__day": ["2025-03-11"],
    "20250405T020000Z__half_hours": ["2025-03-12 07:30", "2025-03-12 08:00"],
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("vocabulary")
    extracts = write_required(root / "extracts")
    write(
        extracts,
        "events/20250302T030000Z__all.jsonl",
        lines(
            *(
                {"id": kind, "type": kind, "timestamp": "2025-03-01T10:00:00Z"}
                for kind in TYPES
            )
        ),
    )
    for entity in ("customers", "conversations"):
        answers = [
            {"requestedId": f"{entity}_{asked}", "status": status}
            | ({"resolvedId": f"{entity}_{came}" if came else came})
            for asked, status, came in LOOKUPS
        ]
        write(
            extracts, f"lookups/{entity}/20250302T030000Z__all.jsonl", lines(*answers)
        )
    for name, dates in USAGE.items():
        rows = [
            {"Date": date, "Answer ID": "n1", "Number of Clicks": "2"} for date in dates
        ]
        path = f"reports/AnswerUsageReport/{name}.csv"
        write(extracts, path, report("AnswerUsageReport", *rows))
    built = root / "gladly.duckdb"
    # The one row of Conversation Export is as many as this Gladly returns.
    more = ("--vars", "{report_row_caps: [1, 1000]}")
    exclude = (
        "--exclude-resource-type",
        "test",
        "--exclude-resource-type",
        "unit_test",
    )
    result = build(extracts, built, "build", *exclude, *more)
    assert result.exit_code == 0, result.log
    return built


def test_event_types_of_former_years_are_known(database: Path) -> None:
    assert not query(
        database,
        """
        select * from audit.audit_unmapped_values where problem like 'not in seed%'
        """,
    )


def test_another_id_is_a_merge_whatever_the_status_says(database: Path) -> None:
    built = {
        an_id.removeprefix("customers_"): status
        for an_id, status in query(
            database,
            """
            select reported_customer_id, resolution_status
            from marts.bridge_customer_ids where resolved_by = 'redirect_lookup'
            or reported_customer_id like 'customers_%'
            """,
        )
    }
    moved = {asked for asked, _, came in LOOKUPS if came == "survivor"} - {"survivor"}
    assert {an_id for an_id, status in built.items() if status == "merged"} == moved
    assert built["survivor"] == built["alone"] == "current"
    assert built["to_itself"] == built["to_nowhere"] == "unresolved"


def test_a_conversation_that_redirects_is_listed_and_not_merged(database: Path) -> None:
    built = dict(
        query(
            database,
            """
            select reported_conversation_id, resolution_status
            from marts.bridge_conversation_ids
            """,
        )
    )
    assert built["conversations_followed"] == "unresolved"
    assert built["conversations_survivor"] == "current"
    assert _listed(database, "redirect of a conversation") == [
        ("conversations_survivor", 6)
    ]


def test_weeks_and_months_are_not_counted_on_a_day(database: Path) -> None:
    built = query(
        database,
        """
        select usage_date::varchar, click_count from marts.fct_answer_usage_daily
        order by usage_date
        """,
    )
    assert built == [("2025-03-11", 2), ("2025-03-12", 4)]
    assert _listed(database, "bucket longer than a day") == [("month", 2), ("week", 3)]


def test_a_report_at_its_row_cap_is_named(database: Path) -> None:
    cut = [path for path, _ in _listed(database, "cut at its row cap")]
    assert "reports/ConversationExportReport/20250302T020000Z__all.csv" in cut
    assert "reports/AnswerUsageReport/20250403T020000Z__months.csv" not in cut


def _listed(database: Path, problem: str) -> list[tuple[str, int]]:
    return query(
        database,
        f"""
        select reported_value, record_count from audit.audit_unmapped_values
        where problem = '{problem}' order by reported_value
        """,
    )
