"""What a build warns of, in words: each cause once, with where to look.

dbt warns test by test and layer by layer; an unknown channel alone is six warnings.
The tables that readers have say what is behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

#: Values shown of one vocabulary.
MOST = 5
_VALUES = re.compile(
    r"assert_no_value_is_unmapped|assert_no_report_was_cut_at_its_row_cap"
    r"|__\w+_is_(?:one_\w+|cold_or_warm)$"
)
_RULE = re.compile(r"^assert_(r\d\d)_(\w+)$")
_ELSEWHERE = {
    "assert_every_difference_has_a_known_cause": (
        "{count} differences from what Gladly reports have no known cause; see "
        "audit.audit_reconciliation, verdict 'unexplained'."
    ),
    "assert_every_extract_file_is_recognised": (
        "{count} files belong to no extract and are not read; see "
        "staging.base_gladly__extract_files."
    ),
    "assert_every_work_session_has_a_day": (
        "{count} work sessions have neither a beginning nor an end, and so no day; see "
        "marts.fct_work_sessions."
    ),
}
#: Words for one of what a seed lists; other seeds take their own name.
_ONE = {
    "statuses": "status",
    "channels": "channel",
    "event types": "event type",
    "actor types": "actor type",
    "content types": "content type",
    "assignment reasons": "assignment reason",
}
#: What the sample is there to show: tests that warn on it on purpose.
OF_THE_SAMPLE = frozenset(
    {
        "assert_no_record_was_rejected",
        "assert_no_value_is_unmapped",
        "assert_r02_email_addresses_are_unique",
        "assert_r03_mobile_numbers_are_unique",
        "assert_r07_a_conversation_has_one_customer",
        "assert_r08_a_customer_has_one_open_conversation",
        "assert_r17_topics_change_while_open",
        "fct_contacts__channel_is_one_gladly_documents",
        "fct_contacts__contact_status_is_one_gladly_documents",
        "fct_conversations__first_channel_is_one_gladly_documents",
        "fct_conversations__last_channel_is_one_gladly_documents",
        "fct_work_sessions__channel_is_one_gladly_documents",
        "stg_gladly__contact_export_report__contact_status_is_one_gladly_documents",
        "stg_gladly__work_session_events__contact_status_is_one_gladly_documents",
    }
)


def warned(results: Mapping[str, Any]) -> dict[str, int]:
    """Return the tests that warned, by name, with the rows they found."""
    return {
        result["unique_id"].split(".")[2]: int(result.get("failures") or 0)
        for result in results["results"]
        if result["status"] == "warn"
    }


def in_words(database: Path, tests: Mapping[str, int]) -> list[str]:
    """Return a sentence for each cause of warnings.

    Args:
        database: what was built.
        tests: tests that warned, with the rows they found.

    Raises:
        duckdb.Error: when the database cannot be read.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        return list(_sentences(connection, tests))


def _sentences(
    connection: duckdb.DuckDBPyConnection, tests: Mapping[str, int]
) -> Iterator[str]:
    if any(_VALUES.search(name) for name in tests):
        yield from _values(connection)
    if tests.keys() & {"assert_no_record_was_rejected", "assert_no_file_was_set_aside"}:
        yield from _rejected(connection)
    for name, count in sorted(tests.items()):
        if rule := _RULE.match(name):
            said = rule[2].replace("_", " ")
            yield (
                f"Gladly's rule {rule[1].upper()}, {said}, does not hold "
                f"{_times(count)}; see audit.audit_rule_violations, rule_id "
                f"'{rule[1].upper()}'."
            )
        elif name in _ELSEWHERE:
            sentence = _ELSEWHERE[name].format(count=f"{count:,}")
            yield _singular(sentence) if count == 1 else sentence
        elif not _VALUES.search(name) and name not in (
            "assert_no_record_was_rejected",
            "assert_no_file_was_set_aside",
        ):
            model, _, said = name.rpartition("__")
            where = f" of {model}" if model else ""
            yield f"{said.replace('_', ' ')}: not so in {count:,} rows{where}."


def _values(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    problems: dict[str, dict[str, int]] = {}
    for problem, extract, field, value, records in connection.execute(
        """
        select problem, extract_name, field_name, reported_value, record_count
        from audit.audit_unmapped_values
        order by problem, reported_value, extract_name, field_name
        """
    ).fetchall():
        shown = (
            f"{field} of {extract}" if problem == "unknown field" else value or "none"
        )
        found = problems.setdefault(problem, {})
        found[shown] = found.get(shown, 0) + records
    for problem, found in problems.items():
        listed = [f"{value} ({_many(n, 'record')})" for value, n in found.items()]
        more = f" and {len(listed) - MOST:,} more" if len(listed) > MOST else ""
        values = ", ".join(listed[:MOST]) + more
        if problem.startswith("not in seed_"):
            several = problem.removeprefix("not in seed_").replace("_", " ")
            what = f"{_many(len(found), _ONE.get(several, several), several)} "
            what += "are" if len(found) > 1 else "is"
            said = f"{what} unknown to this project: {values}"
        elif problem == "unknown field":
            verb = "are" if len(found) > 1 else "is"
            said = f"{_many(len(found), 'field')} {verb} unknown to this project: "
            said += values
        else:
            said = f"{_many(len(found), 'value')} to look at, {problem}: {values}"
        yield f"{said}; see audit.audit_unmapped_values."


def _rejected(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    set_aside = """
        select set_aside_reason from staging.base_gladly__extract_files
        where set_aside_reason is not null
    """
    records = """
        select rejection_reason from audit.audit_rejected_records
        where extract_file not in (
            select extract_file from staging.base_gladly__extract_files
            where set_aside_reason is not null
        )
    """
    for one, query in (("record", records), ("file", set_aside)):
        found = connection.execute(
            f"select reason, count(*) from ({query}) as listed (reason)"
            " group by reason order by count(*) desc, reason"
        ).fetchall()
        if found:
            total = sum(count for _, count in found)
            reasons = [f"{reason} ({count:,})" for reason, count in found[:MOST]]
            reasons += ["…"] if len(found) > MOST else []
            yield (
                f"{_many(total, one)} could not be used: {'; '.join(reasons)}. See "
                "audit.audit_rejected_records."
            )


def _many(count: int, one: str, several: str = "") -> str:
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _singular(sentence: str) -> str:
    for several, one in (
        ("differences", "difference"),
        ("files belong", "file belongs"),
        ("work sessions have", "work session has"),
        (" have no", " has no"),
        (" are not", " is not"),
    ):
        sentence = sentence.replace(several, one)
    return sentence
