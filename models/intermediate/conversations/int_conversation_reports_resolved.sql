with

reports as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_aggregated') }}

),

actor_types as (

    select * from {{ ref('seed_actor_types') }}
    where vocabulary = 'report'

),

-- Reports may drop milliseconds, or seconds.
matched as (

    select
        reports.*,
        coalesce(
            {{ is_within_tolerance(
                'reports.first_closed_at', 'lifecycles.first_closed_at'
            ) }}
            or {{ is_printed_to_minute(
                'reports.first_closed_at', 'lifecycles.first_closed_at'
            ) }},
            lifecycles.first_closed_at is null
        ) as is_first_closing,
        coalesce(
            {{ is_within_tolerance(
                'reports.last_closed_at', 'lifecycles.last_closed_at'
            ) }}
            or {{ is_printed_to_minute(
                'reports.last_closed_at', 'lifecycles.last_closed_at'
            ) }},
            lifecycles.last_closed_at is null
        ) as is_last_closing
    from reports
    left join lifecycles
        on
            reports.reported_conversation_id
            = lifecycles.reported_conversation_id

),

-- The history holds the report's own closings, and those that are newer or that
-- other captures report. What the report says of a closing stands.
continued as (

    select
        matched.reported_conversation_id,
        coalesce(lifecycles.created_at, matched.created_at) as created_at,
        {% for moment in ['first', 'last'] %}
            coalesce(
                lifecycles.{{ moment }}_closed_at,
                matched.{{ moment }}_closed_at
            ) as {{ moment }}_closed_at,
        {% endfor %}
        coalesce(lifecycles.close_count, matched.close_count) as close_count,
        coalesce(lifecycles.reopen_count, matched.reopen_count)
            as reopen_count,
        {% for moment in ['first', 'last'] %}
            coalesce(
                case
                    when matched.is_{{ moment }}_closing
                        then matched.created_to_{{ moment }}_closed_seconds
                end,
                lifecycles.created_to_{{ moment }}_closed_seconds
            ) as created_to_{{ moment }}_closed_seconds,
        {% endfor %}
        coalesce(matched.created_inbox_id, lifecycles.created_inbox_id)
            as created_inbox_id,
        case
            when lifecycles.is_assignment_known
                then lifecycles.current_inbox_id
            else matched.current_inbox_id
        end as current_inbox_id,
        case
            when matched.is_last_closing
                then coalesce(
                    matched.last_closed_inbox_id,
                    lifecycles.last_closed_inbox_id
                )
            else lifecycles.last_closed_inbox_id
        end as last_closed_inbox_id,
        case
            when lifecycles.is_assignment_known
                then lifecycles.current_agent_id
            else matched.current_agent_id
        end as current_agent_id,
        case
            when
                matched.is_last_closing
                and (
                    matched.is_last_closed_agent_reported
                    or matched.last_closed_agent_id is not null
                )
                then matched.last_closed_agent_id
            else lifecycles.last_closed_agent_id
        end as last_closed_agent_id,
        case
            when matched.is_last_closing
                then coalesce(
                    actor_types.actor_type,
                    matched.last_closed_by_type,
                    lifecycles.last_closed_by_type
                )
            else lifecycles.last_closed_by_type
        end as last_closed_by_type
    from matched
    left join lifecycles
        on
            matched.reported_conversation_id
            = lifecycles.reported_conversation_id
    left join actor_types
        on matched.last_closed_by_type = actor_types.reported_value

)

select * from continued
