"""Nothing in the database says who a deleted customer was (rule R32)."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from extracts_folder import (
    STAMP,
    contact_export,
    conversation_export,
    lines,
    report,
    work_session_events,
    write,
    write_required,
)
from hostile_customers import (
    CUSTOMERS,
    LEAK,
    conversation_of,
    write_hostile_customers,
)
from project import (
    MODELS_ONLY,
    THREADS,
    build,
    build_until,
    hashes,
    options,
    query,
    run_anew,
)
from sample import Sample

#: Everything personal about the two profiles of the customer to be erased. Each
#: text is found nowhere else, so that finding it anywhere is a leak.
ERASED = {
    "name": "Zerlina Quillfeather",
    "absorbed name": "Zerlina Oldname",
    "email": "zerlina.quillfeather@example.com",
    "absorbed email": "z.oldname@example.net",
    "phone": "+12025550187",
    "address": "77 Vanishing Lane",
    "attribute": "Loves lilac umbrellas",
    "external id": "crm-quillfeather-77",
    "subject": "My lilac umbrella subject",
    "message": "Please forget that I ever bought the lilac umbrella",
    "note": "Zerlina called about the lilac one",
    "call recipient": "+12025550188",
    "task": "Send Zerlina her umbrella",
    "event attribute": "lilac-event-attribute",
    "unknown field": "lilac-unknown-field",
    "rejected": "lilac-truncated-text",
    "unattributed": "lilac-unattributed-text",
    "unknown field of an event": "lilac-event-field",
    "unknown column of a report": "lilac-report-column",
    "overlong row of a report": "lilac-report-row",
    "message under an unknown profile": "lilac-unknown-profile-message",
    "message under no profile": "lilac-no-profile-message",
}
KEPT = {
    "name": "Bruno Staywell",
    "email": "bruno.staywell@example.com",
    "message": "Bruno would like to stay in the tables",
    "rejected": "bruno-truncated-text",
}
LATER = "20250310T020000Z"


@pytest.fixture(scope="module", autouse=True)
def several_threads() -> Iterator[None]:
    """Let DuckDB write side by side: what lies where in its file depends on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(THREADS, "2")
        yield


def job_item(
    an_id: str, customer: str, content: dict[str, object]
) -> dict[str, object]:
    """Return an item of an export job."""
    return {
        "id": an_id,
        "customerId": customer,
        "conversationId": "conversation-1",
        "timestamp": "2025-03-01T10:00:00Z",
        "initiator": {"id": customer, "type": "CUSTOMER"},
        "content": content,
    }


