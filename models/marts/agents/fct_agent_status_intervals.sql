with

intervals as (

    select * from {{ ref('int_agent_statuses_sequenced') }}
    where status != 'unknown'

),

described as (

    select
        {{ hashed_key(['agent_id', 'valid_from']) }}
            as agent_status_interval_key,
        agent_id,
        status,
        reason,
        valid_from,
        valid_to,
        {{ seconds_between('valid_from', 'valid_to') }} as duration_seconds,
        valid_to is null as is_current,
        is_end_reported
    from intervals

)

select * from described
