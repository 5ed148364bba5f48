{# One scan for all columns: each branch of a union would be planned by
   itself. #}
{% macro spark__restated_columns(extract, rule) -%}
{% set columns = rule.settled + rule.moving + rule.get('growing', [])
    + rule.get('lists', []) %}
{{ extract }}_exploded as (

    select
        *,
        explode(array_compact(array(
            {% for column in columns %}
            case
                when {{ is_restated(column) }}
                    then struct(
                        '{{ column }}' as column_name,
                        {{ value_text('old_' ~ column) }} as old_value,
                        {{ value_text('new_' ~ column) }} as new_value,
                        {{ change_kind(column, rule) }} as change_kind
                    )
            end{{ ',' if not loop.last }}
            {% endfor %}
        ))) as change
    from {{ extract }}_paired

),

{{ extract }}_restated as (

    select
        '{{ extract }}' as extract_name,
        '{{ rule.entity }}' as entity,
        entity_id,
        reported_conversation_id,
        change.column_name,
        change.old_value,
        change.new_value,
        change.change_kind,
        previous_captured_at,
        captured_at,
        previous_extract_file,
        extract_file,
        record_number
    from {{ extract }}_exploded

)
{%- endmacro %}
