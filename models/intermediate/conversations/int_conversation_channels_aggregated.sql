with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

channels_of_items as (

    select * from {{ ref('seed_channels') }}
    where vocabulary = 'content_type'

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

used as (

    select
        reported_conversation_id,
        channel
    from contacts

    union

    select
        conversation_items.reported_conversation_id,
        channels_of_items.channel
    from conversation_items
    inner join channels_of_items
        on conversation_items.content_type = channels_of_items.reported_value

    union

    -- Named even where neither contacts nor messages were pulled.
    select
        reported_conversation_id,
        first_channel as channel
    from conversation_export

    union

    select
        reported_conversation_id,
        second_channel as channel
    from conversation_export

    union

    select
        reported_conversation_id,
        third_channel as channel
    from conversation_export

),

listed as (

    select
        conversation_ids.conversation_id,
        {{ list_texts('used.channel', ',') }} as channels,
        count(distinct used.channel) as channel_count
    from conversation_ids
    left join used
        on
            conversation_ids.reported_conversation_id
            = used.reported_conversation_id
    group by conversation_ids.conversation_id

),

flagged as (

    select
        conversation_id,
        channels,
        channel_count,
        channel_count > 1 as is_multichannel
    from listed

)

select * from flagged
