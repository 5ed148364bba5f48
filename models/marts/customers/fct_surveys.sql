with

conversation_items as (

    select * from {{ ref('stg_gladly__conversation_items') }}
    where content_type = 'customer_activity'

),

item_copies as (

    select * from {{ ref('stg_gladly__conversation_item_copies') }}

),

item_ids as (

    select * from {{ ref('int_item_ids_resolved') }}

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

activities as (

    select
        conversation_items.conversation_item_id,
        conversation_items.reported_customer_id,
        conversation_items.occurred_at as recorded_at,
        {{ to_snake_case(json_text('item_copies.content', 'activityType')) }}
            as activity_type,
        nullif({{ json_text('item_copies.content', 'sourceName') }}, '')
            as source_name,
        {{ to_utc(json_text('item_copies.content', 'occurredAt')) }}
            as surveyed_at,
        {{ to_utc(json_text('item_copies.content', 'receivedAt')) }}
            as received_at
    from conversation_items
    inner join item_copies
        on
            conversation_items._extract_file = item_copies._extract_file
            and conversation_items._record_number = item_copies._record_number

),

-- Issued again after a merge, a survey is known by its newest id (R15).
surveys as (

    select
        item_ids.item_id as survey_id,
        customer_ids.customer_id,
        activities.reported_customer_id,
        -- Erased in this build or before it: the table is the same.
        case
            when coalesce(customer_ids.customer_status, '') != 'deleted'
                then activities.source_name
        end as source_name,
        activities.recorded_at,
        {{ to_reporting_date('activities.recorded_at') }} as recorded_date,
        activities.surveyed_at,
        activities.received_at
    from activities
    inner join item_ids
        on
            activities.conversation_item_id = item_ids.reported_item_id
            and item_ids.resolution_status = 'current'
    left join customer_ids
        on activities.reported_customer_id = customer_ids.reported_customer_id
    where activities.activity_type = 'survey'

)

select * from surveys
