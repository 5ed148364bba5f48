with

observed as (

    select * from {{ ref('int_conversation_assignments_unioned') }}

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

-- Older versions of a report lack columns: a context without one does not say
-- that there was none.
reporting as (

    select
        source_extract,
        bool_or(previous_inbox_id is not null) as has_inboxes,
        bool_or(previous_agent_id is not null) as has_agents
    from events
    group by source_extract

),

described as (

    select
        observed.reported_conversation_id,
        observed.event_number,
        observed.observed_at,
        observed.inbox_id,
        observed.agent_id,
        observed.observed_by,
        events.assignment_reason,
        events.initiator_type,
        events.initiator_id,
        coalesce(observed.is_inbox_reported, reporting.has_inboxes, true)
            as is_inbox_reported,
        coalesce(observed.is_agent_reported, reporting.has_agents, true)
            as is_agent_reported
    from observed
    left join events
        on
            observed.reported_conversation_id = events.reported_conversation_id
            and observed.event_number = events.event_number
    left join reporting on events.source_extract = reporting.source_extract

),

compared as (

    select
        {% for owner in ['inbox', 'agent'] %}
            nullif(
                {{ last_known(
                    "case when is_" ~ owner ~ "_reported"
                    ~ " then coalesce(" ~ owner ~ "_id, '') end"
                ) }} over earlier, ''
            ) as previous_{{ owner }}_id,
        {% endfor %}
        described.*
    from described
    window
        earlier as (
            partition by reported_conversation_id
            order by observed_at asc, event_number asc nulls last
            rows between unbounded preceding and 1 preceding
        )

),

-- An assignment that leaves everything as it is, is one all the same; what
-- other events and snapshots show is news only when it differs.
changes as (

    select
        *,
        case when is_inbox_reported then inbox_id else previous_inbox_id end
            as known_inbox_id
    from compared
    where
        observed_by in ('beginning', 'assignment')
        or (is_inbox_reported and inbox_id is distinct from previous_inbox_id)
        or (is_agent_reported and agent_id is distinct from previous_agent_id)

),

sequenced as (

    select
        conversation_ids.conversation_id,
        changes.reported_conversation_id,
        row_number() over (
            partition by changes.reported_conversation_id
            order by
                changes.observed_at asc,
                changes.event_number asc nulls last
        ) as sequence_number,
        changes.known_inbox_id as inbox_id,
        changes.agent_id,
        changes.observed_at as assigned_at,
        coalesce(
            lead(changes.observed_at) over (
                partition by changes.reported_conversation_id
                order by
                    changes.observed_at asc,
                    changes.event_number asc nulls last
            ),
            conversation_ids.ended_at
        ) as unassigned_at,
        changes.observed_by in ('beginning', 'assignment')
            as is_beginning_reported,
        case
            when changes.observed_by = 'closing'
                then changes.observed_at - interval 1 microsecond
            else changes.observed_at
        end as known_there_at,
        case
            when changes.observed_by = 'assignment'
                then changes.assignment_reason
        end as assignment_reason,
        case
            when changes.observed_by = 'assignment' then changes.initiator_type
        end as assigned_by_type,
        case
            when
                changes.observed_by = 'assignment'
                and changes.initiator_type = 'agent'
                then changes.initiator_id
        end as assigned_by_agent_id
    from changes
    left join conversation_ids
        on
            changes.reported_conversation_id
            = conversation_ids.reported_conversation_id

)

select * from sequenced
