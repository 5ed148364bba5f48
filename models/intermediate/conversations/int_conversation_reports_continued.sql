with

reports as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

changes as (

    select * from {{ ref('int_conversation_changes_added') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_told') }}

),

assignments as (

    select * from {{ ref('int_conversation_assignments_summed') }}

),

snapshots as (

    select * from {{ ref('int_conversation_snapshots_selected') }}

),

actor_types as (

    select * from {{ ref('seed_actor_types') }}
    where vocabulary = 'report'

),

-- What is newer than the report counts before it, value by value.
continued as (

    select
        reports.reported_conversation_id,
        reports.created_at,
        coalesce(reports.first_closed_at, changes.first_closed_at)
            as first_closed_at,
        coalesce(changes.last_closed_at, reports.last_closed_at)
            as last_closed_at,
        {% for count in ['close_count', 'reopen_count'] %}
            coalesce(
                reports.{{ count }} + coalesce(changes.{{ count }}, 0),
                lifecycles.{{ count }}
            ) as {{ count }},
        {% endfor %}
        coalesce(
            reports.created_to_first_closed_seconds,
            {{ seconds_between('reports.created_at', 'reports.first_closed_at')
            }},
            {{ seconds_between('reports.created_at', 'changes.first_closed_at')
            }}
        ) as created_to_first_closed_seconds,
        coalesce(
            {{ seconds_between('reports.created_at', 'changes.last_closed_at')
            }},
            reports.created_to_last_closed_seconds,
            {{ seconds_between('reports.created_at', 'reports.last_closed_at')
            }}
        ) as created_to_last_closed_seconds,
        coalesce(reports.created_inbox_id, lifecycles.created_inbox_id)
            as created_inbox_id,
        {% for assignee in ['inbox_id', 'agent_id'] %}
            case
                when assignments.last_assigned_at > snapshots.known_until
                    then assignments.current_{{ assignee }}
                when snapshots.observed_at > reports._captured_at
                    then snapshots.current_{{ assignee }}
                else reports.current_{{ assignee }}
            end as current_{{ assignee }},
            case
                when changes.last_closed_at is not null
                    then lifecycles.last_closed_{{ assignee }}
                else reports.last_closed_{{ assignee }}
            end as last_closed_{{ assignee }},
        {% endfor %}
        case
            when changes.last_closed_at is not null
                then lifecycles.last_closed_by_type
            else coalesce(
                actor_types.actor_type,
                reports.last_closed_by_type,
                lifecycles.last_closed_by_type
            )
        end as last_closed_by_type
    from reports
    left join changes
        on reports.reported_conversation_id = changes.reported_conversation_id
    left join lifecycles
        on
            reports.reported_conversation_id
            = lifecycles.reported_conversation_id
    left join assignments
        on
            reports.reported_conversation_id
            = assignments.reported_conversation_id
    left join snapshots
        on
            reports.reported_conversation_id
            = snapshots.reported_conversation_id
    left join actor_types
        on reports.last_closed_by_type = actor_types.reported_value

)

select * from continued
