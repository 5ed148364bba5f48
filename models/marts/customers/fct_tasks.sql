{%- set closed_at -%}
case
    when joined.task_status != 'open' and joined.last_change = 'task_closed'
        then joined.changed_at
end
{%- endset -%}
{% set is_status_change =
    "event_type in ('task_created', 'task_closed', 'task_reopened')" %}

with

tasks as (

    select * from {{ ref('stg_gladly__tasks') }}

),

-- Assigned to an inbox alone it has no agent; due before an event, it still is.
events as (

    select
        *,
        {% for owner in ['inbox_id', 'agent_id'] %}
            case
                when assignee_inbox_id is null
                    then coalesce(context_{{ owner }}, '')
                else coalesce(assignee_{{ owner }}, '')
            end as assigned_{{ owner }},
        {% endfor %}
        case
            when event_type = 'task_due_date_updated' then due_at
            else coalesce(due_at, context_due_at)
        end as known_due_at
    from {{ ref('stg_gladly__events') }}
    where event_type like 'task_%' and task_id is not null

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

recorded as (

    select
        task_id,
        max_by(reported_customer_id, (occurred_at, event_id))
        filter (where reported_customer_id is not null)
            as reported_customer_id,
        {% for owner in ['inbox_id', 'agent_id'] %}
            max_by(assigned_{{ owner }}, (occurred_at, event_id))
            filter (where assigned_inbox_id != '') as {{ owner }},
        {% endfor %}
        max(occurred_at) filter (where assigned_inbox_id != '') as assigned_at,
        max_by(known_due_at, (occurred_at, event_id))
        filter (where known_due_at is not null) as due_at,
        max(occurred_at) filter (where known_due_at is not null) as due_said_at,
        coalesce(
            min(occurred_at) filter (where event_type = 'task_created'),
            min(context_created_at)
        ) as created_at,
        max_by(event_type, (occurred_at, event_id))
        filter (where {{ is_status_change }}) as last_change,
        max(occurred_at) filter (where {{ is_status_change }}) as changed_at,
        count(*) filter (where event_type = 'task_reopened') as reopen_count,
        count(*) filter (where event_type = 'task_comment_added')
            as comment_count
    from events
    group by task_id

),

-- What happened after the task was fetched counts more than what it was then.
joined as (

    select
        coalesce(tasks.task_id, recorded.task_id) as task_id,
        coalesce(tasks.reported_customer_id, recorded.reported_customer_id)
            as reported_customer_id,
        {% for field, known_at in {
            'inbox_id': 'assigned_at', 'agent_id': 'assigned_at',
            'due_at': 'due_said_at',
        }.items() %}
            case
                when recorded.{{ known_at }} <= tasks.last_found_at
                    then tasks.{{ field }}
                else coalesce(recorded.{{ field }}, tasks.{{ field }})
            end as {{ field }},
        {% endfor %}
        tasks.created_by_type,
        coalesce(tasks.created_at, recorded.created_at) as created_at,
        recorded.last_change,
        recorded.changed_at,
        recorded.reopen_count,
        recorded.comment_count,
        case
            when tasks.is_gone then 'gone'
            when
                coalesce(recorded.changed_at <= tasks.last_found_at, true)
                and tasks.task_status is not null
                then tasks.task_status
            when recorded.last_change = 'task_closed' then 'closed'
            when recorded.last_change is not null then 'open'
            else 'unknown'
        end as task_status
    from tasks
    full outer join recorded on tasks.task_id = recorded.task_id

),

described as (

    select
        joined.task_id,
        customer_ids.customer_id,
        joined.reported_customer_id,
        nullif(joined.inbox_id, '') as inbox_id,
        nullif(joined.agent_id, '') as agent_id,
        joined.created_by_type,
        joined.task_status,
        joined.created_at,
        {{ to_reporting_date('joined.created_at') }} as created_date,
        joined.due_at,
        {{ closed_at }} as closed_at,
        {{ seconds_between('joined.created_at', closed_at) }}
            as created_to_closed_seconds,
        joined.reopen_count,
        joined.comment_count,
        joined.task_status = 'open' as is_open,
        coalesce(
            joined.task_status = 'open'
            and joined.due_at < reporting_moments.as_of,
            false
        ) as is_overdue
    from joined
    cross join reporting_moments
    left join customer_ids
        on joined.reported_customer_id = customer_ids.reported_customer_id

)

select * from described
