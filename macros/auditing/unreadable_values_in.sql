{# Cells of an extract that are not of the type its source declares: staging
   reads them as null. #}
{% macro unreadable_values_in(extract) %}
{% set definition = extract_sources().get(extract) %}
{% set readers = {
    'number': 'try_cast({0} as double)',
    'boolean': to_boolean('{0}'),
} %}
{% set fields = landed_fields(definition) if definition else [] %}
{% for field in fields if field.data_type in readers %}
union all
select
    '{{ extract }}' as extract_name,
    {{ sql_literal(field.name) }} as field_name,
    'not a {{ field.data_type }}' as problem,
    {{ adapter.quote(field.column) }} as reported_value
from {{ ref('base_gladly__' ~ extract) }}
where
    _rejection_reason is null
    and {{ adapter.quote(field.column) }} is not null
    and {{ readers[field.data_type].replace('{0}', adapter.quote(field.column)) }} is null
{% endfor %}
{% endmacro %}
