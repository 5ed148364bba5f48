with

conversations as (

    select * from {{ ref('fct_conversations') }}

),

inboxes as (

    select * from {{ ref('dim_inboxes') }}

),

counted as (

    select
        inboxes.inbox_id,
        inboxes.inbox_name,
        count(*) as closed_conversation_count,
        count(*) filter (where conversations.is_untagged) as untagged_count,
        count(*) filter (where conversations.is_untagged) / count(*)
            as untagged_rate
    from conversations
    left join inboxes
        on conversations.last_closed_inbox_id = inboxes.inbox_id
    where
        conversations.last_closed_at is not null
        and not conversations.is_open
        and not conversations.is_deleted
    group by inboxes.inbox_id, inboxes.inbox_name

)

select * from counted
order by untagged_rate desc, inbox_name asc