def write_people(root: Path) -> None:
    """Write profiles, items, tasks, events and damaged records of two customers."""
    write_required(root)
    write(root, *contact_export("contact-1"))
    profiles = [
        {
            "id": "zerlina-customer",
            "name": ERASED["name"],
            "address": ERASED["address"],
            "emails": [{"original": ERASED["email"], "normalized": ERASED["email"]}],
            "phones": [{"original": ERASED["phone"], "type": "MOBILE"}],
            "externalCustomerIds": {"crm": ERASED["external id"]},
            "customAttributes": {"hobby": ERASED["attribute"]},
            "nickname": ERASED["unknown field"],
        },
        {
            "id": "bruno-customer",
            "name": KEPT["name"],
            "emails": [{"original": KEPT["email"], "normalized": KEPT["email"]}],
        },
    ]
    write(root, f"entities/customer_profiles/{STAMP}__all.jsonl", lines(*profiles))
    write(
        root,
        f"entities/tasks/{STAMP}__all.jsonl",
        lines(
            {"id": "task-1", "customerId": "zerlina-customer", "body": ERASED["task"]}
        ),
    )
    write(
        root,
        f"entities/conversations/{STAMP}__all.jsonl",
        lines(
            {
                "id": "conversation-2",
                "customerId": "zerlina-customer",
                "status": "CLOSED",
                "createdAt": "2025-03-01T10:00:00Z",
                "closedAt": "2025-03-01T11:00:00Z",
            }
        ),
    )
    write(
        root,
        f"reports/ConversationTimestampsReport/{STAMP}__all.csv",
        "Timezone Filter,Timestamp,Event Type,Conversation ID,Customer ID,Nickname\n"
        "UTC,2025-03-01 10:00:00,CONVERSATION/CREATED,conversation-2,"
        f"zerlina-customer,{ERASED['unknown column of a report']}\n"
        "UTC,2025-03-01 10:00:00,CONVERSATION/CREATED,conversation-2,"
        f"zerlina-customer,Zerlina,{ERASED['overlong row of a report']}\n",
    )
    merged = {
        "sourceCustomerId": "zerlina-old",
        "destinationCustomerId": "zerlina-customer",
    }
    attribute = {
        "customerId": "zerlina-customer",
        "conversationId": "conversation-1",
        "customAttributeValue": ERASED["event attribute"],
        "nickname": ERASED["unknown field of an event"],
    }
    write(
        root,
        f"events/{STAMP}__all.jsonl",
        lines(
            {
                "id": "event-1",
                "type": "CUSTOMER/MERGED",
                "timestamp": "2025-03-01T09:00:00Z",
                "content": merged,
            },
            {
                "id": "event-2",
                "type": "CONVERSATION/CUSTOM_ATTRIBUTE_ADDED",
                "timestamp": "2025-03-01T09:30:00Z",
                "content": attribute,
            },
        ),
    )
    write(
        root,
        "exports/job-1/job.json",
        '{"id": "job-1", "updatedAt": "2025-03-02T02:00:00Z"}',
    )
    email = {
        "type": "EMAIL",
        "from": ERASED["absorbed email"],
        "to": ["help@example.com"],
        "subject": ERASED["subject"],
        "content": ERASED["message"],
    }
    call = {
        "type": "PHONE_CALL",
        "from": ERASED["phone"],
        "to": ERASED["call recipient"],
    }
    note = {"type": "CONVERSATION_NOTE", "body": ERASED["note"]}
    chat = {"type": "CHAT_MESSAGE", "content": KEPT["message"]}
    stray = {
        "type": "CHAT_MESSAGE",
        "content": ERASED["message under an unknown profile"],
    }
    # Of whom it is, only its initiator says.
    unowned = job_item(
        "item-6",
        "zerlina-customer",
        {"type": "SMS", "content": ERASED["message under no profile"]},
    )
    del unowned["customerId"], unowned["conversationId"]
    damaged = (
        '{"id": "item-8", "customerId": "zerlina-customer", '
        f'"x": "{ERASED["rejected"]}\n'
        f'{{"id": "item-9", "x": "{ERASED["unattributed"]}\n'
        f'{{"id": "item-7", "customerId": "bruno-customer", "x": "{KEPT["rejected"]}\n'
    )
    write(
        root,
        "exports/job-1/conversation_items.jsonl",
        lines(
            job_item("item-1", "zerlina-old", email),
            job_item("item-2", "zerlina-customer", call),
            job_item("item-3", "zerlina-customer", note),
            job_item("item-4", "bruno-customer", chat),
            {
                **job_item("item-5", "zerlina-unknown", stray),
                "conversationId": "conversation-2",
            },
            unowned,
        )
        + damaged,
    )
    write(
        root,
        "exports/job-1/customers.jsonl",
        lines(
            {
                "id": "zerlina-old",
                "name": ERASED["absorbed name"],
                "emailAddresses": [ERASED["absorbed email"]],
                "phoneNumbers": [ERASED["phone"]],
            },
            {"id": "bruno-customer", "name": KEPT["name"]},
        ),
    )


def write_everybody(root: Path) -> None:
    """Write the two customers, and those whose records are as odd as can be."""
    write_people(root)
    write_hostile_customers(root)
    rows = [
        {
            "Created At": "2025-03-01 10:00:00",
            "Conversation ID": conversation_of(customer),
            "Customer ID": customer,
            "Status": "CLOSED",
            "Last Closed At": "2025-03-01 11:00:00",
        }
        for customer in CUSTOMERS
    ]
    write(
        root,
        f"reports/ConversationExportReport/{STAMP}__hostile.csv",
        report("ConversationExportReport", *rows),
    )


def prove_deleted(root: Path, *others: str) -> None:
    """Write the look-ups that answer 404 for the erased customers, a week later."""
    write(
        root,
        f"lookups/customers/{LATER}__all.jsonl",
        lines(
            {"requestedId": "zerlina-customer", "status": 404},
            {"requestedId": "bruno-customer", "status": 200},
            *({"requestedId": customer, "status": 404} for customer in others),
        ),
    )


