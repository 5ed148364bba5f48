with

states as (

    select * from {{ ref('int_topic_states_sequenced') }}

),

conversation_timestamps as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

conversations as (

    select * from {{ ref('stg_gladly__conversation_captures') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

all_mentions as (

    {{ mentions('conversation_timestamps', {'topic_id': 'topic_name'}) }}

    union all

    {{ mentions('events', {'topic_id': none}) }}

    union all

    select
        {{ unnest_json_texts('added_topic_ids') }} as mentioned_id,
        cast(null as string) as mentioned_name,
        _captured_at
    from conversation_items

    union all

    select
        {{ unnest_json_texts('removed_topic_ids') }} as mentioned_id,
        cast(null as string) as mentioned_name,
        _captured_at
    from conversation_items

    union all

    select
        {{ unnest_json_texts('topic_ids') }} as mentioned_id,
        cast(null as string) as mentioned_name,
        _captured_at
    from conversations

),

mentions as (

    select
        mentioned_id as topic_id,
        max_by(mentioned_name, (_captured_at, mentioned_name))
        filter (where mentioned_name is not null) as topic_name
    from all_mentions
    where mentioned_id is not null
    group by mentioned_id

),

topic_ids as (

    select topic_id from states
    union
    select topic_id from mentions

),

named as (

    select
        topic_ids.topic_id,
        coalesce(states.topic_name, mentions.topic_name) as topic_name,
        states.parent_topic_id,
        coalesce(states.is_disabled, false) as is_disabled,
        states.topic_id is not null as is_known,
        coalesce(states.state_number, 1) as state_number,
        states.first_captured_at,
        states.missing_at
    from topic_ids
    left join states on topic_ids.topic_id = states.topic_id
    left join mentions on topic_ids.topic_id = mentions.topic_id

),

-- When the first state began is unknown; open to the past, it is found by
-- whatever happened before the first capture.
dated as (

    select
        topic_id,
        topic_name,
        parent_topic_id,
        is_disabled,
        is_known,
        case
            when state_number = 1 then timestamp '1900-01-01'
            else first_captured_at
        end as valid_from,
        lead(first_captured_at) over (
            partition by topic_id
            order by state_number asc
        ) as superseded_at,
        missing_at
    from named

),

final as (

    select
        topic_id,
        topic_name,
        parent_topic_id,
        is_disabled,
        is_known,
        valid_from,
        superseded_at,
        least(superseded_at, missing_at) as valid_to
    from dated

)

select * from final
