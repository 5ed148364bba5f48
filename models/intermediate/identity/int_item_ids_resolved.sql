with

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

copies as (

    select * from {{ ref('int_item_series_inferred') }}

),

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

    select * from saying_the_same
    union all
    select * from redacted_since

),

edges as (

    select
        'item' as entity,
        item_series_id as id,
        next_item_series_id as target_id,
        cast(0 as bigint) as preference
    from matched

),

{{ follow_edges('edges', doublings=8) }},

newest_ids as (

    select
        series.item_series_id,
        coalesce(last_series.item_id, series.item_id) as item_id
    from series
    left join followed on series.item_series_id = followed.id
    left join series as last_series
        on followed.end_id = last_series.item_series_id

),

canonical as (

    select
        copies.conversation_item_id,
        newest_ids.item_id
    from copies
    inner join newest_ids on copies.item_series_id = newest_ids.item_series_id
    group by copies.conversation_item_id, newest_ids.item_id

),

resolved as (

    select
        conversation_items.conversation_item_id as reported_item_id,
        coalesce(canonical.item_id, conversation_items.conversation_item_id)
            as item_id
    from conversation_items
    left join canonical
        on
            conversation_items.conversation_item_id
            = canonical.conversation_item_id

),

with_status as (

    select
        *,
        case when reported_item_id = item_id then 'current' else 'reissued' end
            as resolution_status
    from resolved

)

select * from with_status
