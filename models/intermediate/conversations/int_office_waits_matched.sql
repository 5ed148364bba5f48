with

scheduled as (

    select * from {{ ref('int_office_waits_unioned') }}
    where business_hours_id is not null

),

office_hours as (

    select * from {{ ref('int_office_hours_sequenced') }}

),

zones as (

    select
        business_hours_id,
        max(timezone) as timezone
    from office_hours
    group by business_hours_id

),

moments as (

    select
        business_hours_id,
        begins_at as occurred_at
    from scheduled
    union
    select
        business_hours_id,
        ends_at as occurred_at
    from scheduled

),

dated as (

    select
        moments.business_hours_id,
        moments.occurred_at,
        cast(
            {{ utc_to_local('moments.occurred_at', 'zones.timezone') }} as date
        ) as office_date
    from moments
    inner join zones
        on moments.business_hours_id = zones.business_hours_id

),

-- Office seconds up to the moment, of which a later stretch has more.
counted as (

    select
        dated.business_hours_id,
        dated.occurred_at,
        max(
            office_hours.seconds_before + case
                when office_hours.is_open
                    then
                        {{ seconds_between(
                            'office_hours.starts_at',
                            'least(dated.occurred_at, office_hours.ends_at)',
                        ) }}
                else 0
            end
        ) as seconds_until
    from dated
    inner join office_hours
        on
            dated.business_hours_id = office_hours.business_hours_id
            and dated.office_date = office_hours.office_date
            and dated.occurred_at >= office_hours.starts_at
    group by dated.business_hours_id, dated.occurred_at

),

matched as (

    select
        scheduled.subject_id,
        scheduled.wait,
        scheduled.business_hours_id,
        scheduled.is_schedule_assigned,
        round(ended.seconds_until - begun.seconds_until, 3)
            as business_seconds
    from scheduled
    inner join counted as begun
        on
            scheduled.business_hours_id = begun.business_hours_id
            and scheduled.begins_at = begun.occurred_at
    inner join counted as ended
        on
            scheduled.business_hours_id = ended.business_hours_id
            and scheduled.ends_at = ended.occurred_at

)

select * from matched
