with

tasks as (

    select * from {{ ref('stg_gladly__tasks') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}
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
        max_by(
            coalesce(assignee_inbox_id, context_inbox_id),
            (occurred_at, event_id)
        ) filter (
            where coalesce(assignee_inbox_id, context_inbox_id) is not null
        ) as inbox_id,
        max_by(
            coalesce(assignee_agent_id, context_agent_id),
            (occurred_at, event_id)
        ) filter (
            where coalesce(assignee_agent_id, context_agent_id) is not null
        ) as agent_id,
        min(occurred_at) filter (where event_type = 'task_created')
            as created_at,
        max(occurred_at) filter (where event_type = 'task_closed')
            as last_closed_at,
        max(occurred_at) filter (
            where event_type in ('task_created', 'task_reopened')
        ) as last_opened_at,
        count(*) filter (where event_type = 'task_reopened') as reopen_count,
        count(*) filter (where event_type = 'task_comment_added')
            as comment_count
    from events
    group by task_id

),

task_ids as (

    select task_id from tasks
    union
    select task_id from recorded

),

-- What happened after the task was fetched counts more than what it was then.
joined as (

    select
        task_ids.task_id,
        coalesce(tasks.reported_customer_id, recorded.reported_customer_id)
            as reported_customer_id,
        coalesce(tasks.inbox_id, recorded.inbox_id) as inbox_id,
        coalesce(tasks.agent_id, recorded.agent_id) as agent_id,
        tasks.created_by_type,
        coalesce(tasks.created_at, recorded.created_at) as created_at,
        tasks.due_at,
        recorded.last_closed_at,
        recorded.reopen_count,
        recorded.comment_count,
        case
            when tasks.is_gone then 'gone'
            when
                recorded.last_closed_at > coalesce(
                    greatest(recorded.last_opened_at, case
                        when tasks.task_status is not null
                            then tasks._captured_at
                    end),
                    cast('1900-01-01' as timestamp)
                )
                then 'closed'
            when recorded.last_opened_at > tasks._captured_at then 'open'
            when tasks.task_status is not null then tasks.task_status
            when recorded.last_opened_at is not null then 'open'
            else 'unknown'
        end as task_status
    from task_ids
    left join tasks on task_ids.task_id = tasks.task_id
    left join recorded on task_ids.task_id = recorded.task_id

),

described as (

    select
        joined.task_id,
        customer_ids.customer_id,
        joined.reported_customer_id,
        joined.inbox_id,
        joined.agent_id,
        joined.created_by_type,
        joined.task_status,
        joined.created_at,
        {{ to_reporting_date('joined.created_at') }} as created_date,
        joined.due_at,
        case when joined.task_status != 'open' then joined.last_closed_at end
            as closed_at,
        case
            when joined.task_status != 'open'
                then
                    {{ seconds_between(
                        'joined.created_at', 'joined.last_closed_at'
                    ) }}
        end as created_to_closed_seconds,
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
