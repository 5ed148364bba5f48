with

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}
    where conversation_status in ('open', 'closed')

),

statuses as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}

),

-- Reports run about an hour behind, and may drop milliseconds. A status that
-- only the report's own capture proves is no change after it.
compared as (

    select
        statuses.*,
        conversation_export.conversation_status as reported_status,
        statuses.status = 'closed'
        and statuses.valid_from
        > conversation_export._captured_at - interval 1 hour
        and statuses.valid_from != conversation_export._captured_at
        and (
            conversation_export.last_closed_at is null
            or statuses.valid_from
            > conversation_export.last_closed_at + interval 1 second
        ) as is_later_closing
    from statuses
    inner join conversation_export
        on
            statuses.reported_conversation_id
            = conversation_export.reported_conversation_id

),

summed as (

    select
        reported_conversation_id,
        min(valid_from) filter (where is_later_closing) as first_closed_at,
        max(valid_from) filter (where is_later_closing) as last_closed_at,
        count(*) filter (where is_later_closing) as close_count,
        min(reported_status) as reported_status,
        max_by(status, valid_from) as last_status
    from compared
    group by reported_conversation_id

),

-- Opening and closing alternate: where the report left it, how often it was
-- closed since and where it is now tell how often it was reopened since.
added as (

    select
        reported_conversation_id,
        first_closed_at,
        last_closed_at,
        close_count,
        greatest(
            close_count
            + case reported_status when 'closed' then 1 else 0 end
            - case last_status when 'closed' then 1 else 0 end,
            0
        ) as reopen_count
    from summed

)

select * from added
