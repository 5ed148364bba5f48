with

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

conversation_items as (

    select * from {{ ref('int_conversation_items_resolved') }}

),

contacts as (

    select * from {{ ref('int_contacts_combined') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

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
        count(*) filter (where item_kind = 'note') as note_count
    from conversation_items
    group by conversation_id

),

reported as (

    select
        conversation_ids.conversation_id,
        cast(sum(contact_export.message_count) as bigint) as message_count,
        cast(sum(contact_export.customer_message_count) as bigint)
            as customer_message_count,
        cast(sum(contact_export.agent_message_count) as bigint)
            as agent_message_count,
        cast(
            sum(
                contact_export.rule_message_count
                + contact_export.api_message_count
            ) as bigint
        ) as automated_message_count
    from contacts
    inner join contact_export
        on contacts.contact_id = contact_export.contact_id
    inner join conversation_ids
        on
            contacts.reported_conversation_id
            = conversation_ids.reported_conversation_id
    group by conversation_ids.conversation_id

),

-- Items are counted unless there are none, or only the late ones of more; none
-- from beginning to end, they were none.
sourced as (

    select
        conversation_ids.conversation_id,
        case
            when
                counted.conversation_id is not null
                and (
                    not coverage.is_older_than_items
                    or coalesce(reported.message_count, 0)
                    <= counted.message_count
                )
                then 'conversation_items'
            when
                counted.conversation_id is null
                and coverage.is_covered_by_items
                and coalesce(reported.message_count, 0) = 0
                then 'conversation_items'
            when reported.message_count is not null
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
        {% for measure in [
            'message_count', 'customer_message_count', 'agent_message_count',
            'automated_message_count',
        ] %}
            case sourced.message_source_extract
                when 'conversation_items'
                    then coalesce(counted.{{ measure }}, 0)
                else reported.{{ measure }}
            end as {{ measure }},
        {% endfor %}
        case
            when coverage.is_older_than_items
                then
                    greatest(
                        reports.note_count, nullif(counted.note_count, 0)
                    )
            when counted.conversation_id is not null then counted.note_count
            when reports.note_count is not null then reports.note_count
            when coverage.is_covered_by_items then 0
        end as note_count
    from sourced
    left join counted on sourced.conversation_id = counted.conversation_id
    left join reported on sourced.conversation_id = reported.conversation_id
    left join coverage on sourced.conversation_id = coverage.conversation_id
    left join reports on sourced.conversation_id = reports.conversation_id

)

select * from summed
