"""Tenants of any size, written column by column: what benchmarks are run on.

No world is played. Each table of the tenant is one query over the numbers of its
conversations, and each extract a query over those tables, so that a million
conversations take minutes. What holds of the sandbox's tenants holds here: a customer
has one conversation open at a time, what happens in a conversation happens in order,
frozen reports keep the ids of absorbed profiles, and the totals are known.

A conversation has about ten items, ten events in Conversation Timestamps, six in the
Events API, one and a half contacts, each captured three times by Contact Export, and
one and a half work sessions. Two customers in a hundred are merged into another; in
half of these merges both have a conversation open. Files are daily; lists and
Conversation Export, which reaches a month back, are weekly. A few customers have a
thousandth of all conversations each, and a few conversations a thousand items.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import duckdb

from gladly_sandbox.clock import file_stamp, moment, rfc3339
from gladly_sandbox.extracts.headers import HEADERS

#: First day of the tenant, and how many it lives.
START = moment("2025-01-01")
DAYS = 365
LEAST_CONVERSATIONS, LEAST_DAYS = 1_000, 60
AGENTS, INBOXES, TOPICS, ROOT_TOPICS = 200, 20, 80, 8
#: Customers with a thousandth of all conversations each.
GIANTS = 3
#: Conversations with so many items; others have ten.
LONG_CONVERSATIONS, LONG = 20, 1_000
#: Days that Contact Export reaches back, so that each contact is in three captures.
CONTACT_WINDOW = 3
#: Days that Conversation Export reaches back.
CONVERSATION_WINDOW = 30

Row = dict[str, object]


@dataclass(frozen=True)
class Totals:
    """What the marts must add up to.

    Attributes:
        conversations: canonical ones.
        absorbed_conversations: ids that became another.
        customers: canonical ones.
        absorbed_customers: profiles that became another.
        contacts: ended ones, of all conversations.
        work_sessions: one an agent on a contact.
        handle_seconds: of all work sessions.
        messages: items that are messages.
        closings: closings of all conversations, recorded as events.
    """

    conversations: int
    absorbed_conversations: int
    customers: int
    absorbed_customers: int
    contacts: int
    work_sessions: int
    handle_seconds: int
    messages: int
    closings: int

    def write(self, path: Path) -> None:
        """Write the totals as one JSON object."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")


def write_scale(
    out: str | Path,
    conversations: int,
    seed: int = 0,
    days: int = DAYS,
    *,
    threads: int = 2,
) -> Totals:
    """Write the extracts of a tenant and return what its marts must add up to.

    Args:
        out: an empty or missing folder.
        conversations: about how many, at least 1,000.
        seed: decides every id and choice; equal arguments give equal bytes.
        days: length of the tenant's life, at least 60.
        threads: of DuckDB, which writes the files.

    Raises:
        ValueError: when there are too few conversations or days.
    """
    if conversations < LEAST_CONVERSATIONS or days < LEAST_DAYS:
        raise ValueError(
            f"at least {LEAST_CONVERSATIONS} conversations and {LEAST_DAYS} days"
        )
    with duckdb.connect(config={"threads": threads}) as connection:
        connection.execute("set enable_progress_bar = false")
        tenant = _Tenant(connection, Path(out))
        tenant.make_tables(conversations, seed, days)
        for day in range(1, days + 1):
            tenant.write_day(day)
            if day % 7 == 0 or day == days:
                tenant.write_week(day)
        return tenant.totals()


