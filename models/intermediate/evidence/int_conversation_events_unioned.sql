with

events as (

    select * from {{ ref('stg_gladly__events') }}

),

timestamps_report as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

item_changes as (

    select * from {{ ref('int_conversation_item_changes_unioned') }}

),

snapshot_moments as (

    select * from {{ ref('int_conversation_snapshot_events_unioned') }}

),

-- Of an assignment whose file does not say to whom, the API says it.
outdone as (

    select timestamps_report.conversation_event_key as outdone_key
    from timestamps_report
    inner join events
        on
            timestamps_report.reported_conversation_id
            = events.reported_conversation_id
            and timestamps_report.event_type = events.event_type
            and {{ is_within_tolerance(
                'timestamps_report.occurred_at', 'events.occurred_at'
            ) }}
    where
        false in (
            timestamps_report.is_new_inbox_reported,
            timestamps_report.is_new_agent_reported
        )
        and events.event_type = 'conversation_assignee_updated'

),

reported as (

    select
        'events' as source_extract,
        event_id as source_key,
        reported_conversation_id,
        event_type,
        occurred_at,
        topic_id,
        context_inbox_id as previous_inbox_id,
        context_agent_id as previous_agent_id,
        assignee_inbox_id as new_inbox_id,
        assignee_agent_id as new_agent_id,
        reason as assignment_reason,
        initiator_type,
        initiator_id,
        _captured_at,
        _extract_file,
        _record_number,
        event_type != 'conversation_note_created' as is_agent_reported,
        cast(null as boolean) as is_inbox_reported,
        cast(null as boolean) as is_new_inbox_reported,
        cast(null as boolean) as is_new_agent_reported
    from events

    union all

    select
        'conversation_timestamps_report' as source_extract,
        conversation_event_key as source_key,
        reported_conversation_id,
        event_type,
        occurred_at,
        topic_id,
        assigned_inbox_id as previous_inbox_id,
        assigned_agent_id as previous_agent_id,
        new_inbox_id,
        new_agent_id,
        assignment_reason,
        initiator_type,
        initiator_id,
        _captured_at,
        _extract_file,
        _record_number,
        is_assigned_agent_reported as is_agent_reported,
        is_assigned_inbox_reported as is_inbox_reported,
        is_new_inbox_reported,
        is_new_agent_reported
    from timestamps_report
    where conversation_event_key not in (select outdone_key from outdone)

    {% for changes in ['item_changes', 'snapshot_moments'] %}
        union all

        select
            *,
            {{ 'null as is_agent_reported,' if changes == 'item_changes' }}
            null as is_inbox_reported,
            null as is_new_inbox_reported,
            null as is_new_agent_reported
        from {{ changes }}
    {% endfor %}

),

of_conversations as (

    select
        *,
        case source_extract
            when 'events' then 1
            when 'conversation_timestamps_report' then 2
            when 'conversation_items' then 3
            when 'conversation_export_report' then 4
            when 'conversations' then 5
        end as precedence,
        -- Items do not distinguish creation from reopening.
        case
            when
                event_type in ('conversation_created', 'conversation_reopened')
                then 'opened'
            when event_type like '%note_created' then 'noted'
            else event_type
        end as kind
    from reported
    where
        reported_conversation_id is not null
        and occurred_at is not null
        and event_type in (
            'conversation_created',
            'conversation_closed',
            'conversation_reopened',
            'conversation_topic_added',
            'conversation_topic_removed',
            'conversation_assignee_updated',
            'conversation_note_created',
            'note_created'
        )

)

select * from of_conversations
