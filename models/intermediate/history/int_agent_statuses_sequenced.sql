with

agent_statuses as (

    select * from {{ ref('int_agent_statuses_unioned') }}

),

reporting_moments as (

    select * from {{ ref('int_reporting_moments_resolved') }}

),

-- Reported again without a reason, a status just goes on.
news as (

    select
        *,
        lag(status) over (partition by agent_id order by change_number)
            as previous_status
    from agent_statuses
    qualify previous_status is distinct from status or reason is not null

),

reasoned as (

    select
        *,
        lag(reason) over (partition by agent_id order by change_number)
            as previous_reason
    from news

),

-- A reason reported later in an absence is that of the whole absence; a reason
-- to be active holds from when it is reported.
divided as (

    select
        *,
        case
            when previous_status = status and previous_reason = reason then 0
            when
                previous_status = status
                and previous_reason is null
                and status = 'away'
                then 0
            else 1
        end as is_first
    from reasoned

),

gathered as (

    select
        *,
        sum(is_first) over (
            partition by agent_id
            order by change_number
            rows between unbounded preceding and current row
        ) as interval_number
    from divided

),

summed as (

    select
        agent_id,
        interval_number,
        status,
        max(reason) as reason,
        max(reason_of_absence) filter (where is_first = 1)
            as reason_of_absence_before,
        min(occurred_at) as valid_from
    from gathered
    group by agent_id, interval_number, status

),

ended as (

    select
        *,
        lead(valid_from) over (partition by agent_id order by interval_number)
            as valid_to,
        lead(reason_of_absence_before)
            over (partition by agent_id order by interval_number)
            as reason_given_on_return,
        coalesce(
            lead(status) over (partition by agent_id order by interval_number)
            != 'unknown',
            true
        ) as is_end_reported
    from summed

),

followed as (

    select
        agent_id,
        status,
        case
            when status = 'away' then coalesce(reason_given_on_return, reason)
            else reason
        end as reason,
        valid_from,
        valid_to,
        is_end_reported
    from ended
    where
        status != 'logged_out'
        -- What lasted no time has nothing to count.
        and (valid_to > valid_from or valid_to is null)

),

-- Who is still logged in has been so until now; nothing after now is counted.
counted as (

    select
        followed.*,
        least(
            coalesce(followed.valid_to, reporting_moments.as_of),
            reporting_moments.as_of
        ) as counted_to
    from followed
    cross join reporting_moments

)

select * from counted
