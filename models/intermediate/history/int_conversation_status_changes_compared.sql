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
        count(*) filter (where not changes.is_repeated) over (
            partition by changes.reported_conversation_id
            order by changes.changed_at
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

-- Changes back beyond the closings that the report counts were reported twice.
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
reopenings as (

    select
        kept.reported_conversation_id,
        kept.changed_at,
        kept.status,
        min(contacts.queued_at) as reopened_at
    from kept
    inner join contacts
        on
            kept.reported_conversation_id = contacts.reported_conversation_id
            and kept.previously_changed_at < contacts.queued_at
            and kept.changed_at > contacts.queued_at
    left join captures
        on
            kept.reported_conversation_id = captures.reported_conversation_id
            and kept.changed_at > captures.known_until
            and contacts.queued_at < captures.known_until
    where
        kept.previous_status = 'closed'
        and (kept.status = 'closed' or not kept.is_reported)
        and captures.reported_conversation_id is null
    group by all

),

compared as (

    select
        kept.reported_conversation_id,
        kept.status,
        kept.is_reported,
        least(kept.changed_at, reopenings.reopened_at) as changed_at,
        coalesce(kept.status = kept.previous_status, false) as is_repeated
    from kept
    left join reopenings
        on
            kept.reported_conversation_id = reopenings.reported_conversation_id
            and kept.changed_at = reopenings.changed_at
            and reopenings.status = 'open'

    union all

    select
        reported_conversation_id,
        'open' as status,
        false as is_reported,
        reopened_at as changed_at,
        false as is_repeated
    from reopenings
    where status = 'closed'

)

select * from compared
