with

events as (

    select * from {{ ref('stg_gladly__events') }}

),

contact_timestamps as (

    select * from {{ ref('stg_gladly__contact_timestamps_report') }}

),

-- The acting agent is never restated (R20), while a merge renames customers and
-- the report may restate an assignment (R33).
told as (

    select
        'events' as told_by,
        event_id as told_key,
        contact_id,
        event_type,
        date_trunc('millisecond', occurred_at) as occurred_at,
        case when initiator_type = 'agent' then initiator_id end
            as initiator_agent_id,
        context_inbox_id as assigned_inbox_id,
        context_agent_id as assigned_agent_id
    from events
    where contact_id is not null and event_type like 'contact_%'

    union all

    select
        'contact_timestamps' as told_by,
        contact_event_key as told_key,
        contact_id,
        event_type,
        date_trunc('millisecond', occurred_at) as occurred_at,
        case when initiator_type = 'agent' then initiator_id end
            as initiator_agent_id,
        assigned_inbox_id,
        assigned_agent_id
    from contact_timestamps
    where event_type like 'contact_%'

),

keyed as (

    select
        *,
        {{ hashed_key([
            'contact_id', 'event_type', 'occurred_at', 'initiator_agent_id',
        ]) }} as moment_key,
        {{ hashed_key(['assigned_inbox_id', 'assigned_agent_id']) }}
            as assignment_key
    from told

),

numbered as (

    select
        *,
        row_number() over (
            partition by told_by, moment_key, assignment_key
            order by told_key
        ) as place_among_alike
    from keyed

),

compared as (

    select
        *,
        count(*) over (
            partition by moment_key, assignment_key, place_among_alike
        ) > 1 as is_told_twice
    from numbered

),

-- Events alike in all are paired first, so that of several at one moment the
-- right ones meet; what is left over may differ in its assignment.
placed as (

    select
        *,
        row_number() over (
            partition by told_by, moment_key, is_told_twice
            order by assignment_key, told_key
        ) as place
    from compared

),

paired as (

    select
        contact_id,
        event_type,
        occurred_at,
        row_number() over (
            partition by contact_id, event_type, occurred_at
            order by moment_key, is_told_twice, place
        ) as place_at_moment,
        max(case when told_by = 'events' then told_key end) as event_id,
        max(case when told_by = 'contact_timestamps' then told_key end)
            as contact_timestamp_key
    from placed
    group by
        contact_id, event_type, occurred_at, moment_key, is_told_twice, place

)

select * from paired
