with

sequenced as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}

),

keyed as (

    select
        {{ hashed_key(['reported_conversation_id', 'valid_from']) }}
            as conversation_status_interval_key,
        conversation_id,
        reported_conversation_id,
        status,
        valid_from,
        valid_to,
        ended_by,
        is_beginning_reported
    from sequenced

)

select * from keyed
