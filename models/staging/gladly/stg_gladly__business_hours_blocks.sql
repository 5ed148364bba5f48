{% set weekdays = [
    'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday',
] %}

with

schedules as (

    select * from {{ ref('stg_gladly__business_hours') }}
    where timezone is not null

),

weekly_blocks as (

    {% for weekday in weekdays %}
        select
            business_hours_id,
            {{ loop.index }} as iso_weekday,
            {{ unnest_json_objects(json_text('office_hours', weekday)) }}
                as block
        from schedules

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

exceptions as (

    select
        business_hours_id,
        timezone,
        {{ unnest_json_objects(json_text('office_hours', 'exceptions')) }}
            as exception
    from schedules

),

exception_times as (

    select
        business_hours_id,
        {{ to_utc(json_text('exception', 'start'), 'timezone') }} as starts_at,
        {{ to_utc(json_text('exception', 'stop'), 'timezone') }} as ends_at,
        {{ json_text('exception', 'scheduleBlocks') }} as blocks
    from exceptions

),

exception_blocks as (

    select
        *,
        {{ unnest_json_objects('blocks') }} as block
    from exception_times

),

unioned as (

    select
        business_hours_id,
        'weekly' as block_type,
        iso_weekday,
        block,
        cast(null as timestamp) as starts_at,
        cast(null as timestamp) as ends_at
    from weekly_blocks

    union all

    select
        business_hours_id,
        'exception' as block_type,
        cast(null as integer) as iso_weekday,
        cast(null as {{ json_type() }}) as block,
        starts_at,
        ends_at
    from exception_times

    union all

    select
        business_hours_id,
        'exceptional' as block_type,
        cast(null as integer) as iso_weekday,
        block,
        starts_at,
        ends_at
    from exception_blocks

),

timed as (

    select
        business_hours_id,
        block_type,
        iso_weekday,
        {{ clock_minutes(json_text('block', 'start')) }} as start_minute,
        {{ clock_minutes(json_text('block', 'stop')) }} as stop_minute,
        starts_at,
        ends_at
    from unioned

),

-- One that stops no later than it starts goes on past midnight.
continued as (

    select
        {{ hashed_key([
            'business_hours_id', 'block_type', 'iso_weekday', 'start_minute',
            'stop_minute', 'starts_at', 'ends_at',
        ]) }} as business_hours_block_key,
        business_hours_id,
        block_type,
        iso_weekday,
        start_minute,
        case
            when stop_minute <= start_minute then stop_minute + 1440
            else stop_minute
        end as stop_minute,
        starts_at,
        ends_at
    from timed
    where
        (block_type = 'weekly' or starts_at < ends_at)
        and (block_type = 'exception' or start_minute + stop_minute >= 0)
    group by all

)

select * from continued
