with

copies as (

    select * from {{ ref('int_item_copies_compared') }}

),

newest_payloads as (

    select
        conversation_item_id,
        payload_key
    from copies
    qualify row_number() over (
        partition by conversation_item_id
        order by {{ newest_first() }}
    ) = 1

),

copies_by_newest as (

    select
        copies.*,
        newest_payloads.payload_key as newest_payload_key
    from copies
    inner join newest_payloads
        on
            copies.conversation_item_id
            = newest_payloads.conversation_item_id

),

jobs as (

    select
        newest_payload_key,
        job_number,
        count(distinct conversation_item_id) as item_count
    from copies_by_newest
    group by newest_payload_key, job_number

),

-- Alike, and yet both in one job: several messages.
several_messages as (

    select
        newest_payload_key,
        max(item_count) > 1 as are_several
    from jobs
    group by newest_payload_key

),

in_series as (

    select
        copies_by_newest.*,
        case
            when several_messages.are_several
                then copies_by_newest.conversation_item_id
            else copies_by_newest.newest_payload_key
        end as item_series_id
    from copies_by_newest
    inner join several_messages
        on
            copies_by_newest.newest_payload_key
            = several_messages.newest_payload_key

)

select * from in_series
