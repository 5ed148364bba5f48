with

changes as (

    select * from {{ ref('int_conversation_status_changes_deduplicated') }}

),

reports as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}
    where close_count is not null

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

captures as (

    select * from {{ ref('int_conversation_captures_unioned') }}
    where conversation_status = 'closed'

),

-- Changes to one status, one after another, with no change back in between.
runs as (

    select
        changes.*,
        sum(case when changes.is_repeated then 0 else 1 end) over (
            partition by changes.reported_conversation_id
            order by changes.changed_at
            rows between unbounded preceding and current row
        ) as run_number,
        coalesce(
            changes.changed_at <= reports._captured_at - interval 1 hour, false
        ) as is_counted,
        reports.close_count
    from changes
    left join reports
        on changes.reported_conversation_id = reports.reported_conversation_id

),

placed as (

    select
        *,
        row_number() over (
            partition by reported_conversation_id, run_number
            order by precedence, changed_at
        ) as place_in_run,
        count(*) filter (
            where is_counted and (status = 'closed' or is_repeated)
        ) over (partition by reported_conversation_id)
        - close_count as surplus_count
    from runs

),

ranked as (

    select
        *,
        row_number() over (
            partition by
                reported_conversation_id, is_counted and place_in_run > 1
            order by precedence desc, changed_at desc
        ) as surplus_number
    from placed

),

-- Where the report counts fewer closings than that, as many changes back did
-- not happen: the same change was reported twice.
kept as (

    select
        *,
        lag(status) over past as previous_status,
        lag(changed_at) over past as previously_changed_at
    from ranked
    where
        not is_counted
        or place_in_run = 1
        or surplus_number > coalesce(surplus_count, 0)
    window
        past as (partition by reported_conversation_id order by changed_at)

),

-- What began between two closings, or a closing and the first capture that
-- shows it open again, reopened it, unless a capture in between denies it.
reopened as (

    select
        kept.reported_conversation_id,
        kept.changed_at,
        kept.status,
        kept.is_reported,
        kept.previous_status,
        min(contacts.queued_at) filter (
            where captures.reported_conversation_id is null
        ) as reopened_at
    from kept
    left join contacts
        on
            kept.reported_conversation_id = contacts.reported_conversation_id
            and kept.previously_changed_at < contacts.queued_at
            and kept.changed_at > contacts.queued_at
            and kept.previous_status = 'closed'
            and (kept.status = 'closed' or not kept.is_reported)
    left join captures
        on
            kept.reported_conversation_id = captures.reported_conversation_id
            and kept.changed_at > captures.known_until
            and contacts.queued_at < captures.known_until
    group by all

),

compared as (

    select
        reported_conversation_id,
        least(changed_at, case status when 'open' then reopened_at end)
            as changed_at,
        status,
        is_reported,
        coalesce(status = previous_status, false) as is_repeated
    from reopened

    union all

    select
        reported_conversation_id,
        reopened_at as changed_at,
        'open' as status,
        false as is_reported,
        false as is_repeated
    from reopened
    where status = 'closed' and reopened_at is not null

)

select * from compared
