{# Values of a staged column that its vocabulary does not list. #}
{% macro unmapped_values_in(extract, column, seed, seed_column, vocabulary) %}
select
    '{{ extract }}' as extract_name,
    '{{ column }}' as field_name,
    'not in {{ seed }}' as problem,
    staged.{{ column }} as reported_value
from {{ ref('stg_gladly__' ~ extract) }} as staged
left join {{ ref(seed) }} as listed
    on
        staged.{{ column }} = listed.{{ seed_column }}
        {% if vocabulary %}
        and listed.vocabulary = '{{ vocabulary }}'
        {% endif %}
where staged.{{ column }} is not null and listed.{{ seed_column }} is null
{% endmacro %}
