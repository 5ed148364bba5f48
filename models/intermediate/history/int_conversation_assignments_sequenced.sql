{%- set in_order =
    "partition by reported_conversation_id "
    ~ "order by observed_at asc, event_number asc nulls last"
-%}

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

-- A context without a column, as in older versions, does not say none.
reporting as (

    select
        source_extract,
        bool_or(previous_inbox_id is not null) as has_inboxes,
        bool_or(previous_agent_id is not null) as has_agents
    from events
    group by source_extract

),

-- Events report the assignment before them, too.
described as (

    select
        observed.*,
        observed.observed_by in ('beginning', 'assignment') as is_recorded,
        events.event_type,
        events.assignment_reason,
        events.initiator_type,
        events.initiator_id,
        {% for owner, plural in [('inbox', 'inboxes'), ('agent', 'agents')] %}
            case
                when
                    coalesce(
                        events.is_{{ owner }}_reported,
                        reporting.has_{{ plural }},
                        true
                    )
                    then coalesce(events.previous_{{ owner }}_id, '')
            end as {{ owner }}_before,
            coalesce(
                observed.is_{{ owner }}_reported,
                reporting.has_{{ plural }},
                true
            ) as has_{{ owner }},
        {% endfor %}
        events._extract_file
    from observed
    left join events
        on
            observed.reported_conversation_id = events.reported_conversation_id
            and observed.event_number = events.event_number
    left join reporting on events.source_extract = reporting.source_extract

),

{{ assignees_known('described') }},

-- An assignment that leaves everything as it is, is one all the same; what
-- other events and snapshots show is news only when it differs. Who it was of
-- whom nothing was reported, is no change.
changes as (

    select
        *,
        nullif(nullif(known_inbox, ''), '?') as known_inbox_id,
        nullif(nullif(known_agent, ''), '?') as known_agent_id,
        '?' not in (known_inbox, known_agent) as is_assignee_known,
        known_inbox != '?' as is_inbox_known,
        known_agent != '?' as is_agent_known,
        is_recorded
        or coalesce(previous_inbox, previous_agent) is null
        {% for owner in ['inbox', 'agent'] %}
            or coalesce(
                nullif(known_{{ owner }}, '?')
                != nullif(previous_{{ owner }}, '?'),
                false
            )
        {% endfor %} as is_change_known,
        row_number() over ({{ in_order }}) as sequence_number,
        lead(observed_at) over ({{ in_order }}) as next_observed_at
    from placed
    where
        is_recorded
        or known_inbox != coalesce(previous_inbox, 'none yet')
        or known_agent != coalesce(previous_agent, 'none yet')

),

sequenced as (

    select
        conversation_ids.conversation_id,
        changes.reported_conversation_id,
        changes.sequence_number,
        changes.known_inbox_id as inbox_id,
        changes.known_agent_id as agent_id,
        changes.is_assignee_known,
        changes.is_inbox_known,
        changes.is_agent_known,
        changes.observed_at as assigned_at,
        coalesce(changes.next_observed_at, conversation_ids.ended_at)
            as unassigned_at,
        changes.is_recorded as is_beginning_reported,
        changes.is_change_known,
        {% for name, value in {
            'assignment_reason': 'assignment_reason',
            'assigned_by_type': 'initiator_type',
            'assigned_by_agent_id':
                "case when initiator_type = 'agent' then initiator_id end",
        }.items() %}
            case when changes.observed_by = 'assignment' then {{ value }} end
                as {{ name }},
        {% endfor %}
        case
            when
                changes.observed_by = 'closing'
                or (
                    changes.observed_by = 'beginning'
                    and changes.event_type = 'conversation_closed'
                )
                then changes.observed_at - interval 1 microsecond
            else changes.observed_at
        end as known_there_at
    from changes
    left join conversation_ids
        on
            changes.reported_conversation_id
            = conversation_ids.reported_conversation_id

)

select * from sequenced
