{% set moments = {
    'queued': ['queued_inbox_id', 'queued_at', '1'],
    'offered': ['queued_inbox_id', 'offered_at', '0'],
    'accepted': ['queued_inbox_id', 'accepted_at', '0'],
    'over': ['queued_inbox_id', 'ended_at', '-1'],
    'fulfilled': ['last_inbox_id', 'fulfilled_at', '0'],
    'ended': ['last_inbox_id', 'ended_at', '0'],
} %}
{% set counts = {
    'contacts_queued_count': "moment = 'queued'",
    'contacts_offered_count': "moment = 'offered'",
    'contacts_accepted_count': "moment = 'accepted'",
    'contacts_fulfilled_count': "moment = 'fulfilled'",
    'contacts_with_sla_count': "moment = 'fulfilled' and is_sla_applied",
    'contacts_within_sla_count': "moment = 'fulfilled' and is_counted_within_sla",
    'contacts_ended_count': "moment = 'ended'",
    'contacts_abandoned_count': "moment = 'ended' and end_status = 'abandoned'",
    'contacts_without_work_count': "moment = 'ended' and handle_seconds is null",
    'speed_of_answer_count': "moment = 'accepted' and answer_seconds is not null",
    'worked_count': "is_work_counted",
} %}

with

contacts as (

    select * from {{ ref('int_contacts_unioned') }}

),

inboxes as (

    select * from {{ ref('int_contact_references_resolved') }}

),

contact_waits as (

    select * from {{ ref('int_contact_waits_resolved') }}

),

contact_work as (

    select * from {{ ref('int_contact_work_resolved') }}

),

ends_inferred as (

    select * from {{ ref('int_contact_ends_inferred') }}

),

placed as (

    select
        contacts.*,
        inboxes.counted_queued_inbox_id as queued_inbox_id,
        inboxes.counted_last_inbox_id as last_inbox_id,
        inboxes.is_inbox_unreported,
        contact_waits.is_sla_applied,
        contact_waits.is_counted_within_sla,
        contact_waits.queued_to_accepted_seconds as answer_seconds,
        contact_work.handle_seconds,
        contact_work.after_contact_seconds,
        -- One that is over at an unknown time cannot be counted as in progress.
        contacts.ended_at > contacts.queued_at
        or (contacts.ended_at is null and ends_inferred.contact_id is null)
            as is_in_progress
    from contacts
    left join inboxes on contacts.contact_id = inboxes.contact_id
    left join contact_waits on contacts.contact_id = contact_waits.contact_id
    left join contact_work on contacts.contact_id = contact_work.contact_id
    left join ends_inferred on contacts.contact_id = ends_inferred.contact_id

),

moments as (

    {% for moment, particulars in moments.items() %}
        select
            *,
            '{{ moment }}' as moment,
            {{ particulars[0] }} as inbox_id,
            {{ particulars[1] }} as occurred_at,
            {{ half_hour_start(particulars[1]) }} as half_hour_started_at,
            -- Work on an open contact counts where it began.
            '{{ moment }}' = case
                when ended_at is null then 'queued' else 'ended'
            end as is_work_counted,
            case when is_in_progress then {{ particulars[2] }} else 0 end
                as progress_change
        from placed
        where {{ particulars[1] }} is not null

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

running as (

    select
        *,
        sum(progress_change) over (
            partition by inbox_id, channel, direction
            order by occurred_at, progress_change, contact_id, moment
            rows between unbounded preceding and current row
        ) as progress_count
    from moments

),

aggregated as (

    select
        inbox_id,
        channel,
        direction,
        half_hour_started_at,
        {% for name, condition in counts.items() %}
            {{ count_if_known(condition) }} as {{ name }},
        {% endfor %}
        round(coalesce(
            sum(answer_seconds) filter (where moment = 'accepted'), 0
        ), 3) as speed_of_answer_seconds,
        {% for seconds in ['handle_seconds', 'after_contact_seconds'] %}
            round(sum({{ seconds }}) filter (where is_work_counted), 3)
                as {{ seconds }},
        {% endfor %}
        {% for fact in ['offer', 'acceptance', 'fulfilment'] %}
            bool_or(is_{{ fact }}_unknown) as has_unknown_{{ fact }},
        {% endfor %}
        inbox_id = 'unknown' and bool_or(is_inbox_unreported) as is_unplaced,
        -- At its start there are as many as before the first change in it.
        cast(max(greatest(progress_count, case
            when occurred_at > half_hour_started_at
                then progress_count - progress_change
        end)) as bigint) as most_in_progress_count,
        cast(max_by(
            progress_count,
            (occurred_at, progress_change, contact_id, moment)
        ) as bigint) as last_in_progress_count
    from running
    group by inbox_id, channel, direction, half_hour_started_at

)

select * from aggregated
