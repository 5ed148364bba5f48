with

lasting as (

    select * from {{ ref('int_contacts_open_dated') }}

),

ends as (

    select * from {{ ref('int_conversation_ids_resolved') }}
    where ended_by is not null

),

closings as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}
    where status = 'closed'

),

closed_when_captured as (

    select * from {{ ref('int_conversation_snapshots_deduplicated') }}
    where conversation_status = 'closed'

),

-- Closing a conversation ends its contacts, and so does its own end.
proofs as (

    select
        lasting.contact_id,
        'conversation_closed' as over_because,
        closings.valid_from as over_by
    from lasting
    inner join closings
        on
            lasting.conversation_id = closings.conversation_id
            and lasting.last_open_at <= closings.valid_from

    union all

    select
        lasting.contact_id,
        'conversation_closed' as over_because,
        closed_when_captured.observed_at as over_by
    from lasting
    inner join closed_when_captured
        on
            lasting.conversation_id
            = closed_when_captured.reported_conversation_id
            and lasting.last_open_at <= closed_when_captured.known_until

    union all

    select
        lasting.contact_id,
        'conversation_' || ends.ended_by as over_because,
        ends.ended_at as over_by
    from lasting
    inner join ends
        on
            lasting.reported_conversation_id = ends.reported_conversation_id
            and lasting.last_open_at <= ends.ended_at

    union all

    select
        contact_id,
        'status_reported' as over_because,
        ended_by as over_by
    from lasting
    where ended_by is not null

    union all

    -- What is deleted has no open contacts, whenever that was.
    select
        lasting.contact_id,
        'conversation_deleted' as over_because,
        greatest(ends.ended_at, lasting.last_open_at) as over_by
    from lasting
    inner join ends
        on
            lasting.conversation_id = ends.reported_conversation_id
            and ends.ended_by = 'deleted'

),

earliest as (

    select
        proofs.contact_id,
        proofs.over_because,
        proofs.over_by,
        lasting.last_open_at
    from proofs
    inner join lasting on proofs.contact_id = lasting.contact_id
    qualify row_number() over (
        partition by proofs.contact_id
        order by proofs.over_by asc nulls last, proofs.over_because asc
    ) = 1

)

select * from earliest