class _Tenant:
    """The tables of a tenant in memory, and the folder its extracts go to."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, out: Path) -> None:
        self._connection = connection
        self._out = out

    def make_tables(self, conversations: int, seed: int, days: int) -> None:
        giant = max(conversations // 1_000, 2)
        self._end = START + timedelta(days=days)
        self._set(
            start_at=START,
            end_at=self._end,
            seed=seed,
            half=days // 2,
            giant=giant,
            giant_gap=(days - 2) * 86_400 // giant,
            customers=max((conversations - GIANTS * giant) // 2, 1),
        )
        for statement in (*MACROS, *TABLES):
            self._connection.execute(statement)

    def totals(self) -> Totals:
        row = self._connection.execute(TOTALS).fetchone()
        assert row is not None
        return Totals(*row)

    def write_day(self, day: int) -> None:
        """Write what is pulled in the night after a day, counted from 1."""
        end = START + timedelta(days=day)
        at = end + timedelta(hours=2)
        self._set(day=day, since=day - CONTACT_WINDOW + 1, known_until=at)
        name = f"{file_stamp(at)}__day"
        self._write_job(day)
        self._copy(EVENTS, f"events/{name}.jsonl")
        self._report("WorkSessionEvents", WORK_SESSIONS, name)
        self._report("ContactExportReportV3", CONTACTS, name)
        self._report("ConversationTimestampsReport", TIMESTAMPS, name)

    def write_week(self, day: int) -> None:
        """Write what is pulled once a week: lists, and Conversation Export."""
        at = START + timedelta(days=day, hours=2)
        name = f"{file_stamp(at)}__week"
        for entity, rows in (
            ("agents", AGENT_ROWS),
            ("topics", TOPIC_ROWS),
            ("inboxes", INBOX_ROWS),
        ):
            self._lines(rows, f"entities/{entity}/{name}.jsonl")
        self._set(
            day=day,
            since=day - CONVERSATION_WINDOW + 1,
            # An hour behind; after the last day nothing is in any other extract.
            known_until=min(at - timedelta(hours=1), self._end),
        )
        self._report("ConversationExportReport", CONVERSATIONS, name)

    def _write_job(self, day: int) -> None:
        folder = f"exports/job-{day:04d}"
        files = ("agents", "conversation_items", "customers", "topics")
        end = START + timedelta(days=day)
        job: Row = {
            "id": f"job-{day:04d}",
            "scheduleId": "schedule-1",
            "status": "COMPLETED",
            "updatedAt": rfc3339(end + timedelta(hours=2)),
            "parameters": {
                "type": "CONVERSATIONS",
                "startAt": rfc3339(end - timedelta(days=1)),
                "endAt": rfc3339(end),
            },
            "files": [f"{name}.jsonl" for name in files],
        }
        self._lines([job], f"{folder}/job.json")
        self._copy(ITEMS, f"{folder}/conversation_items.jsonl")
        self._copy(CUSTOMERS, f"{folder}/customers.jsonl")
        self._lines(AGENT_ROWS, f"{folder}/agents.jsonl")
        self._lines(TOPIC_ROWS, f"{folder}/topics.jsonl")

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            self._connection.execute(f"set variable {name} = ?", [value])

    def _copy(self, sql: str, file: str) -> None:
        path = self._out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        options = "format csv, header" if path.suffix == ".csv" else "format json"
        self._connection.execute(f"copy ({sql}) to '{path}' ({options})")

    def _report(self, name: str, sql: str, stem: str) -> None:
        """Write a report with its whole header; columns a query lacks are blank."""
        found = self._connection.execute(f"describe {sql}").fetchall()
        columns = {str(row[0]) for row in found}
        if unknown := columns - set(HEADERS[name]):
            raise ValueError(f"{name} has no columns {', '.join(sorted(unknown))}")
        chosen = ", ".join(
            f'"{header}"' if header in columns else f'null as "{header}"'
            for header in HEADERS[name]
        )
        self._copy(f"select {chosen} from ({sql})", f"reports/{name}/{stem}.csv")

    def _lines(self, rows: list[Row], file: str) -> None:
        path = self._out / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


AGENT_ROWS: list[Row] = [
    {
        "id": f"agent-{number:03d}",
        "name": f"Agent {number:03d}",
        "emailAddress": f"agent{number:03d}@larkspur.example.com",
    }
    for number in range(AGENTS)
]
TOPIC_ROWS: list[Row] = [
    {"id": f"topic-{number:02d}", "name": f"Topic {number:02d}", "disabled": False}
    | (
        {"parentId": f"topic-{number % ROOT_TOPICS:02d}"}
        if number >= ROOT_TOPICS
        else {}
    )
    for number in range(TOPICS)
]
INBOX_ROWS: list[Row] = [
    {"id": f"inbox-{number:02d}", "name": f"Inbox {number:02d}", "disabled": False}
    for number in range(INBOXES)
]

MACROS = (
    # A number from 0 up to a bound that looks like chance.
    """
    create macro pick(n, what, bound) as
        cast(hash(n, what, getvariable('seed')) % bound as bigint)
    """,
    """
    create macro id_of(kind, n) as
        substr(md5(kind || '-' || getvariable('seed') || '-' || n), 1, 22)
    """,
    "create macro padded(n, width) as lpad(cast(n as varchar), width, '0')",
    "create macro inbox_id(n) as 'inbox-' || padded(n, 2)",
    "create macro inbox_name(n) as 'Inbox ' || padded(n, 2)",
    "create macro agent_id(n) as 'agent-' || padded(n, 3)",
    "create macro agent_name(n) as 'Agent ' || padded(n, 3)",
    "create macro topic_id(n) as 'topic-' || padded(n, 2)",
    "create macro plus(first, seconds) as first + to_seconds(cast(seconds as double))",
    "create macro stamp(moment) as strftime(moment, '%Y-%m-%dT%H:%M:%S.%gZ')",
    """
    create macro day_of(moment) as
        cast(date_diff('day', getvariable('start_at'), moment) as integer) + 1
    """,
    "create macro seconds_of(first, last) as date_diff('second', first, last)",
)

#: Seconds that a conversation lasts at least and at most.
SHORTEST, LONGEST = 2_000, 4 * 86_400

TABLES = (
    # An ordinary customer has two conversations, half a life apart; a giant's follow
    # one another. Of a pair the even customer is absorbed by the odd one: with both
    # second conversations open, or between the first and the second, after which the
    # absorbed profile has no conversation of its own.
    f"""
    create table planned as
    with ordinary as (
        select
            n,
            n % getvariable('customers') as customer,
            n // getvariable('customers') as turn,
            pick(n % getvariable('customers') // 2, 'day', getvariable('half')) as day
        from range(getvariable('customers') * 2) as numbers(n)
    ),
    paired as (
        select
            *,
            pick(customer // 2, 'merge', 100) < 4
            and day < getvariable('half') - 16
            and customer // 2 * 2 + 1 < getvariable('customers') as is_paired,
            pick(customer // 2, 'kind', 2) = 0 as is_open_merge
        from ordinary
    )
    select
        n,
        customer,
        turn,
        plus(
            getvariable('start_at'),
            (day + turn * getvariable('half')) * 86400
            + pick(customer // 2, 'second', 80000) + customer % 2 * 600
        ) as created_at,
        case
            when is_paired and is_open_merge and turn = 1
                then 2 * 86400 + pick(n, 'length', 86400)
            else {SHORTEST} + pick(n, 'length', {LONGEST - SHORTEST})
        end as open_seconds,
        is_paired,
        is_open_merge
    from paired
    where not (is_paired and not is_open_merge and turn = 1 and customer % 2 = 0)
    union all
    select
        getvariable('customers') * 2 + n as n,
        getvariable('customers') + n // getvariable('giant') as customer,
        n % getvariable('giant') as turn,
        plus(
            getvariable('start_at'),
            n % getvariable('giant') * getvariable('giant_gap')
        ) as created_at,
        least({LONGEST}, getvariable('giant_gap') // 2) as open_seconds,
        false as is_paired,
        false as is_open_merge
    from range({GIANTS} * getvariable('giant')) as numbers(n)
    """,
    """
    create table merges as
    select
        customer as absorbed,
        customer + 1 as survivor,
        case when is_open_merge then n end as absorbed_conversation,
        case when is_open_merge then n + 1 end as surviving_conversation,
        case
            when is_open_merge then plus(created_at, 43200)
            else plus(created_at, 10 * 86400)
        end as merged_at,
        day_of(merged_at) as day
    from planned
    where is_paired and customer % 2 = 0 and turn = cast(is_open_merge as integer)
    """,
    """
    create table conversations as
    select
        planned.n,
        planned.customer,
        id_of('c', planned.n) as conversation_id,
        id_of('u', planned.customer) as customer_id,
        planned.created_at,
        plus(planned.created_at, planned.open_seconds) as closes_at,
        merges.merged_at as absorbed_at,
        -- Closed after some hours, and opened again an hour later.
        planned.open_seconds > 20000
        and pick(planned.n, 'again', 5) = 0
        and merges.merged_at is null as is_reopened,
        pick(planned.n, 'inbox', 20) as inbox,
        pick(planned.n, 'inbox2', 20) as second_inbox,
        pick(planned.n, 'agent', 200) as agent,
        pick(planned.n, 'agent2', 200) as second_agent,
        pick(planned.n, 'topic', 80) as topic,
        (pick(planned.n, 'topic', 80) + 1 + pick(planned.n, 'topic2', 79)) % 80
            as second_topic,
        list_extract(
            ['CHAT', 'EMAIL', 'SMS', 'WHATSAPP', 'INSTAGRAM_DIRECT'],
            1 + pick(planned.n, 'channel', 5)
        ) as channel,
        day_of(planned.created_at) as day
    from planned
    left join merges on planned.n = merges.absorbed_conversation
    order by day, planned.n
    """,
    # The first contact with the first inbox and agent, the second with the second.
    """
    create table contacts as
    with turns as (
        select
            *,
            unnest([0, 1]) as turn
        from conversations
    )
    select
        *,
        n * 2 + turn as contact,
        id_of('k', n * 2 + turn) as contact_id,
        plus(
            created_at,
            case turn
                when 1
                    then greatest(800, least(
                        seconds_of(created_at, closes_at) // 4, 9000
                    ))
                else 0
            end
        ) as queued_at,
        plus(queued_at, 300 + pick(n * 2 + turn, 'contact', 280)) as ended_at,
        case turn when 0 then inbox else second_inbox end as contact_inbox,
        case turn when 0 then agent else second_agent end as contact_agent,
        day_of(queued_at) as queued_day,
        day_of(ended_at) as ended_day
    from turns
    where
        pick(n, 'alone', 20) > 0
        and (turn = 0 or pick(n, 'second', 100) < 58)
        and plus(created_at, 10000) < getvariable('end_at')
    order by queued_day, contact
    """,
    """
    create table work_sessions as
    with hands as (
        select
            *,
            unnest([0, 1]) as hand
        from contacts
    )
    select
        *,
        id_of('w', contact * 2 + hand) as work_session_id,
        case hand
            when 0 then contact_agent
            else agent + second_agent - contact_agent
        end as worker,
        30 + pick(contact * 2 + hand, 'handle', 600) as handle_seconds,
        pick(contact * 2 + hand, 'after', 40) as after_seconds
    from hands
    where hand = 0 or (agent != second_agent and pick(contact, 'hands', 8) = 0)
    order by ended_day, contact, hand
    """,
    f"""
    create table items as
    with lengths as (
        select
            *,
            case
                when n < {LONG_CONVERSATIONS} and absorbed_at is null then {LONG}
                else 10
            end as item_count
        from conversations
    ),
    steps as (
        select
            *,
            unnest(range(item_count)) as step
        from lengths
    )
    select
        *,
        n * {LONG} + step as item,
        case step
            when item_count - 1 then closes_at
            else plus(created_at, step * 1500 // item_count)
        end as occurred_at,
        case
            when step = item_count - 1 then 'CONVERSATION_STATUS_CHANGE'
            when step = 2 then 'TOPIC_CHANGE'
            when step = 5 then 'CONVERSATION_NOTE'
            when channel = 'CHAT' then 'CHAT_MESSAGE'
            else channel
        end as content_type,
        step % 2 = 1 or step in (2, item_count - 1) as is_agent,
        day_of(occurred_at) as item_day
    from steps
    where
        (absorbed_at is null or occurred_at < absorbed_at)
        and occurred_at < getvariable('end_at')
    order by item_day, item
    """,
    """
    create table conversation_events as
    with steps as (
        select
            *,
            unnest([0, 1, 20, 194, 195, 300, 485, 600, 700, 10000, 13600, -1]) as step
        from conversations
    )
    select
        *,
        case step when -1 then closes_at else plus(created_at, step) end
            as occurred_at,
        case step
            when 0 then 'CONVERSATION/CREATED'
            when 194 then 'CONVERSATION/TOPIC_ADDED'
            when 195 then 'CONVERSATION/TOPIC_ADDED'
            when 300 then 'CONVERSATION/TOPIC_REMOVED'
            when 485 then 'NOTE/CREATED'
            when 10000 then 'CONVERSATION/CLOSED'
            when 13600 then 'CONVERSATION/REOPENED'
            when -1 then 'CONVERSATION/CLOSED'
            else 'CONVERSATION_ASSIGNEE/UPDATED'
        end as event_type,
        day_of(occurred_at) as event_day
    from steps
    where
        (step not in (10000, 13600) or is_reopened)
        and (absorbed_at is null or occurred_at < absorbed_at)
        and occurred_at < getvariable('end_at')
    order by event_day, n, step
    """,
)

ITEMS = """
select
    id_of('i', item) as "id",
    customer_id as "customerId",
    conversation_id as "conversationId",
    stamp(occurred_at) as "timestamp",
    case
        when is_agent then {'id': agent_id(agent), 'type': 'AGENT'}
        else {'id': customer_id, 'type': 'CUSTOMER'}
    end as "initiator",
    case content_type
        when 'CONVERSATION_STATUS_CHANGE'
            then json_object('type', content_type, 'status', 'CLOSED')
        when 'TOPIC_CHANGE'
            then json_object(
                'type', content_type,
                'addedTopicIds', [topic_id(topic), topic_id(second_topic)]
            )
        when 'CONVERSATION_NOTE'
            then json_object('type', content_type, 'body', 'Note ' || item)
        when 'CHAT_MESSAGE'
            then json_object(
                'type', content_type,
                'messageType', 'TEXT',
                'sessionId', 'chat-' || n,
                'content', 'Where is order ' || item || '? It was due last week.'
            )
        when 'EMAIL'
            then json_object(
                'type', content_type,
                'from', case
                    when is_agent then 'help@larkspur.example.com'
                    else 'guest' || customer || '@example.com'
                end,
                'to', [case
                    when is_agent then 'guest' || customer || '@example.com'
                    else 'help@larkspur.example.com'
                end],
                'subject', 'Order ' || n,
                'content', 'Where is order ' || item || '? It was due last week.'
            )
        when 'SMS'
            then json_object(
                'type', content_type,
                'from', case when is_agent then '+12025550100' else '+12025550190' end,
                'to', case when is_agent then '+12025550190' else '+12025550100' end,
                'content', 'Where is order ' || item || '? It was due last week.'
            )
        else json_object(
            'type', content_type,
            'content', 'Where is order ' || item || '? It was due last week.'
        )
    end as "content"
from items
where item_day = getvariable('day')
"""

CUSTOMERS = """
select distinct
    customer_id as "id",
    'Guest ' || customer as "name",
    ['guest' || customer || '@example.com'] as "emailAddresses"
from items
where item_day = getvariable('day')
order by customer_id
"""

# Of the first contact all but its messages, and the creation of the conversation.
EVENTS = """
with steps as (
    select
        *,
        unnest([0, 1, 2, 3, 4, 5]) as step
    from contacts
    where turn = 0 and queued_day = getvariable('day')
),
events as (
    select
        id_of('e', n * 6 + step) as "id",
        list_extract(
            [
                'CONVERSATION/CREATED', 'CONTACT/STARTED', 'CONTACT/OFFERED',
                'CONTACT/OFFER_ACCEPTED', 'CONTACT/FULFILLED', 'CONTACT/ENDED'
            ],
            step + 1
        ) as "type",
        case step
            when 5 then ended_at
            else plus(queued_at, list_extract([0, 0, 10, 20, 150], step + 1))
        end as occurred_at,
        case
            when step < 2 then {'id': customer_id, 'type': 'CUSTOMER'}
            else {'id': agent_id(agent), 'type': 'AGENT'}
        end as "initiator",
        case step
            when 0
                then json_object(
                    'customerId', customer_id,
                    'conversationId', conversation_id,
                    'context', {'assignee': {'inboxId': inbox_id(inbox)}}
                )
            else json_merge_patch(
                json_object(
                    'channel', channel,
                    'contactId', contact_id,
                    'conversationId', conversation_id,
                    'customerId', customer_id,
                    'context', {'assignee': {'inboxId': inbox_id(contact_inbox)}}
                ),
                case step
                    when 2 then json_object('agentId', agent_id(contact_agent))
                    when 3 then json_object('agentId', agent_id(contact_agent))
                    when 4 then json_object('fulfilledType', 'RESPONDED')
                    when 5
                        then json_object('status', 'ANSWERED', 'reason', 'AGENT_ENDED')
                    else '{}'::json
                end
            )
        end as "content"
    from steps
    union all
    select
        id_of('m', absorbed) as "id",
        'CUSTOMER/MERGED' as "type",
        merged_at as occurred_at,
        {'id': agent_id(0), 'type': 'AGENT'} as "initiator",
        json_merge_patch(
            json_object(
                'sourceCustomerId', id_of('u', absorbed),
                'destinationCustomerId', id_of('u', survivor)
            ),
            case
                when absorbed_conversation is null then '{}'::json
                else json_object(
                    'sourceConversationId', id_of('c', absorbed_conversation),
                    'destinationConversationId', id_of('c', surviving_conversation)
                )
            end
        ) as "content"
    from merges
    where day = getvariable('day')
)
select
    "id",
    "type",
    stamp(occurred_at) as "timestamp",
    "initiator",
    "content"
from events
order by occurred_at, "id"
"""

WORK_SESSIONS = """
select
    work_session_id as "id",
    contact_id as "contact_session_id",
    stamp(queued_at) as "contact_session_created_at",
    customer_id as "customer_id",
    conversation_id as "conversation_id",
    inbox_id(contact_inbox) as "inbox_id",
    channel as "channel",
    'INBOUND' as "direction",
    stamp(plus(queued_at, 20 + hand * 100)) as "agent_accepted_at",
    stamp(plus(queued_at, 10 + hand * 100)) as "contact_session_routed_at",
    agent_id(worker) as "agent_id",
    stamp(plus(queued_at, 150)) as "sla_fulfilled_at",
    stamp(ended_at) as "contact_session_ended_at",
    'ANSWERED' as "status",
    'true' as "within_sla",
    handle_seconds as "work_session_handle_time_sec",
    after_seconds as "work_session_after_contact_time_sec",
    0 as "work_session_unknown_time_sec",
    inbox_id(contact_inbox) as "accepted_inbox_id"
from work_sessions
where ended_day = getvariable('day')
"""

CONTACTS = """
with worked as (
    select
        contact,
        sum(handle_seconds) as handle_seconds,
        sum(after_seconds) as after_seconds
    from work_sessions
    where ended_day between getvariable('since') and getvariable('day') + 1
    group by contact
)
select
    'UTC' as "Timezone Filter",
    'All Channels' as "Channel Filter",
    'All Inboxes' as "Inboxes Filter",
    stamp(contacts.queued_at) as "Queued At",
    contacts.customer_id as "Customer ID",
    contacts.conversation_id as "Conversation ID",
    contacts.contact_id as "Contact ID",
    contacts.channel as "Channel",
    'INBOUND' as "Direction",
    'Customer' as "Contact Initiator",
    'RESPONDED' as "Fulfilled Type",
    'ANSWERED' as "Status",
    inbox_name(contacts.contact_inbox) as "Inbox when Queued",
    inbox_name(contacts.contact_inbox) as "Inbox when Ended",
    agent_name(contacts.contact_agent) as "Agent when Ended",
    stamp(plus(contacts.queued_at, 10)) as "Offered At",
    stamp(plus(contacts.queued_at, 20)) as "Accepted At",
    stamp(plus(contacts.queued_at, 150)) as "Fulfilled At",
    stamp(plus(contacts.queued_at, 600)) as "Due At",
    stamp(contacts.ended_at) as "Ended At",
    600 as "SLA Target (sec)",
    150 as "Queued-to-Fulfilled (sec)",
    20 as "Queued-to-Accepted (sec)",
    seconds_of(contacts.queued_at, contacts.ended_at) as "Queued-to-Ended (sec)",
    130 as "Accepted-to-Fulfilled (sec)",
    -450 as "Seconds within (-) or over (+) SLA",
    worked.handle_seconds as "Contact Handle Time (sec)",
    worked.after_seconds as "After Contact Time (sec)",
    worked.handle_seconds + worked.after_seconds as "Total Contact Handle Time (sec)",
    1 as "Times Offered",
    1 as "Times Accepted",
    0 as "Times Missed",
    0 as "Times Declined",
    0 as "Times Transferred"
from contacts
left join worked on contacts.contact = worked.contact
where
    contacts.queued_day between getvariable('since') and getvariable('day')
    and contacts.ended_at < getvariable('known_until')
order by contacts.contact
"""

# Recomputed when asked: whoever was absorbed by then goes by the survivor's id.
TIMESTAMPS = """
with owned as (
    select
        conversation_events.*,
        coalesce(id_of('u', merges.survivor), conversation_events.customer_id)
            as owner_id
    from conversation_events
    left join merges
        on
            conversation_events.customer = merges.absorbed
            and merges.merged_at < getvariable('known_until')
    where conversation_events.event_day = getvariable('day')
),
events as (
    select
        occurred_at,
        n,
        step,
        event_type as "Event Type",
        conversation_id as "Conversation ID",
        owner_id as "Customer ID",
        case step when 0 then 'CUSTOMER' else 'AGENT' end as "Initiator Type",
        case step when 0 then owner_id else agent_id(agent) end as "Initiator ID",
        case when step != 0 then agent_name(agent) end as "Initiator Agent Name",
        inbox_id(case when step between 0 and 600 then inbox else second_inbox end)
            as "Assigned Inbox ID",
        case
            when step between 21 and 600 then agent_id(agent)
            when step > 700 or step = -1 then agent_id(second_agent)
        end as "Assigned Agent ID",
        case step
            when 194 then topic_id(topic)
            when 195 then topic_id(second_topic)
            when 300 then topic_id(second_topic)
        end as "Topic ID",
        case step
            when 1 then inbox_id(inbox)
            when 20 then inbox_id(inbox)
            when 600 then inbox_id(second_inbox)
            when 700 then inbox_id(second_inbox)
        end as "Newly Assigned Inbox ID",
        case step
            when 20 then agent_id(agent)
            when 700 then agent_id(second_agent)
        end as "Newly Assigned Agent ID",
        case when step in (1, 20, 600, 700) then 'MANUAL' end
            as "Assignment Update Reason",
        null as "Merged Customer ID",
        null as "Merged Conversation ID"
    from owned
    union all
    select
        merged_at,
        coalesce(surviving_conversation, absorbed),
        -2,
        'CUSTOMER/MERGED',
        case
            when surviving_conversation is not null
                then id_of('c', surviving_conversation)
        end,
        id_of('u', survivor),
        'AGENT',
        agent_id(0),
        agent_name(0),
        null,
        null,
        null,
        null,
        null,
        null,
        id_of('u', absorbed),
        case
            when absorbed_conversation is not null
                then id_of('c', absorbed_conversation)
        end
    from merges
    where day = getvariable('day')
)
select
    'UTC' as "Timezone Filter",
    stamp(occurred_at) as "Timestamp",
    * exclude (occurred_at, n, step)
from events
order by occurred_at, n, step
"""

CONVERSATIONS = """
with known as (
    select
        conversations.*,
        coalesce(id_of('u', merges.survivor), conversations.customer_id) as owner_id,
        coalesce(absorbed_at < getvariable('known_until'), false) as is_absorbed,
        absorbed_at is null and closes_at < getvariable('known_until') as is_ended,
        is_reopened and plus(created_at, 10000) < getvariable('known_until')
            as was_closed,
        is_reopened and plus(created_at, 13600) < getvariable('known_until')
            as was_reopened,
        plus(created_at, 600) < getvariable('known_until') as is_moved
    from conversations
    left join merges
        on
            conversations.customer = merges.absorbed
            and merges.merged_at < getvariable('known_until')
    where
        conversations.day between getvariable('since') and getvariable('day') + 1
        and created_at < getvariable('known_until')
),
dated as (
    select
        *,
        case
            when was_closed then plus(created_at, 10000)
            when is_ended then closes_at
        end as first_closed_at,
        case
            when is_ended then closes_at
            when was_closed then plus(created_at, 10000)
        end as last_closed_at
    from known
)
select
    'UTC' as "Timezone Filter",
    'All Inboxes' as "Inboxes Filter",
    stamp(created_at) as "Created At",
    conversation_id as "Conversation ID",
    owner_id as "Customer ID",
    case
        when is_absorbed then 'MERGED'
        when is_ended or (was_closed and not was_reopened) then 'CLOSED'
        else 'OPEN'
    end as "Status",
    agent_id(case when is_moved then second_agent else agent end)
        as "Assigned Agent ID - Current",
    inbox_id(case when is_moved then second_inbox else inbox end)
        as "Inbox ID - Current",
    stamp(first_closed_at) as "First Closed At",
    stamp(last_closed_at) as "Last Closed At",
    'Customer' as "Initiator Type - Created",
    inbox_id(inbox) as "Inbox ID - Created",
    case when last_closed_at is not null then 'Agent' end
        as "Initiator Type - Last Closed",
    case when last_closed_at is not null then agent_id(agent) end
        as "Initiator Agent ID - Last Closed",
    case when last_closed_at is not null then inbox_id(second_inbox) end
        as "Inbox ID - Last Closed",
    case when last_closed_at is not null then agent_id(second_agent) end
        as "Assigned Agent ID - Last Closed",
    channel as "First Channel",
    channel as "Last Channel",
    seconds_of(created_at, first_closed_at)
        as "Created-to-First Closed Time in Seconds",
    seconds_of(created_at, last_closed_at)
        as "Created-to-Last Closed Time in Seconds",
    'Yes' as "Is FCR Eligible",
    case when is_reopened then 'No' else 'Yes' end as "Is FCR Success",
    1 as "Count of Channels",
    1 as "Count of Notes",
    cast(was_closed as integer) + cast(is_ended as integer) as "Times Closed",
    cast(was_reopened as integer) as "Times Reopened",
    2 as "Times Topic Added",
    1 as "Times Topic Removed"
from dated
order by n
"""

TOTALS = """
with happened as (
    select
        *,
        coalesce(absorbed_at < getvariable('end_at'), false) as is_absorbed
    from conversations
    where created_at < getvariable('end_at')
)
select
    (select count(*) from happened where not is_absorbed),
    (select count(*) from happened where is_absorbed),
    (
        select count(distinct customer) from happened
        where customer not in (select absorbed from merges)
    ),
    (select count(*) from merges where merged_at < getvariable('end_at')),
    (select count(*) from contacts),
    (select count(*) from work_sessions),
    (select cast(sum(handle_seconds) as bigint) from work_sessions),
    (
        select count(*) from items
        where content_type not in (
            'CONVERSATION_STATUS_CHANGE', 'TOPIC_CHANGE', 'CONVERSATION_NOTE'
        )
    ),
    (select count(*) from conversation_events where event_type = 'CONVERSATION/CLOSED')
"""
