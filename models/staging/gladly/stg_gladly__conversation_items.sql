with

{% if is_incremental() %}
    -- Found first: then the rows of all other files are not even read.
    new_files as (

        select distinct _extract_file
        from {{ ref('base_gladly__conversation_items') }}
        where
            _extract_file not in (
                select distinct _extract_file from {{ this }}
            )

    ),

{% endif %}

conversation_items as (

    select * from {{ ref('base_gladly__conversation_items') }}
    where
        _rejection_reason is null
        {% if is_incremental() %}
            and _extract_file in (select _extract_file from new_files)
        {% endif %}

),

-- Few ids come twice: found on the id alone, they spare the window most rows.
new_captures as (

    select
        id as conversation_item_id,
        _captured_at,
        _extract_file,
        _record_number
    from {{ ref('base_gladly__conversation_items') }}
    where
        _rejection_reason is null
        {% if is_incremental() %}
            and _extract_file in (select _extract_file from new_files)
        {% endif %}

),

captures as (

    select * from new_captures
    {% if is_incremental() %}
        union all
        select
            conversation_item_id,
            _captured_at,
            _extract_file,
            _record_number
        from {{ this }}
        where conversation_item_id in (
            select conversation_item_id from new_captures
        )
    {% endif %}

),

repeated as (

    select conversation_item_id
    from captures
    group by conversation_item_id
    having count(*) > 1

),

outdated as (

    select
        _extract_file,
        _record_number
    from captures
    where conversation_item_id in (select conversation_item_id from repeated)
    qualify row_number() over (
        partition by conversation_item_id
        order by {{ newest_first() }}
    ) > 1

),

parsed as (

    select
        conversation_items.*,
        {{ json_fields('initiator', ['id', 'type']) }} as initiated_by,
        {{ json_fields('responder', ['id', 'type']) }} as responded_by,
        {{ json_fields('content', [
            'type', 'status', 'content', 'body', 'recordingSummary',
            'addedTopicIds', 'removedTopicIds', 'erasedLength', 'answeredAt',
        ]) }} as payload
    from conversation_items
    left join outdated
        on
            conversation_items._extract_file = outdated._extract_file
            and conversation_items._record_number = outdated._record_number
    where outdated._record_number is null

),

renamed as (

    select
        -- ids
        id as conversation_item_id,
        conversation_id as reported_conversation_id,
        customer_id as reported_customer_id,
        session_id as ai_session_id,
        nullif(initiated_by.id, '') as initiator_id,
        nullif(responded_by.id, '') as responder_id,

        -- what it is
        {{ to_snake_case('payload.type') }} as content_type,
        {{ item_initiator_type(
            'initiated_by.type', 'payload.type', 'responded_by.type'
        ) }} as initiator_type,
        {{ to_snake_case('responded_by.type') }} as responder_type,
        {{ to_snake_case('payload.status') }} as changed_to_status,
        {{ json_id_list('payload.addedTopicIds') }} as added_topic_ids,
        {{ json_id_list('payload.removedTopicIds') }} as removed_topic_ids,
        coalesce(
            length(coalesce(payload.content, payload.body)),
            {{ to_count('payload.erasedLength') }}
        ) as content_length,

        coalesce(
            {{ has_pattern(
                'payload.recordingSummary', '"status" ?: ?"REDACTED"'
            ) }}, false
        ) as is_recording_redacted,

        -- times
        {{ to_utc('timestamp') }} as occurred_at,
        {{ to_possible_utc('payload.answeredAt') }} as answered_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from parsed

)

select * from renamed
