with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

judged as (

    select
        conversation_export.*,
        conversation_ids.conversation_id,
        conversation_ids.ended_at,
        conversation_export.reported_conversation_id
        = conversation_ids.conversation_id as is_survivor,
        max(
            case
                when
                    conversation_export.reported_conversation_id
                    = conversation_ids.conversation_id
                    then greatest(
                        conversation_export._captured_at,
                        conversation_export.created_at,
                        conversation_export.last_closed_at
                    )
            end
        ) over (partition by conversation_ids.conversation_id)
            as survivor_captured_at
    from conversation_export
    inner join conversation_ids
        on
            conversation_export.reported_conversation_id
            = conversation_ids.reported_conversation_id

),

-- Contacts go over to the survivor. So what was captured of an absorbed id
-- before the merge, and of the survivor after it, counts them twice.
dated as (

    select
        *,
        not is_survivor
        and coalesce(conversation_status != 'merged', true)
        and coalesce(ended_at < survivor_captured_at, false) as is_outdated
    from judged

),

-- The report counts for an absorbed id what happened under it, and for the
-- survivor what happened under its own. Topics are the survivor's alone.
aggregated as (

    select
        conversation_id,
        min(created_at) as created_at,
        coalesce(max(survivor_captured_at), max(_captured_at)) as captured_at,
        cast(sum(contact_count) filter (where not is_outdated) as bigint)
            as contact_count,
        round(sum(handle_seconds) filter (where not is_outdated), 3)
            as total_handle_seconds,
        count(first_contact_id) > 0 as has_first_contact,
        cast(sum(note_count) as bigint) as note_count,
        max(channel_count) as channel_count,
        bool_and(channel_count is not null or first_channel is not null)
            as has_channels,
        count(coalesce(topic_names, topic_paths)) filter (where is_survivor) > 0
            as has_topics,
        coalesce(
            bool_and(are_topics_reported) filter (where is_survivor), false
        ) as are_topics_reported,
        cast(sum(topic_added_count) as bigint) as topic_added_count,
        cast(sum(topic_removed_count) as bigint) as topic_removed_count
    from dated
    group by conversation_id

)

select * from aggregated
