with

agent_days as (

    select * from {{ ref('int_agent_days_unioned') }}

),

status_days as (

    select * from {{ ref('int_agent_status_days_allocated') }}

),

activities as (

    select * from {{ ref('int_agent_activities_aggregated') }}

),

covered_days as (

    select * from {{ ref('int_covered_days_aggregated') }}

),

item_gaps as (

    select * from {{ ref('int_item_windows_sequenced') }}
    where gap_from is not null

),

item_gap_days as (

    select
        {{ days_between(
            to_reporting_date('gap_from'),
            to_reporting_date('(window_start_at - interval 1 second)'),
        ) }} as activity_date
    from item_gaps

),

days_without_items as (

    select distinct activity_date from item_gap_days

),

-- Null when the status of a part of the day is not known.
time_by_day as (

    select
        {% for measure, status in {
            'logged_in': "status != 'unknown'",
            'active': "status = 'active'",
            'away': "status = 'away'",
        }.items() %}
            case
                when bool_and(status != 'unknown')
                    then coalesce(
                        round(sum(seconds) filter (where {{ status }}), 3), 0
                    )
            end as {{ measure }}_seconds,
        {% endfor %}
        agent_id,
        activity_date
    from status_days
    group by agent_id, activity_date

),

-- Null on a day that the extract of the measure does not cover.
joined as (

    select
        {{ hashed_key([
            'agent_days.agent_id', 'agent_days.activity_date',
        ]) }} as agent_daily_key,
        agent_days.agent_id,
        agent_days.activity_date,

        -- time
        {% for measure in [
            'logged_in_seconds', 'active_seconds', 'away_seconds',
        ] %}
            case
                when not agent_days.is_status_known then null
                when time_by_day.agent_id is null then 0
                else time_by_day.{{ measure }}
            end as {{ measure }},
        {% endfor %}

        -- work
        {% for measure in [
            'work_session_count', 'contact_count', 'handle_seconds',
            'after_contact_seconds', 'unknown_seconds',
        ] %}
            case
                when activities.has_work then activities.{{ measure }}
                when agent_days.is_work_reported
                    then {{ zero_if_covered('null', 'work_sessions') }}
            end as {{ measure }},
        {% endfor %}

        -- outcomes
        case
            when days_without_items.activity_date is null
                then
                    {{ zero_if_covered(
                        'activities.message_sent_count', 'items'
                    ) }}
        end as message_sent_count,
        {{ zero_if_covered(
            'activities.closed_conversation_count', 'closings'
        ) }} as closed_conversation_count
    from agent_days
    left join covered_days
        on agent_days.activity_date = covered_days.covered_date
    left join time_by_day
        on
            agent_days.agent_id = time_by_day.agent_id
            and agent_days.activity_date = time_by_day.activity_date
    left join activities
        on
            agent_days.agent_id = activities.agent_id
            and agent_days.activity_date = activities.activity_date
    left join days_without_items
        on agent_days.activity_date = days_without_items.activity_date

),

rated as (

    select
        *,
        (handle_seconds + after_contact_seconds) / nullif(active_seconds, 0)
            as occupancy_rate
    from joined

)

select * from rated
