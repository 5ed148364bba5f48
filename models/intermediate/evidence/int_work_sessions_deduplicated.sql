with

work_session_events as (

    select * from {{ ref('stg_gladly__work_session_events') }}

),

handled as (

    -- A row without an agent is no work session: no agent handled the contact,
    -- its time went to a stacked outbound contact, or it was still open. It is
    -- about the contact in int_contact_sessions_deduplicated instead.
    select * from work_session_events
    where agent_id is not null

)

select * from handled
