with

-- Of a conversation that is gone, GET says nothing of its topics.
captures as (

    select
        reported_conversation_id,
        topic_ids,
        _captured_at as seen_at,
        _captured_at = min(_captured_at) over (
            partition by reported_conversation_id
        ) as is_first_capture
    from {{ ref('stg_gladly__conversation_captures') }}
    where conversation_status is not null
    qualify row_number() over (
        partition by reported_conversation_id, _captured_at
        order by {{ newest_first() }}
    ) = 1

),

events as (

    select
        reported_conversation_id,
        topic_id,
        event_type,
        occurred_at
    from {{ ref('int_conversation_events_deduplicated') }}
    where topic_id is not null

),

listed as (

    select
        reported_conversation_id,
        seen_at,
        {{ unnest_json_texts('topic_ids') }} as topic_id
    from captures

),

shown as (

    select
        reported_conversation_id,
        seen_at,
        topic_id
    from listed
    group by reported_conversation_id, seen_at, topic_id

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

-- What a list does not name is not on it.
seen as (

    select
        known.reported_conversation_id,
        known.topic_id,
        captures.seen_at,
        captures.is_first_capture,
        case
            when shown.topic_id is null then 'conversation_topic_removed'
            else 'conversation_topic_added'
        end as event_type
    from known
    inner join captures
        on known.reported_conversation_id = captures.reported_conversation_id
    left join shown
        on
            known.reported_conversation_id = shown.reported_conversation_id
            and known.topic_id = shown.topic_id
            and captures.seen_at = shown.seen_at

),

timeline as (

    select
        *,
        true as is_capture
    from seen

    union all

    select
        reported_conversation_id,
        topic_id,
        occurred_at as seen_at,
        false as is_first_capture,
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

-- On since before the first capture, it is there since an unknown time.
sightings as (

    select
        reported_conversation_id,
        topic_id,
        event_type,
        seen_at,
        previous_type is null and is_first_capture as is_since_unknown_time
    from compared
    where
        is_capture
        and soon_recorded_count = 0
        and event_type
        != coalesce(previous_type, 'conversation_topic_removed')

)

select * from sightings
