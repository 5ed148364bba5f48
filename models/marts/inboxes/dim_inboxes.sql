with

inboxes as (

    select * from {{ ref('stg_gladly__inboxes') }}

),

inbox_mentions as (

    select * from {{ ref('int_name_mentions_unioned') }}
    where entity = 'inbox'

),

contact_references as (

    select * from {{ ref('int_contact_references_resolved') }}

),

inbox_days as (

    select * from {{ ref('int_inbox_days_allocated') }}

),

contact_half_hours as (

    select * from {{ ref('int_contact_half_hours_aggregated') }}

),

mentions as (

    select
        entity_id as inbox_id,
        max_by(entity_name, (_captured_at, entity_name))
        filter (where entity_name is not null) as inbox_name
    from inbox_mentions
    group by entity_id

),

inbox_ids as (

    select inbox_id from inboxes
    union
    select inbox_id from mentions
    union
    select queued_inbox_id as inbox_id from contact_references
    where queued_inbox_id is not null
    union
    select ended_inbox_id as inbox_id from contact_references
    where ended_inbox_id is not null
    union
    select coalesce(inbox_id, '{{ unassigned() }}') as inbox_id from inbox_days
    union
    select coalesce(inbox_id, '{{ unassigned() }}') as inbox_id
    from contact_half_hours

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
