{% set rule = restatement_rules().work_session_events %}

with

captures as (

    select * from {{ ref('stg_gladly__work_session_captures') }}

),

{{ completed_captures(
    'work_session_event_key',
    settled=rule.settled + ['contact_id', 'agent_id'],
    final=rule.moving + rule.growing,
    flags=[
        'is_offer_reported', 'is_acceptance_reported',
        'is_fulfilment_reported', 'is_sla_reported', 'is_inbox_reported',
    ],
    is_over='contact_ended_at is not null or ' ~ proves_end('contact_status'),
) }}

select * from completed
