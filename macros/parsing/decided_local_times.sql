{# One row per record of an extract with a time that its clock leaves in doubt:
   what each such time means, under the prefix decided_. #}
{% macro decided_local_times(extract) -%}
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
{%- endmacro %}
