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

{{ fill_columns(
    'timed',
    'utc_occurred_at',
    alike=['event_type', 'contact_id'],
    compared=[
        '{row}.assigned_inbox_id', '{row}.assigned_agent_id',
        '{row}.initiator_type',
        "case when lower({row}.initiator_type) != 'customer' "
        ~ "then {row}.initiator_id end",
    ],
    columns=[
        'conversation_id', 'customer_id', 'channel', 'initiator_type',
        'initiator_id', 'assigned_inbox_id', 'assigned_agent_id',
    ],
) }},

{{ precise_moments(
    'filled',
    ['utc_occurred_at'],
    [
        to_snake_case('event_type'),
        'contact_id',
        "nullif(known_assigned_inbox_id, '')",
        "nullif(known_assigned_agent_id, '')",
        "case when lower(known_initiator_type) != 'customer' "
        ~ "then known_initiator_id end",
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
        known_conversation_id as reported_conversation_id,
        known_customer_id as reported_customer_id,
        {{ to_snake_case('known_channel') }} as channel,

        -- who did it
        {{ to_snake_case('known_initiator_type') }} as initiator_type,
        known_initiator_id as initiator_id,
        coalesce(known_initiator_type, known_initiator_id) is not null
            as is_initiator_reported,
        {{ utf_8_text('initiator_agent_name') }} as initiator_agent_name,

        -- assignment before
        nullif(known_assigned_inbox_id, '') as assigned_inbox_id,
        known_assigned_inbox_id is not null as is_assigned_inbox_reported,
        {{ utf_8_text('assigned_inbox_name') }} as assigned_inbox_name,
        nullif(known_assigned_agent_id, '') as assigned_agent_id,
        known_assigned_agent_id is not null as is_assigned_agent_reported,
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
