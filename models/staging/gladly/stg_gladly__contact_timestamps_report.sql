with

contact_timestamps_report as (

    select * from {{ ref('base_gladly__contact_timestamps_report') }}
    where _rejection_reason is null

),

{{ decided_local_times('contact_timestamps_report') }},

timed as (

    select
        *,
        {{ decided_utc('timestamp') }} as utc_occurred_at
    from dated

),

{{ precise_moments(
    'timed',
    ['utc_occurred_at'],
    [
        to_snake_case('event_type'),
        'contact_id',
        'assigned_inbox_id',
        'assigned_agent_id',
        "case when lower(initiator_type) != 'customer' then initiator_id end",
    ],
) }},

renamed as (

    select
        -- what happened
        coalesce(finest_utc_occurred_at, utc_occurred_at)
            as occurred_at,
        {{ to_snake_case('event_type') }} as event_type,

        -- ids
        contact_id,
        conversation_id as reported_conversation_id,
        customer_id as reported_customer_id,
        {{ to_snake_case('channel') }} as channel,

        -- who did it
        {{ to_snake_case('initiator_type') }} as initiator_type,
        initiator_id,
        {{ utf_8_text('initiator_agent_name') }} as initiator_agent_name,

        -- assignment before
        assigned_inbox_id,
        {{ utf_8_text('assigned_inbox_name') }} as assigned_inbox_name,
        assigned_agent_id,
        {{ utf_8_text('assigned_agent_name') }} as assigned_agent_name,

        -- particulars of some events
        {{ utf_8_text('transferred_to_inbox_name') }}
            as transferred_to_inbox_name,
        final_ivr_selection,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from precise

),

-- Only what a later capture does not restate: a merge changes the customer, be
-- it as initiator, and can change the conversation; a rename the names (R33).
keyed as (

    select
        {{ hashed_key([
            'occurred_at', 'event_type', 'contact_id', 'assigned_inbox_id',
            'assigned_agent_id',
            "case when initiator_type != 'customer' then initiator_id end",
        ]) }} as contact_event_key,
        *
    from renamed

),

{{ first_per_key('latest', 'keyed', 'contact_event_key', newest_first()) }}

select * from latest
