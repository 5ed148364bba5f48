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
    where column_name = 'timestamp'

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

-- Of several of a kind in one night it is open which belong together.
paired as (

    select
        *,
        count(*) over (
            partition by
                extract_name, _extract_file, subject_id, stretch, changed_at
        ) as doubtful_count,
        min(local_at) filter (where is_opening) over (
            partition by
                extract_name, _extract_file, subject_id, stretch, changed_at
        ) as opening_at,
        min(local_at) filter (where is_opening = false) over (
            partition by
                extract_name, _extract_file, subject_id, stretch, changed_at
        ) as closing_at
    from neighboured
    where is_repeated

),

-- A closing of nothing cannot be, so its opening came before it.
parted as (

    select
        local_time_key,
        case when is_opening then 'earlier' else 'later' end as side
    from paired
    where
        doubtful_count = 2
        and closing_at < opening_at
        and (
            (is_opening and is_next_opening is distinct from false)
            or (
                is_opening = false
                and is_previous_opening is distinct from true
            )
        )

)

select * from parted
