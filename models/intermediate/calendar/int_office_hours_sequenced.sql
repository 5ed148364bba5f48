with

office_hours as (

    select * from {{ ref('int_office_hours_unioned') }}

),

schedules as (

    select
        *,
        -- The company's main one; the only one, if none is said to be that.
        coalesce(
            row_number() over (
                order by
                    is_primary desc,
                    coalesce(updated_at, created_at) desc nulls last,
                    business_hours_id asc
            ) = 1
            and (is_primary or count(*) over () = 1),
            false
        ) as is_default
    from {{ ref('stg_gladly__business_hours') }}
    where timezone is not null

),

changes as (

    select
        business_hours_id,
        block_type,
        starts_at as occurred_at,
        case when block_type = 'midnight' then 0 else 1 end as opening_change
    from office_hours

    union all

    select
        business_hours_id,
        block_type,
        ends_at as occurred_at,
        -1 as opening_change
    from office_hours
    where block_type != 'midnight'

),

-- Blocks may overlap, and exceptions begin and end within a day.
summed as (

    select
        business_hours_id,
        occurred_at,
        coalesce(sum(opening_change) filter (where block_type = 'weekly'), 0)
            as weekly_change,
        coalesce(sum(opening_change) filter (where block_type = 'exception'), 0)
            as exception_change,
        coalesce(
            sum(opening_change) filter (where block_type = 'exceptional'), 0
        ) as exceptional_change
    from changes
    group by business_hours_id, occurred_at

),

stretched as (

    select
        business_hours_id,
        occurred_at as starts_at,
        {% for kind in ['weekly', 'exception', 'exceptional'] %}
            sum({{ kind }}_change) over (
                partition by business_hours_id
                order by occurred_at
                rows between unbounded preceding and current row
            ) as {{ kind }}_count,
        {% endfor %}
        lead(occurred_at) over (
            partition by business_hours_id order by occurred_at
        ) as ends_at
    from summed

),

judged as (

    select
        schedules.business_hours_id,
        schedules.is_default,
        schedules.timezone,
        cast(
            {{ utc_to_local('stretched.starts_at', 'schedules.timezone') }}
            as date
        ) as office_date,
        stretched.starts_at,
        stretched.ends_at,
        case
            when stretched.exception_count > 0
                then stretched.exceptional_count > 0
            else stretched.weekly_count > 0
        end as is_open
    from stretched
    inner join schedules
        on stretched.business_hours_id = schedules.business_hours_id
    where stretched.ends_at is not null

),

counted as (

    select
        *,
        coalesce(
            round(
                sum(
                    case
                        when is_open
                            then {{ seconds_between('starts_at', 'ends_at') }}
                        else 0
                    end
                ) over (
                    partition by business_hours_id
                    order by starts_at
                    rows between unbounded preceding and 1 preceding
                ),
                3
            ),
            0
        ) as seconds_before
    from judged

)

select * from counted
