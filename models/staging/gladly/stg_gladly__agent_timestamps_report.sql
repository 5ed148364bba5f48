with

agent_timestamps_report as (

    select * from {{ ref('base_gladly__agent_timestamps_report') }}
    where _rejection_reason is null

),

{{ decided_local_times('agent_timestamps_report') }},

timed as (

    select
        *,
        {{ decided_utc('timestamp') }} as utc_recorded_at,
        {{ decided_utc('occurred_at') }} as utc_occurred_at
    from dated

),

{{ precise_moments(
    'timed',
    ['utc_recorded_at', 'utc_occurred_at'],
    [
        to_snake_case('type'),
        'agent_id',
        'available_for',
    ],
) }},

renamed as (

    select
        -- what happened
        coalesce(finest_utc_recorded_at, utc_recorded_at)
            as recorded_at,
        coalesce(finest_utc_occurred_at, utc_occurred_at)
            as occurred_at,
        {{ to_snake_case('type') }} as event_type,

        -- to whom
        agent_id,
        {{ utf_8_text('agent') }} as agent_name,

        -- particulars of some events
        available_for,
        {{ utf_8_text('away_reason') }} as away_reason,
        {{ utf_8_text('active_reason') }} as active_reason,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from precise

),

-- Reasons stay out: Gladly prints them under their current name, so a renamed
-- reason would give every older absence a second row (R33).
keyed as (

    select
        {{ hashed_key([
            'recorded_at', 'occurred_at', 'event_type', 'agent_id',
            'available_for',
        ]) }} as agent_event_key,
        *
    from renamed

),

latest as (

    select * from keyed
    qualify row_number() over (
        partition by agent_event_key
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
