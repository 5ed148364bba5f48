{# Local times that nothing decides, and those that never were. #}
{% macro undecided_local_times() %}
select
    extract_name,
    column_name as field_name,
    case
        when is_repeated then 'ambiguous local time'
        else 'local time that never was'
    end as problem,
    cast(local_at as string) as reported_value
from {{ ref('stg_gladly__local_times') }}
where decided_by = 'undecided' or is_repeated = false
{% endmacro %}
