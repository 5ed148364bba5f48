{% set rule = restatement_rules().contact_export_report %}

with

captures as (

    select * from {{ ref('stg_gladly__contact_export_captures') }}

),

{{ completed_captures(
    'contact_id',
    settled=rule.settled + [
        'conversation_link', 'entry_point', 'queued_inbox_name',
    ],
    final=rule.moving + rule.growing + [
        'ended_inbox_name', 'ended_agent_name',
    ],
    flags=[
        'is_offer_reported', 'is_acceptance_reported',
        'is_fulfilment_reported', 'is_sla_reported',
        'is_queued_inbox_reported', 'is_ended_inbox_reported',
        'is_ended_agent_reported',
    ],
    is_over='ended_at is not null or ' ~ proves_end('contact_status'),
) }}

select * from completed
