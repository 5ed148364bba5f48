with

conversation_timestamps_report as (

    select * from {{ ref('base_gladly__conversation_timestamps_report') }}
    where _rejection_reason is null

),

{{ decided_local_times('conversation_timestamps_report') }},

timed as (

    select
        *,
        {{ decided_utc('timestamp') }} as utc_occurred_at
    from dated

),

{{ fill_columns(
    'timed',
    'utc_occurred_at',
    alike=['event_type', 'conversation_id'],
    compared=[
        '{row}.merged_customer_id', '{row}.merged_conversation_id',
        '{row}.topic_id', '{row}.newly_assigned_inbox_id',
        '{row}.newly_assigned_agent_id', '{row}.initiator_type',
        "case when lower({row}.initiator_type) != 'customer' "
        ~ "then {row}.initiator_id end",
    ],
    columns=[
        'customer_id', 'topic_id', 'merged_customer_id',
        'merged_conversation_id', 'initiator_type', 'initiator_id',
        'assigned_inbox_id', 'assigned_agent_id', 'newly_assigned_inbox_id',
        'newly_assigned_agent_id', 'assignment_update_reason',
    ],
) }},

{{ precise_moments(
    'filled',
    ['utc_occurred_at'],
    [
        to_snake_case('event_type'),
        'conversation_id',
        'known_merged_customer_id',
        'known_merged_conversation_id',
        'known_topic_id',
        "nullif(known_newly_assigned_inbox_id, '')",
        "nullif(known_newly_assigned_agent_id, '')",
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
        conversation_id as reported_conversation_id,
        known_customer_id as reported_customer_id,
        known_topic_id as topic_id,
        known_merged_customer_id as merged_customer_id,
        known_merged_conversation_id as merged_conversation_id,

        -- who did it
        {{ to_snake_case('known_initiator_type') }} as initiator_type,
        known_initiator_id as initiator_id,
        coalesce(known_initiator_type, known_initiator_id) is not null
            as is_initiator_reported,
        {{ utf_8_text('initiator_agent_name') }} as initiator_agent_name,

        -- assignment before and after
        nullif(known_assigned_inbox_id, '') as assigned_inbox_id,
        known_assigned_inbox_id is not null as is_assigned_inbox_reported,
        nullif(known_assigned_agent_id, '') as assigned_agent_id,
        known_assigned_agent_id is not null as is_assigned_agent_reported,
        nullif(known_newly_assigned_inbox_id, '') as new_inbox_id,
        known_newly_assigned_inbox_id is not null as is_new_inbox_reported,
        nullif(known_newly_assigned_agent_id, '') as new_agent_id,
        known_newly_assigned_agent_id is not null as is_new_agent_reported,
        {{ to_snake_case('known_assignment_update_reason') }}
            as assignment_reason,

        -- names as of the capture
        {{ utf_8_text('topic_name') }} as topic_name,
        {{ utf_8_text('assigned_inbox_name') }} as assigned_inbox_name,
        {{ utf_8_text('assigned_agent_name') }} as assigned_agent_name,
        {{ utf_8_text('newly_assigned_inbox_name') }} as new_inbox_name,
        {{ utf_8_text('newly_assigned_agent_name') }} as new_agent_name,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from precise

),

-- Only what a later capture does not restate: with the customer in the key, be
-- it as initiator, a merge would give every event of the absorbed profile a
-- second row (R33).
keyed as (

    select
        {{ hashed_key([
            'occurred_at', 'event_type', 'reported_conversation_id',
            'merged_customer_id', 'merged_conversation_id', 'topic_id',
            'new_inbox_id', 'new_agent_id',
            "case when initiator_type != 'customer' then initiator_id end",
        ]) }} as conversation_event_key,
        *
    from renamed

),

-- What a file has no column for, an older one can say.
{{ first_per_key(
    'latest', 'keyed', 'conversation_event_key',
    'is_assigned_agent_reported desc, is_assigned_inbox_reported desc, '
    ~ newest_first(),
) }}

select * from latest
