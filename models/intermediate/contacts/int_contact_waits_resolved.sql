with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

contact_export as (

    select * from {{ ref('stg_gladly__contact_export_report') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

measured as (

    select
        contacts.contact_id,
        contacts.due_at,
        contact_export.sla_target_seconds,
        {% for moment in ['accepted', 'fulfilled', 'ended'] %}
            {% set passed = seconds_between(
                'contacts.queued_at', 'contacts.' ~ moment ~ '_at',
            ) %}
            -- Less than none where one of the two is cut to the second; where
            -- the moments contradict each other the wait is unknown.
            coalesce(
                contact_export.queued_to_{{ moment }}_seconds,
                case when {{ passed }} > -1 then greatest({{ passed }}, 0) end
            ) as queued_to_{{ moment }}_seconds,
        {% endfor %}
        {{ seconds_between('contacts.due_at', 'contacts.fulfilled_at') }}
            as due_to_fulfilled_seconds,
        contacts.fulfilled_at <= contacts.due_at as was_due_time_kept,
        contacts.fulfilled_at is null
        and contacts.due_at < reporting_moments.as_of as is_past_due,
        -- Work Sessions has Gladly's own flag, Contact Export its own overrun.
        coalesce(
            contacts.is_within_sla,
            contact_export.sla_overrun_seconds <= 0,
            contacts.fulfilled_at <= contacts.due_at
        ) as is_within_sla,
        contacts.is_sla_reported
    from contacts
    cross join reporting_moments
    left join contact_export on contacts.contact_id = contact_export.contact_id

),

judged as (

    select
        *,
        case
            when is_within_sla is not null or due_at is not null then true
            when is_sla_reported then false
        end as is_sla_applied,
        case
            when is_within_sla is null and is_sla_reported then false
            else is_within_sla
        end as is_counted_within_sla
    from measured

)

select * from judged
