with

inbox_days as (

    select
        *,
        {{ start_of_day('activity_date + 1') }} as ends_at
    from {{ ref('fct_inbox_daily') }}

),

statuses as (

    select * from {{ ref('fct_conversation_status_intervals') }}
    where status = 'open'

),

assignments as (

    select * from {{ ref('fct_conversation_assignments') }}

),

counted as (

    select
        inbox_days.inbox_daily_key,
        count(distinct statuses.conversation_id) as counted_count
    from inbox_days
    inner join assignments
        on
            inbox_days.inbox_id = assignments.inbox_id
            and inbox_days.ends_at > assignments.assigned_at
            and (
                assignments.unassigned_at is null
                or inbox_days.ends_at <= assignments.unassigned_at
            )
    inner join statuses
        on
            assignments.reported_conversation_id
            = statuses.reported_conversation_id
            and inbox_days.ends_at > statuses.valid_from
            and (
                statuses.valid_to is null
                or inbox_days.ends_at <= statuses.valid_to
            )
    group by inbox_days.inbox_daily_key

),

different as (

    select
        inbox_days.inbox_id,
        inbox_days.activity_date,
        inbox_days.open_count,
        counted.counted_count
    from inbox_days
    left join counted
        on inbox_days.inbox_daily_key = counted.inbox_daily_key
    where
        inbox_days.inbox_id not in ('{{ unassigned() }}', 'unknown')
        and coalesce(inbox_days.open_count, 0)
        != coalesce(counted.counted_count, 0)

)

select * from different
