with

missing as (

    select * from {{ ref('int_missing_captures_unioned') }}

),

keyed as (

    select
        {{ hashed_key(['entity', 'entity_id', 'extract_name']) }}
            as missing_capture_key,
        entity,
        entity_id,
        conversation_id,
        extract_name,
        reason,
        pull_from,
        pull_to
    from missing

)

select * from keyed
