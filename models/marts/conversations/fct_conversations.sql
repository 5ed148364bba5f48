with

families as (

    select * from {{ ref('int_conversation_families_aggregated') }}

),

conversation_statuses as (

    select * from {{ ref('int_conversation_statuses_resolved') }}

),

conversation_owners as (

    select * from {{ ref('int_conversation_owners_resolved') }}

),

conversation_export as (

    select * from {{ ref('stg_gladly__conversation_export_report') }}

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_resolved') }}

),

answers as (

    select * from {{ ref('int_conversation_answers_inferred') }}

),

business_waits as (

    select
        {% for wait in [
            'first_reply', 'created_to_first_closed', 'created_to_last_closed',
        ] %}
            max(business_seconds) filter (where wait = '{{ wait }}')
                as {{ wait }}_business_seconds,
        {% endfor %}
        subject_id as conversation_id
    from {{ ref('int_office_waits_matched') }}
    where wait != 'queued_to_fulfilled'
    group by subject_id

),

joined as (

    select
        families.conversation_id,
        conversation_owners.customer_id,
        conversation_statuses.conversation_status,

        -- moments
        lifecycles.created_at,
        {{ to_reporting_date('lifecycles.created_at') }} as created_date,
        lifecycles.first_closed_at,
        lifecycles.last_closed_at,
        {{ to_reporting_date('lifecycles.last_closed_at') }}
            as last_closed_date,
        lifecycles.close_count,
        lifecycles.reopen_count,
        lifecycles.created_to_first_closed_seconds,
        lifecycles.created_to_last_closed_seconds,
        business_waits.created_to_first_closed_business_seconds,
        business_waits.created_to_last_closed_business_seconds,

        -- who has it
        lifecycles.created_inbox_id,
        lifecycles.current_inbox_id,
        lifecycles.last_closed_inbox_id,
        lifecycles.current_agent_id,
        lifecycles.last_closed_agent_id,
        lifecycles.last_closed_by_type,
        lifecycles.assignment_count,
        lifecycles.agent_reassignment_count,

        -- what happened in it, absorbed conversations included
        coalesce(conversation_export.first_channel, families.first_channel)
            as first_channel,
        case
            when families.is_newer_than_export then families.last_channel
            else
                coalesce(
                    conversation_export.last_channel, families.last_channel
                )
        end as last_channel,
        {% for column in [
            'channels', 'channel_count', 'is_multichannel', 'contact_count',
            'uncaptured_contact_count', 'inbound_contact_count',
            'outbound_contact_count', 'work_session_count', 'agent_count',
            'handle_seconds', 'after_contact_seconds', 'unknown_seconds',
            'total_handle_seconds', 'contact_without_work_count',
            'work_source_extract', 'message_count', 'customer_message_count',
            'agent_message_count', 'automated_message_count',
            'message_source_extract', 'note_count',
            'first_customer_message_at', 'first_agent_reply_at',
            'first_reply_seconds',
        ] %}
            families.{{ column }},
        {% endfor %}
        business_waits.first_reply_business_seconds,
        answers.answered_by,
        families.topic_count,
        families.is_untagged,
        families.absorbed_conversation_count,

        -- flags
        {% for flag in ['is_fcr_eligible', 'is_fcr_success'] %}
            coalesce(
                conversation_export.{{ flag }}
                and not families.is_newer_than_export,
                false
            ) as {{ flag }},
        {% endfor %}
        conversation_export.is_fcr_eligible is not null
        and not families.is_newer_than_export as is_fcr_reported,
        families.is_older_than_items,
        conversation_statuses.conversation_status in ('open', 'waiting')
            as is_open,
        conversation_statuses.conversation_status = 'deleted' as is_deleted,
        families.is_self_served
    from families
    left join conversation_statuses
        on families.conversation_id = conversation_statuses.conversation_id
    left join conversation_owners
        on families.conversation_id = conversation_owners.conversation_id
    left join conversation_export
        on
            families.conversation_id
            = conversation_export.reported_conversation_id
    left join lifecycles
        on families.conversation_id = lifecycles.conversation_id
    left join answers
        on families.conversation_id = answers.conversation_id
    left join business_waits
        on families.conversation_id = business_waits.conversation_id

)

select * from joined
