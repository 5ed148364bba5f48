{# What opens a stretch, and what closes it. #}
{% set stretches = {
    'away': [
        'agent_status_went_away_recorded',
        'agent_status_returned_from_away_recorded',
    ],
    'session': [
        'agent_status_logged_in_recorded', 'agent_status_logged_out_recorded',
    ],
    'closed': ['conversation_closed', 'conversation_reopened'],
    'hold': ['contact_hold_started', 'contact_hold_ended'],
} %}

with

file_rows as (

    select * from {{ ref('stg_gladly__doubtful_file_rows') }}

),

stretched as (

    {% for stretch, (opening, closing) in stretches.items() %}
        select
            *,
            '{{ stretch }}' as stretch,
            moment = '{{ opening }}' as is_opening
        from file_rows
        where moment in ('{{ opening }}', '{{ closing }}')
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

neighboured as (

    select
        *,
        lag(is_opening) over (
            partition by extract_name, _extract_file, subject_id, stretch
            order by later_at, _record_number
        ) as is_previous_opening,
        lead(is_opening) over (
            partition by extract_name, _extract_file, subject_id, stretch
            order by later_at, _record_number
        ) as is_next_opening
    from stretched

),

-- An opening that nothing closes may be, a closing of nothing may not.
unmatched as (

    select
        *,
        min(local_at) filter (where is_opening = false) over (
            partition by
                extract_name, _extract_file, subject_id, stretch, changed_at
        ) as first_closing_at,
        max(local_at) filter (where is_opening) over (
            partition by
                extract_name, _extract_file, subject_id, stretch, changed_at
        ) as last_opening_at
    from neighboured
    where
        is_repeated
        and (
            (is_opening and is_next_opening is distinct from false)
            or (is_opening = false and is_previous_opening is distinct from true)
        )

),

parted as (

    select
        local_time_key,
        case when is_opening then 'earlier' else 'later' end as side
    from unmatched
    where
        (is_opening and local_at > first_closing_at)
        or (is_opening = false and local_at < last_opening_at)

)

select * from parted
