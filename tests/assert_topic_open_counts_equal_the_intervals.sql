with

topic_days as (

    select
        *,
        {{ start_of_day('activity_date + 1') }} as ends_at
    from {{ ref('fct_topic_daily') }}

),

stays as (

    select
        *,
        coalesce(added_at, cast('1900-01-01' as timestamp)) as known_from
    from {{ ref('fct_conversation_topics') }}

),

statuses as (

    select * from {{ ref('fct_conversation_status_intervals') }}
    where status = 'open'

),

ancestors as (

    select * from {{ ref('bridge_topic_ancestors') }}

),

counted as (

    select
        topic_days.topic_daily_key,
        count(distinct statuses.conversation_id)
        filter (where ancestors.distance = 0) as counted_count,
        count(distinct statuses.conversation_id) as branch_counted_count
    from topic_days
    inner join ancestors
        on topic_days.topic_id = ancestors.ancestor_topic_id
    inner join stays
        on
            ancestors.topic_id = stays.topic_id
            and topic_days.ends_at > stays.known_from
            and (
                stays.removed_at is null
                or topic_days.ends_at <= stays.removed_at
            )
    inner join statuses
        on
            stays.conversation_id = statuses.conversation_id
            and topic_days.ends_at > statuses.valid_from
            and (
                statuses.valid_to is null
                or topic_days.ends_at <= statuses.valid_to
            )
    group by topic_days.topic_daily_key

),

different as (

    select
        topic_days.topic_id,
        topic_days.activity_date,
        topic_days.open_count,
        counted.counted_count,
        topic_days.branch_open_count,
        counted.branch_counted_count
    from topic_days
    left join counted
        on topic_days.topic_daily_key = counted.topic_daily_key
    where
        topic_days.open_count != coalesce(counted.counted_count, 0)
        or topic_days.branch_open_count
        != coalesce(counted.branch_counted_count, 0)

)

select * from different
