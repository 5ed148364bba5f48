{% set rule = restatement_rules().conversation_export_report %}

with

captures as (

    select * from {{ ref('stg_gladly__conversation_export_captures') }}

),

{{ completed_captures(
    'reported_conversation_id',
    settled=rule.settled + [
        'conversation_link', 'created_by_agent_name', 'created_inbox_name',
        'created_agent_name',
    ],
    moving=rule.moving + rule.growing + [
        'current_agent_name', 'current_inbox_name', 'last_closed_by_agent_name',
        'last_closed_inbox_name', 'last_closed_agent_name',
        'is_current_agent_reported', 'is_current_inbox_reported',
        'is_last_closed_agent_reported', 'are_topics_reported',
    ],
    lasting={'conversation_status': 'merged'},
) }}

select * from completed
