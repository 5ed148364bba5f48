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

matched as (

    select * from {{ ref('int_item_series_matched') }}

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
        reported_item_id,
        item_id,
        case when reported_item_id = item_id then 'current' else 'reissued' end
            as resolution_status
    from resolved

)

select * from with_status
