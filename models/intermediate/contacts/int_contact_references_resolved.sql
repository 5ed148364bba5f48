with

matched_references as (

    select * from {{ ref('int_contact_references_matched') }}

),

-- An id that an event names is firmer than a name that fits none. What Work
-- Sessions suggests is not: it may be of another moment.
resolved as (

    select
        contact_id,
        reference,
        coalesce(
            matched_id,
            reported_id,
            case when match_status = 'not_printed' then likely_id end,
            'unknown'
        ) as entity_id
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
