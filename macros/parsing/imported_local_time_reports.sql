{# CTEs, one named after each report whose times may be local: its records. #}
{% macro imported_local_time_reports() %}
{% for extract in local_time_reports() %}
{{ extract }} as (

    select * from {{ ref('base_gladly__' ~ extract) }}
    where _rejection_reason is null

){{ ',' if not loop.last }}

{% endfor %}
{% endmacro %}
