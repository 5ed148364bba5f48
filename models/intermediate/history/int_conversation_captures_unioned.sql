with

export_captures as (

    select * from {{ ref('stg_gladly__conversation_export_captures') }}
    where conversation_status is not null

),

never_closed as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}
    where close_count = 0 and conversation_status = 'open'

),

conversation_captures as (

    select * from {{ ref('stg_gladly__conversation_captures') }}
    where conversation_status is not null

),

closings as (

    select
        reported_conversation_id,
        occurred_at as closed_at
    from {{ ref('int_conversation_events_resolved') }}
    where event_type = 'conversation_closed'

),

-- A report can run further behind than its hour. One that counts the closings
-- of a conversation, and lacks one of the last day before it was captured,
-- does; and no row of it knows what happened since. Had that conversation been
-- reopened, it would show the closing all the same.
lacking as (

    select
        export_captures._extract_file,
        min(closings.closed_at) as behind_since
    from export_captures
    inner join closings
        on
            export_captures.reported_conversation_id
            = closings.reported_conversation_id
            and export_captures._captured_at - interval 1 day
            <= closings.closed_at
            and export_captures._captured_at - interval 1 hour
            >= closings.closed_at
    where
        coalesce(
            export_captures.last_closed_at,
            case export_captures.close_count
                when 0 then timestamp '1900-01-01'
            end
        )
        < closings.closed_at - interval 1 minute
    group by export_captures._extract_file

),

-- Reports run about an hour behind, GET conversation is as of the call. It also
-- shows waiting apart from open: at the same moment it says more. What a report
-- shows can be later than its capture, by a clock that is ahead of ours.
captures as (

    select
        export_captures.reported_conversation_id,
        -- A closing that the newest report takes back was none. A day, for a
        -- report can run behind.
        case
            when
                export_captures.conversation_status = 'closed'
                and export_captures._captured_at
                < never_closed._captured_at - interval 1 day
                then 'open'
            else export_captures.conversation_status
        end as conversation_status,
        export_captures.current_inbox_id,
        export_captures.current_agent_id,
        export_captures.is_current_inbox_reported as is_inbox_reported,
        export_captures.is_current_agent_reported as is_agent_reported,
        cast(null as {{ json_type() }}) as topic_ids,
        export_captures.are_topics_reported
        and coalesce(export_captures.topic_names, export_captures.topic_paths)
        is null as shows_all_topics,
        greatest(
            export_captures._captured_at,
            export_captures.created_at,
            export_captures.last_closed_at
        ) as observed_at,
        greatest(
            least(
                export_captures._captured_at - interval 1 hour,
                lacking.behind_since
            ),
            -- Open after a closing that it shows; a second, for cut ones.
            case
                when export_captures.conversation_status != 'closed'
                    then export_captures.last_closed_at + interval 1 second
            end
        ) as known_until,
        2 as precedence,
        export_captures._extract_file,
        export_captures._record_number
    from export_captures
    left join lacking
        on export_captures._extract_file = lacking._extract_file
    left join never_closed
        on
            export_captures.reported_conversation_id
            = never_closed.reported_conversation_id

    union all

    select
        reported_conversation_id,
        conversation_status,
        inbox_id as current_inbox_id,
        agent_id as current_agent_id,
        true as is_inbox_reported,
        true as is_agent_reported,
        topic_ids,
        true as shows_all_topics,
        greatest(_captured_at, created_at, closed_at) as observed_at,
        _captured_at as known_until,
        1 as precedence,
        _extract_file,
        _record_number
    from conversation_captures

)

select * from captures
