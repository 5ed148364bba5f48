with

in_series as (

    select * from {{ ref('int_item_series_inferred') }}

),

placed as (

    select
        *,
        row_number() over (
            partition by item_series_id
            order by job_number asc, _record_number asc
        ) as first_place,
        row_number() over (
            partition by item_series_id
            order by job_number desc, _record_number desc
        ) as last_place
    from in_series

),

aggregated as (

    select
        item_series_id,
        max(conversation_item_id) filter (where last_place = 1) as item_id,
        max(job_number) filter (where first_place = 1) as first_job_number,
        max(job_number) filter (where last_place = 1) as last_job_number,
        max(_record_number) filter (where first_place = 1)
            as first_record_number,
        max(_record_number) filter (where last_place = 1) as last_record_number,
        max(payload_key) filter (where first_place = 1) as first_payload_key,
        max(payload_key) filter (where last_place = 1) as last_payload_key,
        max(redacted_payload_key) filter (where first_place = 1)
            as first_redacted_payload_key,
        max(redacted_payload_key) filter (where last_place = 1)
            as last_redacted_payload_key,
        bool_and(is_empty) filter (where first_place = 1) as is_empty_at_first,
        bool_and(is_empty) filter (where last_place = 1) as is_empty_at_last
    from placed
    group by item_series_id

)

select * from aggregated
