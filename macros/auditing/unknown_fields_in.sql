{# Fields of an extract that its source does not declare. #}
{% macro unknown_fields_in(extract) %}
select
    '{{ extract }}' as extract_name,
    {{ unnest_list(unknown_field_names('_unknown_fields')) }} as field_name,
    'unknown field' as problem,
    cast(null as string) as reported_value
from {{ ref('base_gladly__' ~ extract) }}
where _unknown_fields is not null
{% endmacro %}