def texts_found(database: Path, texts: dict[str, str]) -> set[tuple[str, str]]:
    """Return (table, what) for every text some column of some table or view holds."""
    found = set()
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.sql(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
        for schema, table in tables:
            rows = connection.sql(f'select * from "{schema}"."{table}"').fetchall()
            content = "\n".join(str(row) for row in rows)
            found |= {(table, what) for what, text in texts.items() if text in content}
    return found


def bytes_found(folder: Path) -> set[tuple[str, str]]:
    """Return (file, text) for every erased text in the bytes of a folder's files.

    Texts of the odd customers are found however they were changed: in snake case, in
    capitals. Of the smallest and the largest text of a column DuckDB keeps eight bytes
    in its catalog, which may stay there for a while: these are not looked for.
    """
    known = {text.encode() for text in ERASED.values()}
    odd = re.compile(
        LEAK.encode().replace(b"-", b".") + rb"[a-z0-9].{0,24}", re.IGNORECASE
    )
    found = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            texts = {text for text in known if text in content}
            texts.update(odd.findall(content))
            found |= {(path.name, text.decode(errors="replace")) for text in texts}
    return found


@pytest.fixture(scope="module")
def before_and_after(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[set[tuple[str, str]], Path, Path]:
    """Build before the deletions are proven and after them, in one database.

    Returns what the first build held, the database after the second, and one built
    from all files at once, with its docs and logs beside it.
    """
    root = tmp_path_factory.mktemp("erasure")
    extracts, database = root / "extracts", root / "first" / "gladly.duckdb"
    write_everybody(extracts)
    first = build(extracts, database)
    assert first.exit_code == 0, first.log
    held = texts_found(database, ERASED)
    assert len({text for _, text in bytes_found(database.parent)}) > 60
    before = root / "before"
    shutil.copytree(database.parent, before)
    # The file alone keeps what it holds: nothing is left in a log beside it.
    with duckdb.connect(str(database)) as connection:
        connection.execute("checkpoint")
    prove_deleted(extracts, *CUSTOMERS)
    second = build(extracts, database)
    assert second.exit_code == 0, second.log
    at_once = Sample(root / "at_once" / "gladly.duckdb", root / "at_once" / "target")
    at_once.build(extracts)
    return held, database, at_once.database


def test_the_base_tables_hold_everything_until_the_deletion_is_proven(
    before_and_after: tuple[set[tuple[str, str]], Path, Path],
) -> None:
    held, _, _ = before_and_after
    assert {what for _, what in held} == set(ERASED)


def test_no_column_of_any_table_shows_who_a_deleted_customer_was(
    before_and_after: tuple[set[tuple[str, str]], Path, Path],
) -> None:
    _, database, at_once = before_and_after
    assert texts_found(database, ERASED) == set()
    assert texts_found(at_once, ERASED) == set()


def test_no_file_holds_the_bytes_of_what_was_erased(
    before_and_after: tuple[set[tuple[str, str]], Path, Path],
) -> None:
    _, database, at_once = before_and_after
    assert bytes_found(database.parent) == set()
    # Database, Parquet files, compiled SQL, logs and docs.
    assert {"gladly.duckdb", "parquet", "target"} <= {
        path.name for path in at_once.parent.iterdir()
    }
    assert (at_once.parent / "target" / "site" / "index.html").exists()
    assert bytes_found(at_once.parent) == set()


def test_no_odd_record_keeps_another_from_being_erased(
    before_and_after: tuple[set[tuple[str, str]], Path, Path],
) -> None:
    _, database, _ = before_and_after
    deleted = query(
        database,
        "select customer_id from marts.dim_customers where customer_status = 'deleted'",
    )
    assert {*CUSTOMERS, "zerlina-customer"} <= {customer for (customer,) in deleted}


def test_both_ways_make_the_same_tables(
    before_and_after: tuple[set[tuple[str, str]], Path, Path],
) -> None:
    _, database, at_once = before_and_after
    first, at_once_hashes = hashes(database), hashes(at_once)
    assert "marts.fct_messages" in first
    assert {name for name in first if first[name] != at_once_hashes[name]} == set()


def test_a_build_killed_while_it_erases_is_finished_by_the_next(
    before_and_after: tuple[set[tuple[str, str]], Path, Path], tmp_path: Path
) -> None:
    _, database, _ = before_and_after
    root = database.parent.parent
    shutil.copytree(root / "before", tmp_path / "killed")
    extracts = root / "extracts"
    killed = tmp_path / "killed" / "gladly.duckdb"
    # The records are blank by then, their old blocks not yet overwritten.
    build_until("Erased personal data", extracts, killed)
    later = build(extracts, killed)
    assert later.exit_code == 0, later.log
    assert bytes_found(killed.parent) == set()
    assert hashes(killed) == hashes(database)


def test_records_of_files_that_were_taken_away_leave_the_bytes_too(
    tmp_path: Path,
) -> None:
    extracts, database = tmp_path / "extracts", tmp_path / "built" / "gladly.duckdb"
    write_people(extracts)
    only_what_erasure_needs = (
        *MODELS_ONLY,
        *("--select", "+int_conversation_owners_resolved"),
    )
    first = build(extracts, database, *only_what_erasure_needs)
    assert first.exit_code == 0, first.log
    with duckdb.connect(str(database)) as connection:
        connection.execute("checkpoint")
    assert ("gladly.duckdb", ERASED["address"]) in bytes_found(database.parent)
    # The proof comes when the profile's file is no longer there to be erased.
    prove_deleted(extracts)
    shutil.rmtree(extracts / "entities" / "customer_profiles")
    accepted = ("--vars", json.dumps({"accept_removed_files": True}))
    second = build(extracts, database, *only_what_erasure_needs, *accepted)
    assert second.exit_code == 0, second.log
    assert bytes_found(database.parent) == set()


def test_other_customers_keep_theirs(
    before_and_after: tuple[set[tuple[str, str]], Path, Path],
) -> None:
    _, database, _ = before_and_after
    assert {what for _, what in texts_found(database, KEPT)} == set(KEPT)


def test_ids_times_and_counts_of_a_deleted_customer_stay(
    before_and_after: tuple[set[tuple[str, str]], Path, Path],
) -> None:
    _, database, at_once = before_and_after
    items = """
        select conversation_item_id, content_type, content_length,
            cast(occurred_at as varchar)
        from staging.stg_gladly__conversation_items
        where conversation_item_id like 'item-_'
        order by 1
    """
    expected = [
        ("item-1", "email", len(ERASED["message"]), "2025-03-01 10:00:00"),
        ("item-2", "phone_call", None, "2025-03-01 10:00:00"),
        ("item-3", "conversation_note", len(ERASED["note"]), "2025-03-01 10:00:00"),
        ("item-4", "chat_message", len(KEPT["message"]), "2025-03-01 10:00:00"),
        (
            "item-5",
            "chat_message",
            len(ERASED["message under an unknown profile"]),
            "2025-03-01 10:00:00",
        ),
        (
            "item-6",
            "sms",
            len(ERASED["message under no profile"]),
            "2025-03-01 10:00:00",
        ),
    ]
    for built in (database, at_once):
        assert query(built, items) == expected
        assert query(
            built,
            """
            select reported_customer_id, customer_id, resolution_status, customer_status
            from marts.bridge_customer_ids where customer_id = 'zerlina-customer'
            order by 1
            """,
        ) == [
            ("zerlina-customer", "zerlina-customer", "deleted", "deleted"),
            ("zerlina-old", "zerlina-customer", "merged", "deleted"),
        ]
        assert query(
            built,
            """
            select email_count, mobile_count from staging.stg_gladly__customer_profiles
            where reported_customer_id = 'zerlina-customer'
            """,
        ) == [(1, 1)]


def test_restricted_tables_are_built_only_when_asked_and_never_hold_the_deleted(
    tmp_path: Path,
) -> None:
    extracts, database = tmp_path / "extracts", tmp_path / "gladly.duckdb"
    write_people(extracts)
    # Of a profile that was never fetched export jobs have name and addresses.
    write(
        extracts,
        "exports/job-2/job.json",
        '{"id": "job-2", "updatedAt": "2025-03-03T02:00:00Z"}',
    )
    write(
        extracts,
        "exports/job-2/customers.jsonl",
        lines({"id": "carla-customer", "name": "Carla Exported"}),
    )
    prove_deleted(extracts)
    # The reading of the project that builds share leaves these models out.
    run_anew(
        *(*MODELS_ONLY, "--select", "+path:models/marts/restricted"),
        *("--vars", "{include_personal_data: true}", "--no-partial-parse"),
        *options(tmp_path / "target"),
        environment={
            "GLADLY_EXTRACTS_PATH": str(extracts),
            "GLADLY_DATABASE_PATH": str(database),
        },
    )
    assert query(
        database,
        "select customer_id, customer_name from restricted.customer_profiles "
        "order by 1",
    ) == [("bruno-customer", KEPT["name"]), ("carla-customer", "Carla Exported")]
    assert query(
        database, "select message_id, message_text from restricted.message_contents"
    ) == [("item-4", KEPT["message"])]
    assert texts_found(database, ERASED) == set()
    later = build(extracts, database, "run", "--select", "base_gladly__extract_files")
    assert later.exit_code == 0, later.log
    assert (
        query(
            database,
            "select table_name from information_schema.tables "
            "where table_schema = 'restricted'",
        )
        == []
    )


def test_a_deletion_blanks_nothing_of_conversations_that_are_not_the_customers(
    tmp_path: Path,
) -> None:
    extracts, database = tmp_path / "extracts", tmp_path / "gladly.duckdb"
    write(extracts, *conversation_export("conversation-1", "conversation-2"))
    write(extracts, *work_session_events("contact-1"))
    prove_deleted(extracts)
    assert build(extracts, database).exit_code == 0
    assert query(
        database,
        "select conversation_id, conversation_status, is_deleted "
        "from marts.fct_conversations order by 1",
    ) == [
        ("conversation-1", "closed", False),
        ("conversation-2", "closed", False),
    ]
