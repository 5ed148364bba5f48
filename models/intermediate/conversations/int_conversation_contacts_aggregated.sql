with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_work as (

    select * from {{ ref('int_contact_work_resolved') }}

),

work_sessions as (

    select * from {{ ref('int_work_sessions_deduplicated') }}

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

contacts_summed as (

    select
        conversation_ids.conversation_id,
        count(*) as captured_contact_count,
        min(contacts.queued_at) as first_queued_at,
        -- Gladly gives a contact that a rule began no direction; of any other
        -- that has none it was not reported.
        {% for direction in ['inbound', 'outbound'] %}
            case
                when
                    bool_and(
                        contacts.direction is not null
                        or coalesce(
                            contacts.initiator_type = 'automation', false
                        )
                    )
                    then
                        count(*) filter (
                            where contacts.direction = '{{ direction }}'
                        )
            end as {{ direction }}_contact_count,
        {% endfor %}
        -- Of a contact whose work is unknown, so is the sum.
        case
            when count(contact_work.work_session_count) = count(*)
                then cast(sum(contact_work.work_session_count) as bigint)
        end as work_session_count,
        {% for measure in [
            'handle_seconds', 'after_contact_seconds', 'unknown_seconds',
        ] %}
            case
                when count(contact_work.{{ measure }}) = count(*)
                    then round(sum(contact_work.{{ measure }}), 3)
            end as {{ measure }},
        {% endfor %}
        count(*) filter (where contact_work.handle_seconds is null)
            as contact_without_work_count,
        case
            when count(distinct contact_work.work_source_extract) > 1
                then 'several'
            else max(contact_work.work_source_extract)
        end as work_source_extract
    from contacts
    inner join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    left join contact_work on contacts.contact_id = contact_work.contact_id
    group by conversation_ids.conversation_id

),

agents_counted as (

    select
        conversation_ids.conversation_id,
        count(distinct work_sessions.agent_id) as agent_count
    from work_sessions
    inner join contacts on work_sessions.contact_id = contacts.contact_id
    inner join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by conversation_ids.conversation_id

),

summed as (

    select
        conversation_ids.reported_conversation_id as conversation_id,
        coalesce(contacts_summed.captured_contact_count, 0)
            as captured_contact_count,
        contacts_summed.first_queued_at,
        contacts_summed.inbound_contact_count,
        contacts_summed.outbound_contact_count,
        contacts_summed.work_session_count,
        case
            when contacts_summed.work_session_count is not null
                then coalesce(agents_counted.agent_count, 0)
        end as agent_count,
        contacts_summed.handle_seconds,
        contacts_summed.after_contact_seconds,
        contacts_summed.unknown_seconds,
        contacts_summed.contact_without_work_count,
        contacts_summed.work_source_extract
    from conversation_ids
    left join contacts_summed
        on
            conversation_ids.reported_conversation_id
            = contacts_summed.conversation_id
    left join agents_counted
        on
            conversation_ids.reported_conversation_id
            = agents_counted.conversation_id
    where conversation_ids.hop_count = 0

)

select * from summed
