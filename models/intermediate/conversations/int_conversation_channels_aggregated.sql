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

coverage as (

    select * from {{ ref('int_conversation_coverage_compared') }}

),

used as (

    select
        reported_conversation_id,
        channel,
        queued_at as used_at
    from contacts

    union all

    select
        conversation_items.reported_conversation_id,
        channels_of_items.channel,
        conversation_items.occurred_at as used_at
    from conversation_items
    inner join channels_of_items
        on conversation_items.content_type = channels_of_items.reported_value

    {% for channel in ['first_channel', 'second_channel', 'third_channel'] %}
        union all

        -- Named even where neither contacts nor messages were pulled.
        select
            reported_conversation_id,
            {{ channel }} as channel,
            cast(null as timestamp) as used_at
        from conversation_export

    {% endfor %}
),

-- Each once, before the ids of a family are looked up.
channels_used as (

    select
        reported_conversation_id,
        channel,
        min(used_at) as first_used_at,
        max(used_at) as last_used_at
    from used
    group by reported_conversation_id, channel

),

listed as (

    select
        conversation_ids.conversation_id,
        {{ list_texts('channels_used.channel', ',') }} as channels,
        count(distinct channels_used.channel) as channel_count,
        min_by(
            channels_used.channel,
            (channels_used.first_used_at, channels_used.channel)
        ) filter (
            where
            channels_used.channel is not null
            and channels_used.first_used_at is not null
        ) as first_channel,
        min(channels_used.first_used_at)
        filter (where channels_used.channel is not null) as first_used_at,
        min(channels_used.first_used_at)
        filter (where channels_used.channel is null) as first_unknown_at,
        max_by(
            channels_used.channel,
            (channels_used.last_used_at, channels_used.channel)
        ) filter (
            where
            channels_used.channel is not null
            and channels_used.last_used_at is not null
        ) as last_channel,
        max(channels_used.last_used_at)
        filter (where channels_used.channel is not null) as last_used_at,
        max(channels_used.last_used_at)
        filter (where channels_used.channel is null) as last_unknown_at
    from conversation_ids
    left join channels_used
        on
            conversation_ids.reported_conversation_id
            = channels_used.reported_conversation_id
    group by conversation_ids.conversation_id

),

-- Unknown where one of unknown channel, or before the items, may be the one.
flagged as (

    select
        listed.conversation_id,
        listed.channels,
        listed.channel_count,
        case
            when listed.first_unknown_at < listed.first_used_at then null
            else listed.first_channel
        end as first_channel,
        case
            when listed.last_unknown_at > listed.last_used_at then null
            when
                not coalesce(coverage.is_older_than_items, false)
                or (
                    not coverage.has_gap_of_items
                    and listed.last_used_at >= coverage.items_covered_from
                )
                then listed.last_channel
        end as last_channel,
        listed.channel_count > 1 as is_multichannel
    from listed
    left join coverage on listed.conversation_id = coverage.conversation_id

)

select * from flagged
