{# What became of the records of an extract, each outcome counted on its own so
   that their sum can be checked against what landed. #}
{% macro record_outcomes(extract, sorted_by=none, outcomes=[]) %}
select
    '{{ extract }}' as extract_name,
    'in_files' as outcome,
    coalesce(
        sum(case when whole._extract_file is null then files.record_count else 1 end),
        0
    ) as record_count
from {{ ref('base_gladly__extract_files') }} as files
left join {{ ref('base_gladly__' ~ extract) }} as whole
    on
        files.extract_file = whole._extract_file
        and {{ is_whole_file('whole._rejection_reason') }}
where files.extract_name = '{{ extract }}'

union all

select
    '{{ extract }}' as extract_name,
    'set_aside_with_file' as outcome,
    coalesce(sum(record_count), 0) as record_count
from {{ ref('base_gladly__extract_files') }}
where extract_name = '{{ extract }}' and set_aside_reason is not null

union all

select
    '{{ extract }}' as extract_name,
    'landed' as outcome,
    count(*) as record_count
from {{ ref('base_gladly__' ~ extract) }}

union all

select
    '{{ extract }}' as extract_name,
    'rejected' as outcome,
    count(*) as record_count
from {{ ref('base_gladly__' ~ extract) }}
where _rejection_reason is not null

union all

select
    '{{ extract }}' as extract_name,
    'superseded' as outcome,
    count(*) as record_count
from {{ ref('base_gladly__' ~ extract) }} as landed
left join {{ ref('stg_gladly__' ~ extract) }} as staged
    on
        landed._extract_file = staged._extract_file
        and landed._record_number = staged._record_number
where landed._rejection_reason is null and staged._record_number is null

{% for outcome in outcomes %}
union all

select
    '{{ extract }}' as extract_name,
    '{{ outcome }}' as outcome,
    count(*) as record_count
from {{ ref(sorted_by) }}
where outcome = '{{ outcome }}'
{% else %}
union all

select
    '{{ extract }}' as extract_name,
    'staged' as outcome,
    count(*) as record_count
from {{ ref('stg_gladly__' ~ extract) }}
{% endfor %}
{% endmacro %}
