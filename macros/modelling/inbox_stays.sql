{# A CTE `stays`: where conversations were, one row per assignment, and one for
   the time before the first, of which no extract says where. #}
{% macro inbox_stays(assignments) -%}
{%- set ever = "cast('1900-01-01' as timestamp)" -%}
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
        reported_conversation_id,
        0 as sequence_number,
        null as inbox_id,
        {{ ever }} as assigned_at,
        assigned_at as unassigned_at,
        {{ ever }} as known_there_at
    from {{ assignments }}
    where sequence_number = 1

)
{%- endmacro %}
