{% macro default__restated_columns(extract, rule) %}
{% set columns = rule.settled + rule.moving + rule.get('growing', [])
    + rule.get('lists', []) %}
{{ extract }}_restated as (

    {% for column in columns %}
    select
        '{{ extract }}' as extract_name,
        '{{ rule.entity }}' as entity,
        entity_id,
        reported_conversation_id,
        '{{ column }}' as column_name,
        {{ value_text('old_' ~ column) }} as old_value,
        {{ value_text('new_' ~ column) }} as new_value,
        {{ change_kind(column, rule) }} as change_kind,
        previous_captured_at,
        captured_at,
        previous_extract_file,
        extract_file,
        record_number
    from {{ extract }}_paired
    where {{ is_restated(column) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)
{% endmacro %}
