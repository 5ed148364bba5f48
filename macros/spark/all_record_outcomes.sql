{# Every table is read once or twice, and all are counted together: each branch
   of a union that counts would be planned by itself. #}
{% macro spark__all_record_outcomes(sorted) -%}
{%- set names = extract_names() -%}
{%- set counts = {
    'landed': 'count(*)',
    'rejected': 'count(rejection_reason)',
    'superseded': 'count_if(rejection_reason is null and is_staged = false)',
} -%}
{# Zero for what is not counted below. #}
{% for extract in names %}
{% for outcome in ['in_files', 'set_aside_with_file'] + counts | list
    + sorted.get(extract, [none, ['staged']])[1] | list %}
select
    '{{ extract }}' as extract_name,
    '{{ outcome }}' as outcome,
    cast(0 as bigint) as record_count
union all
{% endfor %}
{% endfor %}
select
    extract_name,
    counted.outcome,
    counted.record_count
from (
    select
        extract_name,
        array(
            {% for outcome, count in counts.items() %}
            struct('{{ outcome }}' as outcome, {{ count }} as record_count)
            {{- ',' if not loop.last }}
            {% endfor %}
        ) as all_counts
    from (
        {% for extract in names %}
        select
            '{{ extract }}' as extract_name,
            landed._rejection_reason as rejection_reason,
            staged._record_number is not null as is_staged
        from {{ ref('base_gladly__' ~ extract) }} as landed
        left join {{ ref('stg_gladly__' ~ extract) }} as staged
            on
                landed._extract_file = staged._extract_file
                and landed._record_number = staged._record_number
        {{ 'union all' if not loop.last }}
        {% endfor %}
    )
    group by extract_name
)
lateral view explode(all_counts) exploded as counted

union all

select
    files.extract_name,
    'in_files' as outcome,
    sum(case when whole.extract_file is null then files.record_count else 1 end)
        as record_count
from {{ ref('base_gladly__extract_files') }} as files
left join (
    {% for extract in names %}
    select _extract_file as extract_file
    from {{ ref('base_gladly__' ~ extract) }}
    where {{ is_whole_file('_rejection_reason') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
) as whole
    on files.extract_file = whole.extract_file
where files.extract_name in ('{{ names | join("', '") }}')
group by files.extract_name

union all

select
    extract_name,
    'set_aside_with_file' as outcome,
    sum(record_count) as record_count
from {{ ref('base_gladly__extract_files') }}
where
    set_aside_reason is not null
    and extract_name in ('{{ names | join("', '") }}')
group by extract_name

{% for extract in names %}
union all

select
    '{{ extract }}' as extract_name,
    {% if extract in sorted %}
    outcome,
    count(*) as record_count
from {{ ref(sorted[extract][0]) }}
where outcome in ('{{ sorted[extract][1] | join("', '") }}')
group by outcome
    {% else %}
    'staged' as outcome,
    count(*) as record_count
from {{ ref('stg_gladly__' ~ extract) }}
    {% endif %}
{% endfor %}
{%- endmacro %}
