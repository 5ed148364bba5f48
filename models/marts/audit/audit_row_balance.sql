{# Extracts whose staged rows do not all reach a fact, with the model that sorts
   them and every outcome it gives. #}
{% set sorted = {
    'answer_usage_report': [
        'int_answer_usage_compared', [
            'in_fact',
            'superseded',
            'set_aside_longer_than_a_day',
        ],
    ],
    'work_session_events': [
        'int_work_session_rows_resolved', [
            'in_fact',
            'superseded',
            'set_aside_open',
            'set_aside_stacked_outbound',
            'set_aside_unhandled',
        ],
    ],
} %}

with

outcomes as (

    {{ all_record_outcomes(sorted) }}

),

-- A record is superseded by a newer capture or by another row of the report.
summed as (

    select
        extract_name,
        outcome,
        cast(sum(record_count) as bigint) as record_count
    from outcomes
    group by extract_name, outcome

),

keyed as (

    select
        {{ hashed_key(['extract_name', 'outcome']) }} as row_balance_key,
        *
    from summed

)

select * from keyed
