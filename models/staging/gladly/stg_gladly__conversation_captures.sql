with

conversations as (

    select * from {{ ref('base_gladly__conversations') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as reported_conversation_id,
        customer_id as reported_customer_id,
        inbox_id,
        agent_id,
        cast(
            {{ json_id_list('cast(topic_ids as string)') }} as {{ json_type() }}
        ) as topic_ids,

        -- state
        case
            when {{ to_count('status') }} is null
                then {{ to_snake_case('status') }}
        end as conversation_status,
        coalesce({{ to_count('status') }} = 404, false) as is_gone,

        -- times
        {{ to_utc('created_at') }} as created_at,
        {{ to_utc('closed_at') }} as closed_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number,
        _record_hash
    from conversations

)

select * from renamed
