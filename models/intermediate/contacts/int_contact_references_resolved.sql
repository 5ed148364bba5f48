with

matched_references as (

    select * from {{ ref('int_contact_references_matched') }}

),

-- An id that another extract tells is firmer than a name that fits nobody.
resolved as (

    select
        contact_id,
        reference,
        coalesce(matched_id, told_id, 'unknown') as entity_id
    from matched_references

),

pivoted as (

    select
        contact_id,
        max(entity_id) filter (where reference = 'queued_inbox')
            as queued_inbox_id,
        max(entity_id) filter (where reference = 'ended_inbox')
            as ended_inbox_id,
        max(entity_id) filter (where reference = 'ended_agent')
            as ended_agent_id
    from resolved
    group by contact_id

)

select * from pivoted
