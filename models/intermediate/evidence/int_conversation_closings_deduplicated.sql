{%- set of_the_last = {
    'inbox_id': 'last_closed_inbox_id', 'agent_id': 'last_closed_agent_id',
    'is_agent_reported': 'is_last_closed_agent_reported',
    'closed_by_type': 'last_closed_by_type', 'closed_by_id': 'closer_id',
} -%}

with

export_captures as (

    select * from {{ ref('stg_gladly__conversation_export_captures') }}

),

conversation_captures as (

    select * from {{ ref('stg_gladly__conversation_captures') }}

),

newest_reports as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

-- Most captures repeat what the one before reported.
reported as (

    select
        'conversation_export_report' as source_extract,
        reported_conversation_id,
        first_closed_at,
        last_closed_at,
        last_closed_inbox_id,
        last_closed_agent_id,
        is_last_closed_agent_reported,
        last_closed_by_type,
        coalesce(last_closed_by_agent_id, last_closed_by_rule_id) as closer_id,
        bool_or(conversation_status in ('open', 'waiting')) as is_open_since,
        max(_captured_at) as _captured_at,
        max(_extract_file) as _extract_file,
        max(_record_number) as _record_number
    from export_captures
    where first_closed_at is not null or last_closed_at is not null
    group by all

    union all

    select
        'conversations' as source_extract,
        reported_conversation_id,
        closed_at as first_closed_at,
        closed_at as last_closed_at,
        {% for column in of_the_last.values() %}
            null as {{ column }},
        {% endfor %}
        bool_or(conversation_status in ('open', 'waiting')) as is_open_since,
        max(_captured_at) as _captured_at,
        max(_extract_file) as _extract_file,
        max(_record_number) as _record_number
    from conversation_captures
    where closed_at is not null
    group by reported_conversation_id, closed_at

),

moments as (

    select
        *,
        last_closed_at as closed_at,
        date_trunc('second', last_closed_at) as closed_second,
        true as is_last
    from reported
    where last_closed_at is not null

    union all

    select
        *,
        first_closed_at as closed_at,
        date_trunc('second', first_closed_at) as closed_second,
        false as is_last
    from reported
    where last_closed_at is null or first_closed_at < last_closed_at

),

-- With and without milliseconds it is one. Only the last one says who had it.
closings as (

    select
        *,
        {% for name, column in of_the_last.items() %}
            case when is_last then {{ column }} end as {{ name }},
        {% endfor %}
        max(closed_at) over of_second as exactly_closed_at,
        bool_or(is_last and is_open_since) over of_second as was_reopened,
        max(_captured_at) over of_second as last_reported_at
    from moments
    window
        of_second as (
            partition by source_extract, reported_conversation_id, closed_second
        )
    qualify row_number() over (
        partition by source_extract, reported_conversation_id, closed_second
        order by
            is_last desc, closed_at desc, {{ newest_first() }},
            {% for column in of_the_last.values() %}
                {{ column }} asc nulls last,
            {% endfor %}
            first_closed_at asc nulls last
    ) = 1

),

-- Moments that a later capture corrected would be closings of their own: of
-- more than the newest report counts, those reported longest ago are left out.
counted as (

    select
        closings.exactly_closed_at as closed_at,
        {% for name in of_the_last.keys() | list + [
            'source_extract', 'reported_conversation_id', '_captured_at',
            '_extract_file', '_record_number',
        ] %}
            closings.{{ name }},
        {% endfor %}
        coalesce(closings.was_reopened, false) as was_reopened
    from closings
    left join newest_reports
        on
            case
                when closings.source_extract = 'conversation_export_report'
                    then closings.reported_conversation_id
            end = newest_reports.reported_conversation_id
    qualify
        newest_reports.close_count is null
        or closings.last_reported_at = newest_reports._captured_at
        or row_number() over (
            partition by
                closings.source_extract, closings.reported_conversation_id
            order by
                closings.last_reported_at desc, closings.exactly_closed_at desc
        ) <= newest_reports.close_count

)

select * from counted
