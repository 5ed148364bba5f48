with

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

closings as (

    select
        reported_conversation_id,
        happened_at,
        max_by(initiator_type, event_number) as initiator_type,
        max_by(initiator_id, event_number) as initiator_id
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

)

select * from counted
