with

inboxes as (

    select * from {{ ref('stg_gladly__inboxes') }}

),

mentions as (

    select * from {{ ref('int_inboxes_mentioned') }}

),

inbox_ids as (

    select inbox_id from inboxes
    union
    select inbox_id from mentions

),

joined as (

    select
        inbox_ids.inbox_id,
        coalesce(inboxes.inbox_name, mentions.inbox_name) as inbox_name,
        coalesce(inboxes.is_disabled, false) as is_disabled,
        inboxes.inbox_id is not null as is_known
    from inbox_ids
    left join inboxes on inbox_ids.inbox_id = inboxes.inbox_id
    left join mentions on inbox_ids.inbox_id = mentions.inbox_id

)

select * from joined
