with

-- Conversation Export prints names (R25), but a blank cell is no topic at all.
captures as (

    select
        reported_conversation_id,
        topic_ids,
        observed_at as seen_at,
        case when precedence = 2 then known_until end as known_until
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

    {% for source in ['shown', 'events'] %}
        select
            reported_conversation_id,
            topic_id
        from {{ source }}
        {{ 'union distinct' if not loop.last }}
    {% endfor %}

),

pulled_stretches as (

    select * from {{ ref('int_covered_stretches_sequenced') }}

),

timeline as (

    select
        known.reported_conversation_id,
        known.topic_id,
        captures.seen_at,
        captures.known_until,
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
    where captures.known_until is null or printable.topic_id is not null
    group by all

    union all

    select
        reported_conversation_id,
        topic_id,
        occurred_at as seen_at,
        null as known_until,
        event_type,
        false as is_capture
    from events

),

-- An event soon after a capture dates the change that it shows.
compared as (

    select
        *,
        'topics' as subject,
        lag(event_type) over in_order as previous_type,
        lag(seen_at) over in_order as previous_at,
        count(*) filter (where not is_capture) over (
            partition by reported_conversation_id, topic_id, event_type
            order by seen_at
            range between current row and interval 1 hour following
        ) as soon_recorded_count
    from timeline
    window in_order as (
        partition by reported_conversation_id, topic_id
        order by seen_at, is_capture
    )

),

-- No report takes a topic off where its removal cannot have been missed.
sightings as (

    select
        compared.reported_conversation_id,
        compared.topic_id,
        compared.event_type,
        compared.seen_at,
        compared.previous_type is null as is_since_unknown_time
    from compared
    left join pulled_stretches
        on
            compared.subject = pulled_stretches.subject
            and {{ to_reporting_date('compared.previous_at') }}
            >= pulled_stretches.from_date
            and compared.known_until <= pulled_stretches.to_at
    where
        compared.is_capture and compared.soon_recorded_count = 0
        and compared.event_type
        != coalesce(compared.previous_type, 'conversation_topic_removed')
        and pulled_stretches.subject is null

)

select * from sightings
