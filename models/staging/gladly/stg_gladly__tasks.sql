with

tasks as (

    select * from {{ ref('base_gladly__tasks') }}
    where _rejection_reason is null

),

parsed as (

    select
        *,
        {{ json_fields('created_by', ['id', 'type']) }} as creator,
        {{ json_fields('assignee', ['inboxId', 'agentId']) }} as assigned_to
    from tasks

),

renamed as (

    select
        -- ids
        id as task_id,
        customer_id as reported_customer_id,
        nullif(assigned_to.inboxId, '') as inbox_id,
        nullif(assigned_to.agentId, '') as agent_id,
        nullif(creator.id, '') as created_by_id,

        -- what it is
        {{ to_snake_case('creator.type') }} as created_by_type,

        -- state
        nullif({{ to_snake_case('status') }}, '404') as task_status,
        coalesce(status = '404', false) as is_gone,

        -- times
        {{ to_utc('timestamp') }} as created_at,
        {{ to_utc('due_at') }} as due_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from parsed

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by task_id
        order by {{ newest_first() }}
    ) = 1

),

last_found as (

    select * from renamed
    where not is_gone
    qualify row_number() over (
        partition by task_id
        order by {{ newest_first() }}
    ) = 1

),

-- A 404 says nothing of the task but that it is gone.
known as (

    select
        latest.task_id,
        {% for column in [
            'reported_customer_id', 'inbox_id', 'agent_id', 'created_by_id',
            'created_by_type',
        ] %}
            last_found.{{ column }},
        {% endfor %}
        latest.task_status,
        latest.is_gone,
        last_found.created_at,
        last_found.due_at,
        last_found._captured_at as last_found_at,
        latest._captured_at,
        latest._extract_file,
        latest._record_number
    from latest
    left join last_found on latest.task_id = last_found.task_id

)

select * from known
