{# One scan for all fields: each branch of a union would be planned by
   itself. #}
{% macro spark__unreadable_values_in(extract) -%}
{% set definition = extract_sources().get(extract) %}
{% set fields = landed_fields(definition) if definition else [] %}
{% set found = [] %}
{% for field in fields %}
{% set column = adapter.quote(field.column) %}
{% set reader = value_readers(column).get(field.data_type) %}
{% if reader %}
    {% do found.append({
        'condition': column ~ " != '' and (" ~ reader.sql ~ ') is null',
        'field': field.name, 'problem': reader.problem, 'value': column,
    }) %}
{% endif %}
{% for time in field.times + field.times_to_come %}
    {% set value = json_text(column, time) %}
    {% do found.append({
        'condition': value ~ " != '' and not " ~ is_possible_time(
            value, time in field.times_to_come
        ),
        'field': field.name ~ '.' ~ time,
        'problem': 'no possible time', 'value': value,
    }) %}
{% endfor %}
{% endfor %}
{% if found %}
union all
select
    '{{ extract }}' as extract_name,
    found.field_name,
    found.problem,
    found.reported_value
from (
    select
        explode(array_compact(array(
            {% for each in found %}
            case
                when {{ each.condition }}
                    then struct(
                        {{ sql_literal(each.field) }} as field_name,
                        {{ sql_literal(each.problem) }} as problem,
                        {{ each.value }} as reported_value
                    )
            end{{ ',' if not loop.last }}
            {% endfor %}
        ))) as found
    from {{ ref('base_gladly__' ~ extract) }}
    where _rejection_reason is null
)
{% endif %}
{%- endmacro %}
