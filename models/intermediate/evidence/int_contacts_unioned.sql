{% set facts = {
    'offer': ['offered_at', 'started_at'],
    'acceptance': ['accepted_at', 'started_at'],
    'fulfilment': ['fulfilled_at', 'contact_id'],
} %}

with

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

contact_sessions as (

    select * from {{ ref('int_contact_sessions_deduplicated') }}

),

contact_events as (

    select * from {{ ref('int_contact_moments_aggregated') }}

),

-- Reports and events share their words, but for application and api.
actors as (

    select
        reported_value,
        max(actor_type) as actor_type
    from {{ ref('seed_actor_types') }}
    group by reported_value

),

contact_ids as (

    select contact_id from contact_export
    union
    select contact_id from contact_sessions
    union
    select contact_id from contact_events

),

-- Contact Export wins on facts of the contact, then Work Sessions, then events.
-- Whichever knows the end is believed: the others were captured before it. The
-- first of several is the earliest of any; where events alone have one, those
-- before the start was pulled are missing. Some have times cut to the second.
combined as (

    select
        contact_ids.contact_id,
        {% for name in [
            'reported_conversation_id', 'reported_customer_id', 'channel',
            'contact_status',
        ] %}
            coalesce(
                contact_export.{{ name }},
                contact_sessions.{{ name }},
                contact_events.{{ name }}
            ) as {{ 'end_status' if name == 'contact_status' else name }},
        {% endfor %}
        coalesce(contact_export.direction, contact_sessions.direction)
            as reported_direction,
        {% for name in ['initiator_type', 'fulfilled_type', 'entry_point'] %}
            coalesce(contact_export.{{ name }}, contact_events.{{ name }})
                as {{ 'reported_' if name == 'initiator_type' }}{{ name }},
        {% endfor %}
        {{ finest_moment([
            'contact_export.queued_at',
            'contact_sessions.contact_created_at',
            'contact_events.started_at',
        ]) }} as queued_at,
        {% for moment in ['offered_at', 'accepted_at'] %}
            case
                when
                    contact_events.started_at is not null
                    or contact_export.{{ moment }} is not null
                    or contact_sessions.{{ moment }} is not null
                    then {{ first_moment([
                        'contact_export.' ~ moment,
                        'contact_sessions.' ~ moment,
                        'contact_events.' ~ moment,
                    ]) }}
            end as {{ moment }},
        {% endfor %}
        {{ finest_moment([
            'contact_export.fulfilled_at',
            'contact_sessions.fulfilled_at',
            'contact_events.fulfilled_at',
        ]) }} as fulfilled_at,
        {{ finest_moment(['contact_export.due_at', 'contact_events.due_at']) }}
            as due_at,
        {{ finest_moment([
            'contact_export.ended_at',
            'contact_sessions.contact_ended_at',
            'contact_events.ended_at',
        ]) }} as ended_at,
        contact_sessions.is_within_sla,
        coalesce(contact_sessions.is_sla_reported, false)
        or coalesce(contact_export.is_sla_reported, false)
        or coalesce(contact_events.is_sla_reported, false) as is_sla_reported,
        {% for fact, columns in facts.items() %}
            coalesce(contact_sessions.is_{{ fact }}_reported, false)
            or coalesce(contact_export.is_{{ fact }}_reported, false)
            or contact_events.{{ columns[1] }} is not null
                as is_{{ fact }}_reported,
        {% endfor %}
        contact_export.contact_id is not null as is_in_contact_export,
        contact_sessions.contact_id is not null as is_in_work_sessions
    from contact_ids
    left join contact_export
        on contact_ids.contact_id = contact_export.contact_id
    left join contact_sessions
        on contact_ids.contact_id = contact_sessions.contact_id
    left join contact_events
        on contact_ids.contact_id = contact_events.contact_id

),

-- What Gladly calls a direction follows from who began the contact; it does not
-- say which one a rule gives.
derived as (

    select
        combined.*,
        coalesce(actors.actor_type, combined.reported_initiator_type)
            as initiator_type,
        {% for fact, columns in facts.items() %}
            not combined.is_{{ fact }}_reported
            and combined.{{ columns[0] }} is null as is_{{ fact }}_unknown,
        {% endfor %}
        coalesce(
            combined.reported_direction,
            case
                when actors.actor_type in ('customer', 'internal', 'external')
                    then 'inbound'
                when actors.actor_type in ('agent', 'api', 'system')
                    then 'outbound'
            end
        ) as direction
    from combined
    left join actors on combined.reported_initiator_type = actors.reported_value

)

select * from derived
