{# CTEs `stays` and `lanes`: where conversations were, one row per assignment,
   and one for the time before the first. That is in no inbox where a report
   with the column has a blank cell, else in one that no extract reports. #}
{% macro inbox_stays(assignments, openings, reports) -%}
{%- set ever = "cast('1900-01-01' as timestamp)" -%}
{%- set never = "cast('9999-12-31' as timestamp)" -%}
stays as (

    select
        reported_conversation_id,
        sequence_number,
        case when is_inbox_known is false then 'unknown' else inbox_id end
            as inbox_id,
        assigned_at,
        unassigned_at,
        known_there_at
    from {{ assignments }}

    union all

    select
        {{ openings }}.reported_conversation_id,
        0 as sequence_number,
        case
            when max({{ reports }}.reported_conversation_id) is null
                then 'unknown'
        end as inbox_id,
        {{ ever }} as assigned_at,
        min({{ assignments }}.assigned_at) as unassigned_at,
        {{ ever }} as known_there_at
    from {{ openings }}
    left join {{ assignments }}
        on
            {{ openings }}.reported_conversation_id
            = {{ assignments }}.reported_conversation_id
    left join {{ reports }}
        on
            {{ openings }}.reported_conversation_id
            = {{ reports }}.reported_conversation_id
    group by {{ openings }}.reported_conversation_id

),

lanes as (

    select
        reported_conversation_id,
        sequence_number as assignment_number,
        inbox_id,
        assigned_at,
        coalesce(unassigned_at, {{ never }}) as unassigned_at,
        -- Assigned on at the same moment, it was there all the same.
        case
            when unassigned_at = assigned_at
                then assigned_at + interval 1 microsecond
            else coalesce(unassigned_at, {{ never }})
        end as reaches_until,
        known_there_at,
        coalesce(
            lead(known_there_at) over (
                partition by reported_conversation_id
                order by sequence_number
            ),
            unassigned_at,
            {{ never }}
        ) as known_gone_at
    from stays

)
{%- endmacro %}
