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

time_by_day as (

    select
        agent_id,
        activity_date,
        sum(seconds) as logged_in_seconds,
        coalesce(sum(seconds) filter (where status = 'active'), 0)
            as active_seconds,
        coalesce(sum(seconds) filter (where status = 'away'), 0)
            as away_seconds
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
            round(
                coalesce(
                    {{ zero_if_covered(
                        'time_by_day.' ~ measure,
                        'agent_days.activity_date',
                        'agent_statuses',
                    ) }},
                    case when agent_days.has_status_events then 0 end
                ),
                3
            ) as {{ measure }},
        {% endfor %}

        -- work
        {% for measure in [
            'work_session_count', 'contact_count', 'handle_seconds',
            'after_contact_seconds', 'unknown_seconds',
        ] %}
            case
                when activities.has_work then activities.{{ measure }}
                else {{ zero_if_covered(
                    'null', 'agent_days.activity_date', 'work_sessions'
                ) }}
            end as {{ measure }},
        {% endfor %}

        -- outcomes
        case
            when days_without_items.activity_date is null
                then {{ zero_if_covered(
                    'nullif(activities.message_sent_count, 0)',
                    'agent_days.activity_date',
                    'items',
                ) }}
        end as message_sent_count,
        {{ zero_if_covered(
            'nullif(activities.closed_conversation_count, 0)',
            'agent_days.activity_date',
            'closings',
        ) }} as closed_conversation_count
    from agent_days
    cross join covered_days
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
