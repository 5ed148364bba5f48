"""Names that inboxes and agents exchanged, in Contact Export, become the ids meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiled import Compiled
from extracts_folder import lines, report, write
from project import query

#: Lists of inboxes by day: id to name, and whether it is switched off.
INBOXES = {
    "20250224": {
        "s1": "Swap A",
        "s2": "Swap B",
        "t1": "Twice A",
        "t2": "Twice B",
        "o1": "Over",
        "d1": "Reused",
        "c1": "Case",
    },
    "20250304": {
        "s1": "Swap B",
        "s2": "Swap A",
        "t1": "Twice B",
        "t2": "Twice A",
        "o1": "Over",
        "d1": "Reused (off)",
        "d2": "Reused",
        "c1": "Case",
    },
    "20250312": {
        "s1": "Swap B",
        "s2": "Swap A",
        "t1": "Twice A",
        "t2": "Twice B",
        "o1": "Over (old)",
        "o2": "Over",
        "d1": "Reused (off)",
        "d2": "Reused",
        "c1": "Case",
    },
}
AGENTS = {
    "20250224": {"l1": "Lee", "a1": "Di Rowe"},
    "20250304": {"l2": "Lee", "a1": "Di Rowe"},
    "20250312": {"l2": "Lee", "a1": "Di Hale", "a2": "Di Rowe"},
}

#: Contact: day queued, days captured, inbox printed, inbox at work, inbox meant.
QUEUED = {
    "swapped_before": ("03-10", ["0312"], "Swap B", "s2", "s1"),
    "swapped_since": ("02-25", ["0312"], "Swap A", "", "s2"),
    "swapped_since_and_handled": ("02-25", ["0312"], "Swap A", "s2", "s2"),
    "printed_before_and_after": ("02-25", ["0226", "0312"], "Swap A", "", "s1"),
    "swapped_back_since": ("03-06", ["0312"], "Twice B", "", "t2"),
    "swapped_twice_in_between": ("02-25", ["0313"], "Twice A", "t2", "t1"),
    "taken_over_since": ("03-01", ["0305"], "Over", "", "o1"),
    "taken_over_before_printing": ("03-06", ["0320"], "Over", "", "o2"),
    "taken_over_before": ("03-13", ["0320"], "Over", "o1", "o2"),
    "used_again": ("03-06", ["0312"], "Reused", "", "d2"),
    "used_before": ("02-25", ["0226"], "Reused", "d2", "d1"),
    "before_any_list": ("02-20", ["0221"], "Over", "", "o1"),
    "in_capitals": ("02-25", ["0226"], "CASE", "", "c1"),
    "with_blanks": ("02-25", ["0226"], " Case ", "", "c1"),
    "from_reports_alone": ("03-11", ["0312"], "Reported", "", "r1"),
    "of_nobody": ("03-11", ["0312"], "Ghost", "", "unknown"),
}
#: Agents: day ended, day captured, agent printed, agent meant.
ENDED = {
    "agent_left_since": ("02-25", "0226", "Lee", "l1"),
    "agent_left_before": ("03-06", "0306", "Lee", "l2"),
    "agent_married_since": ("03-06", "0307", "Di Rowe", "a1"),
    "agent_in_small_letters": ("03-13", "0314", "di hale", "a1"),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, compiled: Compiled) -> Path:
    root = tmp_path_factory.mktemp("names")
    extracts = root / "extracts"
    for day, inboxes in INBOXES.items():
        listed = [
            {"id": an_id, "name": name, "disabled": name.endswith("(off)")}
            for an_id, name in inboxes.items()
        ]
        # A name is used again although the inbox that has it is switched off.
        for each in listed:
            each["name"] = str(each["name"]).removesuffix(" (off)")
        write(extracts, f"entities/inboxes/{day}T030000Z__all.jsonl", lines(*listed))
    for day, agents in AGENTS.items():
        listed = [{"id": an_id, "name": name} for an_id, name in agents.items()]
        write(extracts, f"entities/agents/{day}T030000Z__all.jsonl", lines(*listed))
    captured: dict[str, list[dict[str, str]]] = {}
    worked = []
    for contact, (queued, days, name, at_work, _) in QUEUED.items():
        row = _contact(contact, queued) | {"Inbox when Queued": name}
        for day in days:
            captured.setdefault(day, []).append(row)
        if at_work:
            worked.append(
                {
                    "contact_session_id": contact,
                    "contact_session_created_at": f"2025-{queued}T09:00:00Z",
                    "customer_id": "bob",
                    "conversation_id": "v1",
                    "inbox_id": at_work,
                    "channel": "CHAT",
                    "direction": "INBOUND",
                    "agent_id": "a1",
                    "contact_session_ended_at": f"2025-{queued}T11:00:00Z",
                    "status": "ANSWERED",
                }
            )
    for contact, (ended, day, name, _) in ENDED.items():
        row = _contact(contact, ended) | {"Agent when Ended": name}
        captured.setdefault(day, []).append(row)
    for day, rows in captured.items():
        write(
            extracts,
            f"reports/ContactExportReportV3/2025{day}T040000Z__all.csv",
            report("ContactExportReportV3", *rows),
        )
    write(
        extracts,
        "reports/WorkSessionEvents/20250321T040000Z__all.csv",
        report("WorkSessionEvents", *worked),
    )
    for day, inbox in (("0305", "i0"), ("0312", "r1")):
        write(
            extracts,
            f"reports/ConversationExportReport/2025{day}T030000Z__all.csv",
            report(
                "ConversationExportReport",
                {
                    "Created At": "2025-02-01 09:00:00",
                    "Conversation ID": "v1",
                    "Customer ID": "bob",
                    "Status": "OPEN",
                    "Inbox ID - Current": inbox,
                    "Inbox Name - Current": "Reported" if inbox == "r1" else "Former",
                    "Assigned Agent ID - Current": f"of-{inbox}",
                },
            ),
        )
    built = root / "gladly.duckdb"
    compiled.build(extracts, built)
    return built


def _contact(contact: str, day: str) -> dict[str, str]:
    return {
        "Queued At": f"2025-{day}T09:00:00.000Z",
        "Customer ID": "bob",
        "Conversation ID": "v1",
        "Contact ID": contact,
        "Channel": "CHAT",
        "Direction": "INBOUND",
        "Contact Initiator": "Customer",
        "Status": "ANSWERED",
        "Ended At": f"2025-{day}T11:00:00.000Z",
    }


def test_a_name_means_who_had_it_then_or_at_the_printing(database: Path) -> None:
    built = dict(
        query(database, "select contact_id, queued_inbox_id from marts.fct_contacts")
    )
    expected = {contact: meant for contact, (*_, meant) in QUEUED.items()}
    assert {contact: built[contact] for contact in expected} == expected


def test_agents_are_found_by_the_names_of_their_time(database: Path) -> None:
    built = dict(
        query(database, "select contact_id, ended_agent_id from marts.fct_contacts")
    )
    expected = {contact: meant for contact, (*_, meant) in ENDED.items()}
    assert {contact: built[contact] for contact in expected} == expected


def test_a_name_that_fits_none_is_listed_and_no_certain_one_is(database: Path) -> None:
    found = query(
        database,
        """
        select problem, reported_value from audit.audit_unmapped_values
        where extract_name = 'contact_export_report'
        """,
    )
    # What changed hands between two lists goes by the list of the printing.
    assert {each for problem, each in found if "name of inbox" in problem} == {"Ghost"}


def test_what_an_older_capture_alone_names_has_a_row(database: Path) -> None:
    assert query(
        database,
        """
        select inbox_id, inbox_name, dim_inboxes.is_known, agent_id, agent_name
        from marts.fct_conversation_assignments
        inner join marts.dim_inboxes using (inbox_id)
        inner join marts.dim_agents using (agent_id)
        order by assigned_at
        """,
    ) == [
        ("i0", "Former", False, "of-i0", None),
        ("r1", "Reported", False, "of-r1", None),
    ]
