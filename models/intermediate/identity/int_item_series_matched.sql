with

series as (

    select * from {{ ref('int_item_series_aggregated') }}

),

said_last as (

    select
        item_series_id,
        last_payload_key as kind_key,
        last_job_number as job_number,
        last_record_number as record_number
    from series

),

said_first as (

    select
        item_series_id,
        first_payload_key as kind_key,
        first_job_number as job_number,
        first_record_number as record_number
    from series

),

{{ pair_in_turn('said_last', 'said_first', 'saying_the_same') }},

-- R15: redacted between two jobs, the text is gone under the new id.
left_with_text as (

    select
        series.item_series_id,
        series.last_redacted_payload_key as kind_key,
        series.last_job_number as job_number,
        series.last_record_number as record_number
    from series
    left join saying_the_same
        on series.item_series_id = saying_the_same.item_series_id
    where
        not series.is_empty_at_last
        and saying_the_same.item_series_id is null

),

come_empty as (

    select
        series.item_series_id,
        series.first_redacted_payload_key as kind_key,
        series.first_job_number as job_number,
        series.first_record_number as record_number
    from series
    left join saying_the_same
        on series.item_series_id = saying_the_same.next_item_series_id
    where
        series.is_empty_at_first
        and saying_the_same.item_series_id is null

),

{{ pair_in_turn('left_with_text', 'come_empty', 'redacted_since') }},

matched as (

    select
        item_series_id,
        next_item_series_id
    from saying_the_same

    union all

    select
        item_series_id,
        next_item_series_id
    from redacted_since

)

select * from matched
