with

work_sessions as (

    select
        *,
        {{ to_reporting_date(
            'coalesce(contact_ended_at, contact_created_at)'
        ) }} as activity_date
    from {{ ref('int_work_sessions_deduplicated') }}

),

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

statuses as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}
    where status = 'closed'

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where event_type = 'conversation_closed' and not is_posthumous

),

summed as (

    select
        agent_id,
        activity_date,
        count(*) as work_session_count,
        count(distinct contact_id) as contact_count,
        round(sum(handle_seconds), 3) as handle_seconds,
        round(sum(after_contact_seconds), 3) as after_contact_seconds,
        round(sum(unknown_seconds), 3) as unknown_seconds
    from work_sessions
    group by agent_id, activity_date

),

closings as (

    select
        reported_conversation_id,
        happened_at,
        max_by(initiator_type, event_number)
        filter (where initiator_type is not null) as initiator_type,
        max_by(initiator_id, event_number)
        filter (where initiator_id is not null) as initiator_id
    from events
    group by reported_conversation_id, happened_at

),

outcomes as (

    select
        agent_id,
        {{ to_reporting_date('occurred_at') }} as activity_date,
        'message_sent' as outcome
    from conversation_items
    where is_message and is_from_agent and agent_id is not null

    union all

    -- Reported twice within a second, it was closed once.
    select
        closings.initiator_id as agent_id,
        {{ to_reporting_date('closings.happened_at') }} as activity_date,
        'conversation_closed' as outcome
    from closings
    inner join statuses
        on
            closings.reported_conversation_id
            = statuses.reported_conversation_id
            and closings.happened_at = statuses.valid_from
    where
        closings.initiator_type = 'agent' and closings.initiator_id is not null

),

counted as (

    select
        agent_id,
        activity_date,
        count(*) filter (where outcome = 'message_sent') as message_sent_count,
        count(*) filter (where outcome = 'conversation_closed')
            as closed_conversation_count
    from outcomes
    group by agent_id, activity_date

),

joined as (

    select
        coalesce(summed.agent_id, counted.agent_id) as agent_id,
        coalesce(summed.activity_date, counted.activity_date) as activity_date,
        summed.agent_id is not null as has_work,
        summed.work_session_count,
        summed.contact_count,
        summed.handle_seconds,
        summed.after_contact_seconds,
        summed.unknown_seconds,
        counted.message_sent_count,
        counted.closed_conversation_count
    from summed
    full outer join counted
        on
            summed.agent_id = counted.agent_id
            and summed.activity_date = counted.activity_date

)

select * from joined
