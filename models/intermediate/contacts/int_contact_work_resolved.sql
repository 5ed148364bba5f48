with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

contact_sessions as (

    select * from {{ ref('int_contact_sessions_deduplicated') }}

),

ends as (

    select * from {{ ref('int_contact_ends_inferred') }}

),

work as (

    select * from {{ ref('int_contact_work_aggregated') }}

),

coverage as (

    select * from {{ ref('int_extract_coverage_aggregated') }}
    where extract_name = 'work_session_events'

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

-- Work Sessions gives the agents of a contact once it has ended: until then its
-- one row is a placeholder, and nothing of what will be its work is reported.
-- It is pulled daily: of more than a day since, nothing is known.
compared as (

    select
        contacts.contact_id,
        contacts.ended_at,
        work.work_session_count,
        work.agent_count,
        work.handle_seconds as session_handle_seconds,
        work.after_contact_seconds as session_after_contact_seconds,
        work.unknown_seconds as session_unknown_seconds,
        contact_export.handle_seconds as export_handle_seconds,
        contact_export.after_contact_seconds as export_after_contact_seconds,
        contact_sessions.contact_id is not null
        and (
            work.contact_id is not null
            or contact_sessions.contact_ended_at is not null
            or {{ proves_end('contact_sessions.contact_status') }}
            or (
                contacts.ended_at is null
                and ends.contact_id is null
                and coverage.last_captured_at
                >= reporting_moments.as_of - interval 1 day
                and contact_export.handle_seconds is null
            )
        ) as is_reported_by_session,
        work.contact_id is not null
        and (
            (
                work.handle_seconds is null
                and contact_export.handle_seconds is not null
            )
            or (
                work.after_contact_seconds is null
                and contact_export.after_contact_seconds is not null
            )
        ) as is_better_exported
    from contacts
    cross join coverage
    cross join reporting_moments
    left join contact_export
        on contacts.contact_id = contact_export.contact_id
    left join contact_sessions
        on contacts.contact_id = contact_sessions.contact_id
    left join ends on contacts.contact_id = ends.contact_id
    left join work on contacts.contact_id = work.contact_id

),

sourced as (

    select
        *,
        case
            when is_reported_by_session and not is_better_exported
                then 'work_session_events'
            when
                export_handle_seconds is not null
                or export_after_contact_seconds is not null
                then 'contact_export_report'
        end as work_source_extract
    from compared

),

-- A contact that Work Sessions shows without an agent has had no work; one that
-- it does not show has had as much as Contact Export says, or it is unknown.
resolved as (

    select
        contact_id,
        ended_at,
        work_source_extract,
        case
            when is_reported_by_session then coalesce(work_session_count, 0)
        end as work_session_count,
        case
            when is_reported_by_session then coalesce(agent_count, 0)
        end as agent_count,
        case
            when work_source_extract = 'contact_export_report'
                then export_handle_seconds
            when is_reported_by_session and work_session_count is null then 0
            else session_handle_seconds
        end as handle_seconds,
        case
            when work_source_extract = 'contact_export_report'
                then export_after_contact_seconds
            when is_reported_by_session and work_session_count is null then 0
            else session_after_contact_seconds
        end as after_contact_seconds,
        -- Contact Export has no column for them, but Work Sessions may have
        -- them.
        case
            when is_reported_by_session and work_session_count is null then 0
            else session_unknown_seconds
        end as unknown_seconds
    from sourced

)

select * from resolved
