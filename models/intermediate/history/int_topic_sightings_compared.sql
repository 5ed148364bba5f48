with

-- GET conversation lists the topics. Conversation Export prints names (R25),
-- but a blank cell is no topic at all.
captures as (

    select
        reported_conversation_id,
        topic_ids,
        observed_at as seen_at,
        known_until,
        precedence = 1 as is_list
    from {{ ref('int_conversation_captures_unioned') }}
    where shows_all_topics and conversation_status != 'merged'
    qualify row_number() over (
        partition by reported_conversation_id, observed_at
        order by precedence asc, _extract_file desc, _record_number desc
    ) = 1

),

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where topic_id is not null

),

-- A topic deleted from the lists is not printed, and may still be on.
printable as (

    select * from {{ ref('int_topic_states_versioned') }}
    qualify is_known = bool_or(is_known) over ()

),

shown as (

    select
        reported_conversation_id,
        seen_at,
        {{ unnest_json_texts('topic_ids') }} as topic_id
    from captures

),

known as (

    select
        reported_conversation_id,
        topic_id
    from shown

    union distinct

    select
        reported_conversation_id,
        topic_id
    from events

),

-- What a capture does not show is not on it, unless too new for a report.
timeline as (

    select
        known.reported_conversation_id,
        known.topic_id,
        captures.seen_at,
        case
            when shown.topic_id is null then 'conversation_topic_removed'
            else 'conversation_topic_added'
        end as event_type,
        true as is_capture
    from known
    inner join captures
        on known.reported_conversation_id = captures.reported_conversation_id
    left join shown
        on
            known.reported_conversation_id = shown.reported_conversation_id
            and known.topic_id = shown.topic_id
            and captures.seen_at = shown.seen_at
    left join printable
        on
            known.topic_id = printable.topic_id
            and captures.seen_at >= printable.valid_from
            and captures.seen_at
            < coalesce(printable.valid_to, timestamp '9999-01-01')
    left join events
        on
            known.reported_conversation_id = events.reported_conversation_id
            and known.topic_id = events.topic_id
            and captures.known_until < events.occurred_at
            and captures.seen_at >= events.occurred_at
    where
        events.topic_id is null
        and (captures.is_list or printable.topic_id is not null)
    group by all

    union all

    select
        reported_conversation_id,
        topic_id,
        occurred_at as seen_at,
        event_type,
        false as is_capture
    from events

),

-- An event soon after a capture dates the change that it shows.
compared as (

    select
        *,
        lag(event_type) over (
            partition by reported_conversation_id, topic_id
            order by seen_at, is_capture
        ) as previous_type,
        count(*) filter (where not is_capture) over (
            partition by reported_conversation_id, topic_id, event_type
            order by seen_at
            range between current row and interval 1 hour following
        ) as soon_recorded_count
    from timeline

),

-- What is on it when first shown is there since an unknown time.
sightings as (

    select
        reported_conversation_id,
        topic_id,
        event_type,
        seen_at,
        previous_type is null as is_since_unknown_time
    from compared
    where
        is_capture
        and soon_recorded_count = 0
        and event_type
        != coalesce(previous_type, 'conversation_topic_removed')

)

select * from sightings
