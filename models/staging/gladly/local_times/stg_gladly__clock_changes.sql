{% set extracts = local_time_reports() | list + ['answer_usage_report'] %}
{# Weeks in which the offset changes, then days of those, hours, minutes. #}
{% set steps = ['7 day', '1 day', '1 hour', '1 minute'] %}

with

timezones as (

    {% for extract in extracts %}
        select timezone_filter as timezone
        from {{ ref('base_gladly__' ~ extract) }}
        where _rejection_reason is null and timezone_filter != 'UTC'
        {{ 'union' if not loop.last }}
    {% endfor %}

),

all_time as (

    select
        timezone,
        timestamp '2000-01-01' as starts_at,
        timestamp '2100-01-01' as ends_at
    from timezones
    group by timezone

),

{% for step in steps %}
    {% set wider = 'all_time' if loop.first else 'changed_in_' ~ loop.index0 %}

    spans_{{ loop.index }} as (

        select
            timezone,
            {{ moments_from('starts_at', 'ends_at', step) }} as starts_at
        from {{ wider }}

    ),

    offsets_{{ loop.index }} as (

        select
            timezone,
            starts_at,
            starts_at + interval {{ step }} as ends_at,
            {{ utc_offset_seconds('starts_at', 'timezone') }}
                as seconds_before,
            {{ utc_offset_seconds(
                '(starts_at + interval ' ~ step ~ ')', 'timezone'
            ) }} as seconds_after
        from spans_{{ loop.index }}

    ),

    changed_in_{{ loop.index }} as (

        select * from offsets_{{ loop.index }}
        where seconds_before != seconds_after

    ),

{% endfor %}

bounded as (

    select
        timezone,
        ends_at as changed_at,
        seconds_before,
        seconds_after,
        ends_at + least(seconds_before, seconds_after) * interval 1 second
            as local_from,
        ends_at + greatest(seconds_before, seconds_after) * interval 1 second
            as local_to
    from changed_in_{{ steps | length }}

),

-- A stretch that lasts beyond midnight is a row on each of its days.
dated as (

    select
        timezone,
        changed_at,
        {{ days_between(
            'cast(local_from as date)',
            'cast(local_to - interval 1 microsecond as date)'
        ) }} as local_date,
        local_from,
        local_to,
        seconds_before,
        seconds_after,
        seconds_after < seconds_before as is_repeated
    from bounded

)

select * from dated
