with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}
    where ended_at is null and not {{ proves_end('end_status') }}

),

snapshots as (

    select * from {{ ref('int_conversation_snapshots_deduplicated') }}

),

last_changes as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where
        not is_posthumous
        and event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened'
        )
    qualify row_number() over (
        partition by reported_conversation_id
        order by happened_at desc, event_number desc
    ) = 1

),

-- What an extract shows of the conversation since then says more.
inferred as (

    select
        contacts.reported_conversation_id,
        min(contacts.queued_at) as reopened_at
    from contacts
    inner join last_changes
        on
            contacts.reported_conversation_id
            = last_changes.reported_conversation_id
            and contacts.queued_at > last_changes.happened_at
    left join snapshots
        on
            contacts.reported_conversation_id
            = snapshots.reported_conversation_id
    where
        last_changes.event_type = 'conversation_closed'
        and coalesce(contacts.queued_at > snapshots.known_until, true)
    group by contacts.reported_conversation_id

)

select * from inferred
