with

conversation_timestamps as (

    select * from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

conversations as (

    select * from {{ ref('stg_gladly__conversations') }}

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
        cast(null as varchar) as mentioned_name,
        _captured_at
    from conversation_items

    union all

    select
        {{ unnest_json_texts('removed_topic_ids') }} as mentioned_id,
        cast(null as varchar) as mentioned_name,
        _captured_at
    from conversation_items

    union all

    select
        {{ unnest_json_texts('topic_ids') }} as mentioned_id,
        cast(null as varchar) as mentioned_name,
        _captured_at
    from conversations

),

named as (

    select
        mentioned_id as topic_id,
        max_by(mentioned_name, (_captured_at, mentioned_name)) as topic_name
    from all_mentions
    where mentioned_id is not null
    group by mentioned_id

)

select * from named
