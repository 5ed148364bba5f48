{% set measures = [
    'message_count', 'customer_message_count', 'agent_message_count',
    'automated_message_count',
] %}
with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_export as (

    select
        *,
        rule_message_count + api_message_count as automated_message_count
    from {{ ref('stg_gladly__contact_export_report') }}

),

coverage as (

    select * from {{ ref('int_conversation_coverage_compared') }}

),

reports as (

    select * from {{ ref('int_conversation_reports_aggregated') }}

),

counted as (

    select
        conversation_id,
        count(*) filter (where is_message) as message_count,
        count(*) filter (where is_message and is_from_customer)
            as customer_message_count,
        count(*) filter (where is_message and is_from_agent)
            as agent_message_count,
        count(*) filter (where is_message and is_automated)
            as automated_message_count,
        count(*) filter (
            where is_message and (is_from_agent or is_answered_by_agent)
            or item_kind is null and is_from_agent
        ) as agent_act_count,
        count(*) filter (where item_kind is null) as unknown_item_count,
        count(*) filter (where item_kind = 'note') as note_count
    from conversation_items
    group by conversation_id

),

reported as (

    select
        {% for measure in measures %}
            case
                when count(contact_export.{{ measure }}) = count(*)
                    then cast(sum(contact_export.{{ measure }}) as bigint)
            end as {{ measure }},
        {% endfor %}
        conversation_ids.conversation_id
    from contacts
    left join contact_export
        on contacts.contact_id = contact_export.contact_id
    inner join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by conversation_ids.conversation_id

),

-- Items count where jobs reach back; none is 0 only within the jobs.
sourced as (

    select
        conversation_ids.conversation_id,
        case
            when
                counted.unknown_item_count = 0
                and not coverage.is_older_than_items
                and not coverage.is_newer_than_items
                then 'conversation_items'
            when
                counted.conversation_id is null
                and coverage.is_covered_by_items
                and coalesce(reported.message_count, 0) = 0
                then 'conversation_items'
            when
                reported.message_count is not null
                and not coverage.is_older_than_contacts
                then 'contact_export_report'
        end as message_source_extract
    from conversation_ids
    left join counted
        on conversation_ids.conversation_id = counted.conversation_id
    left join reported
        on conversation_ids.conversation_id = reported.conversation_id
    left join coverage
        on conversation_ids.conversation_id = coverage.conversation_id
    where conversation_ids.hop_count = 0

),

summed as (

    select
        sourced.conversation_id,
        sourced.message_source_extract,
        coverage.is_older_than_items,
        greatest(counted.agent_act_count, reported.agent_message_count) > 0
            as has_agent_messages,
        {% for measure in measures %}
            case sourced.message_source_extract
                when 'conversation_items'
                    then coalesce(counted.{{ measure }}, 0)
                when 'contact_export_report' then reported.{{ measure }}
            end as {{ measure }},
        {% endfor %}
        case
            when sourced.message_source_extract = 'conversation_items'
                then coalesce(counted.note_count, reports.note_count, 0)
            when coverage.is_newer_than_export is not true
                then reports.note_count
        end as note_count
    from sourced
    left join counted on sourced.conversation_id = counted.conversation_id
    left join reported on sourced.conversation_id = reported.conversation_id
    left join coverage on sourced.conversation_id = coverage.conversation_id
    left join reports on sourced.conversation_id = reports.conversation_id

)

select * from summed
