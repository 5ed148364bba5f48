{%- set in_order =
    "partition by reported_conversation_id "
    ~ "order by observed_at asc, event_number asc nulls last"
-%}
{%- set earlier =
    in_order ~ " rows between unbounded preceding and 1 preceding"
-%}
{%- set is_moved =
    "(has_inbox and inbox_id is distinct from nullif(last_inbox, ''))"
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

described as (

    select
        observed.*,
        observed.observed_by in ('beginning', 'assignment') as is_recorded,
        events.assignment_reason,
        events.initiator_type,
        events.initiator_id,
        coalesce(observed.is_inbox_reported, reporting.has_inboxes, true)
            as has_inbox,
        coalesce(observed.is_agent_reported, reporting.has_agents, true)
            as has_agent
    from observed
    left join events
        on
            observed.reported_conversation_id = events.reported_conversation_id
            and observed.event_number = events.event_number
    left join reporting on events.source_extract = reporting.source_extract

),

followed as (

    select
        *,
        {{ last_known("case when has_inbox then coalesce(inbox_id, '') end") }}
            over ({{ earlier }}) as last_inbox
    from described

),

-- In another inbox, by a report that names no agent, its agent is unknown.
compared as (

    select
        *,
        {{ is_moved }} as is_moved,
        {{ last_known(
            "case when has_agent then coalesce(agent_id, '')"
            ~ " when is_recorded or " ~ is_moved ~ " then '?' end"
        ) }} over ({{ earlier }}) as last_agent
    from followed

),

-- An assignment that leaves everything as it is, is one all the same; what
-- other events and snapshots show is news only when it differs.
changes as (

    select
        *,
        case when has_inbox then inbox_id else nullif(last_inbox, '') end
            as known_inbox_id,
        has_agent and (has_inbox or last_inbox is not null)
            as is_assignee_known,
        row_number() over ({{ in_order }}) as sequence_number,
        lead(observed_at) over ({{ in_order }}) as next_observed_at
    from compared
    where
        is_recorded
        or is_moved
        or (has_agent and agent_id is distinct from nullif(last_agent, ''))

),

sequenced as (

    select
        conversation_ids.conversation_id,
        changes.reported_conversation_id,
        changes.sequence_number,
        changes.known_inbox_id as inbox_id,
        changes.agent_id,
        changes.is_assignee_known,
        changes.observed_at as assigned_at,
        coalesce(changes.next_observed_at, conversation_ids.ended_at)
            as unassigned_at,
        changes.is_recorded as is_beginning_reported,
        changes.is_recorded or changes.is_moved
        or coalesce(changes.last_agent, '') != '?' as is_change_known,
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
            when changes.observed_by = 'closing'
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
