{# Where extracts refer to agents and inboxes, and where they print names. #}
{% set mentioning = {
    'agent': {
        'conversation_exports': {
            'current_agent_id': 'current_agent_name',
            'created_agent_id': 'created_agent_name',
            'created_by_agent_id': 'created_by_agent_name',
            'last_closed_agent_id': 'last_closed_agent_name',
            'last_closed_by_agent_id': 'last_closed_by_agent_name',
        },
        'conversation_timestamps': {
            'assigned_agent_id': 'assigned_agent_name',
            'new_agent_id': 'new_agent_name',
            'acting_agent_id': 'initiator_agent_name',
        },
        'contact_timestamps': {
            'assigned_agent_id': 'assigned_agent_name',
            'acting_agent_id': 'initiator_agent_name',
        },
        'agent_timestamps': {'agent_id': 'agent_name'},
        'conversation_captures': {'agent_id': none},
        'tasks': {'agent_id': none},
        'work_session_events': {'agent_id': none},
        'events': {
            'agent_id': none,
            'assignee_agent_id': none,
            'context_agent_id': none,
        },
    },
    'inbox': {
        'conversation_exports': {
            'current_inbox_id': 'current_inbox_name',
            'created_inbox_id': 'created_inbox_name',
            'last_closed_inbox_id': 'last_closed_inbox_name',
        },
        'conversation_timestamps': {
            'assigned_inbox_id': 'assigned_inbox_name',
            'new_inbox_id': 'new_inbox_name',
        },
        'contact_timestamps': {'assigned_inbox_id': 'assigned_inbox_name'},
        'conversation_captures': {'inbox_id': none},
        'tasks': {'inbox_id': none},
        'work_session_events': {'inbox_id': none, 'accepted_inbox_id': none},
        'events': {'assignee_inbox_id': none, 'context_inbox_id': none},
    },
} %}
{# Reports print the name of whoever acted where that is an agent. #}
{% set acting_agent %}
case
    when
        initiator_agent_name is not null
        and coalesce(initiator_type = 'agent', true)
        then initiator_id
end
{%- endset %}

with

conversation_exports as (

    select * from {{ ref('stg_gladly__conversation_export_captures') }}

),

conversation_timestamps as (

    select
        *,
        {{ acting_agent }} as acting_agent_id
    from {{ ref('stg_gladly__conversation_timestamps_report') }}

),

contact_timestamps as (

    select
        *,
        {{ acting_agent }} as acting_agent_id
    from {{ ref('stg_gladly__contact_timestamps_report') }}

),

agent_timestamps as (

    select * from {{ ref('stg_gladly__agent_timestamps_report') }}

),

conversation_captures as (

    select * from {{ ref('stg_gladly__conversation_captures') }}

),

tasks as (

    select * from {{ ref('stg_gladly__tasks') }}

),

work_session_events as (

    select * from {{ ref('stg_gladly__work_session_events') }}

),

events as (

    select * from {{ ref('stg_gladly__events') }}

),

{% for entity, extracts in mentioning.items() %}
    {{ entity }}_mentions as (

        {% for extract, columns in extracts.items() %}
            {{ mentions(extract, columns) }}

            {{ 'union all' if not loop.last }}
        {% endfor %}

    ),

{% endfor %}
listed as (

    {% for entity in mentioning %}
        select
            '{{ entity }}' as entity,
            mentioned_id as entity_id,
            max(mentioned_name) as entity_name,
            _captured_at
        from {{ entity }}_mentions
        where mentioned_id is not null
        group by mentioned_id, _captured_at
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from listed
