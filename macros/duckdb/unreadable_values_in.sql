{% macro default__unreadable_values_in(extract) %}
{% set definition = extract_sources().get(extract) %}
{% set fields = landed_fields(definition) if definition else [] %}
{% for field in fields %}
{% set column = adapter.quote(field.column) %}
{% set reader = value_readers(column).get(field.data_type) %}
{% if reader %}
union all
select
    '{{ extract }}' as extract_name,
    {{ sql_literal(field.name) }} as field_name,
    '{{ reader.problem }}' as problem,
    {{ column }} as reported_value
from {{ ref('base_gladly__' ~ extract) }}
where
    _rejection_reason is null
    and {{ column }} != ''
    and ({{ reader.sql }}) is null
{% endif %}
{% for time in field.times + field.times_to_come %}
union all
select
    '{{ extract }}' as extract_name,
    {{ sql_literal(field.name ~ '.' ~ time) }} as field_name,
    'no possible time' as problem,
    {{ json_text(column, time) }} as reported_value
from {{ ref('base_gladly__' ~ extract) }}
where
    _rejection_reason is null
    and contains(
        cast({{ column }} as string),
        {{ sql_literal('"' ~ time.split('.') | last ~ '"') }}
    )
    and {{ json_text(column, time) }} != ''
    and not {{ is_possible_time(
        json_text(column, time), time in field.times_to_come
    ) }}
{% endfor %}
{% endfor %}
{% endmacro %}
