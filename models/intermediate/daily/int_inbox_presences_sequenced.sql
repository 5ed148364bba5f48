{% set never = "cast('9999-12-31' as timestamp)" %}

with

statuses as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}

),

assignments as (

    select * from {{ ref('int_conversation_assignments_sequenced') }}

),

-- With the column, a blank cell says that it was created in no inbox.
reports as (

    select reported_conversation_id
    from {{ ref('stg_gladly__conversation_export_captures') }}
    where coalesce(_missing_fields, '') not like '%inbox_id_created%'
    group by reported_conversation_id

),

-- Open when an extract first shows it, which is not when it was created. Closed
-- in the moment of its creation, it was open for no time, and was created.
openings as (

    select
        conversation_id,
        reported_conversation_id,
        status,
        valid_from,
        case
            when
                row_number() over (
                    partition by reported_conversation_id
                    order by valid_from
                ) > 1
                then 'reopened'
            when
                reported_conversation_id in (
                    select reported_conversation_id
                    from {{ ref('int_conversation_events_deduplicated') }}
                    where event_type = 'conversation_created'
                )
                then 'created'
            when is_beginning_reported then 'reopened'
            else 'found'
        end as opened_by,
        case
            when status = 'open' then coalesce(valid_to, {{ never }})
            else valid_from + interval 1 microsecond
        end as valid_to,
        case when status = 'open' then ended_by else status end as ended_by
    from statuses

),

-- Open before anything is known of its assignment, it is in an unknown one.
{{ inbox_stays('assignments', 'openings', 'reports') }},

-- Every stretch in which a conversation was both open and in one inbox.
-- Assigned on at the moment of its creation, it was created where it was first.
overlaid as (

    select
        openings.conversation_id,
        openings.reported_conversation_id,
        lanes.assignment_number,
        lanes.inbox_id,
        openings.valid_from as opened_at,
        greatest(openings.valid_from, lanes.assigned_at) as entered_at,
        case
            when
                lanes.assigned_at > openings.valid_from
                or row_number() over (
                    partition by
                        openings.reported_conversation_id, openings.valid_from
                    order by lanes.assignment_number
                ) > 1
                then 'assigned_in'
            else openings.opened_by
        end as entered_by,
        least(openings.valid_to, lanes.unassigned_at) as left_at,
        case
            when lanes.known_gone_at < openings.valid_to then 'assigned_out'
            else openings.ended_by
        end as left_by
    from openings
    left join lanes
        on
            openings.reported_conversation_id = lanes.reported_conversation_id
            and openings.valid_to > lanes.known_there_at
            and openings.valid_from < lanes.reaches_until
    where openings.status = 'open' or openings.opened_by = 'created'

),

-- Of two conversations that became one, both in the same inbox, the second is
-- no further conversation there; nor is a change of agent a new arrival.
{{ join_stretches(
    'overlaid', 'conversation_id, inbox_id', 'entered_at', 'left_at',
    'entered_at, left_at, reported_conversation_id',
) }},

joined as (

    select
        conversation_id,
        inbox_id,
        stretch_number as presence_number,
        min(opened_at) as opened_at,
        min(entered_at) as entered_at,
        min_by(entered_by, (entered_at, left_at, reported_conversation_id))
        filter (where entered_by is not null) as entered_by,
        nullif(max(left_at), {{ never }}) as left_at,
        nullif(
            max_by(
                coalesce(left_by, ''),
                (left_at, entered_at, reported_conversation_id)
            ),
            ''
        ) as left_by
    from numbered
    group by conversation_id, inbox_id, stretch_number

)

select * from joined
