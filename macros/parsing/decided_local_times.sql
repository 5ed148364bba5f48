{# CTEs that give the records of a relation, all of an extract, what each of
   their times in doubt means, under the prefix decided_. The last is dated.
   #}
{% macro decided_local_times(extract) -%}
local_times as (

    select
        _extract_file as decided_extract_file,
        _record_number as decided_record_number
        {%- for column in local_time_reports()[extract].times %},
        max(decided_at) filter (where column_name = '{{ column }}')
            as decided_{{ column }}
        {%- endfor %}
    from {{ ref('stg_gladly__local_times') }}
    where extract_name = '{{ extract }}'
    group by _extract_file, _record_number

),

dated as (

    select
        {{ extract }}.*,
        local_times.*
    from {{ extract }}
    left join local_times
        on
            {{ extract }}._extract_file = local_times.decided_extract_file
            and {{ extract }}._record_number
            = local_times.decided_record_number

)
{%- endmacro %}
