with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

-- The report counts for an absorbed id what happened under it, and for the
-- survivor what happened under its own.
aggregated as (

    select
        conversation_ids.conversation_id,
        min(conversation_export.created_at) as created_at,
        max(conversation_export._captured_at) as captured_at,
        cast(sum(conversation_export.contact_count) as bigint)
            as contact_count,
        count(conversation_export.first_contact_id) > 0 as has_first_contact,
        cast(sum(conversation_export.note_count) as bigint) as note_count,
        round(sum(conversation_export.handle_seconds), 3)
            as total_handle_seconds,
        max(conversation_export.channel_count) as channel_count,
        bool_and(
            conversation_export.channel_count is not null
            or conversation_export.first_channel is not null
        ) as has_channels,
        count(
            coalesce(
                conversation_export.topic_names,
                conversation_export.topic_paths
            )
        ) > 0 as has_topics,
        bool_and(conversation_export.are_topics_reported)
            as are_topics_reported,
        cast(sum(conversation_export.topic_added_count) as bigint)
            as topic_added_count,
        cast(sum(conversation_export.topic_removed_count) as bigint)
            as topic_removed_count
    from conversation_export
    inner join conversation_ids
        on
            conversation_export.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by conversation_ids.conversation_id

)

select * from aggregated
