with

inbox_days as (

    select * from {{ ref('fct_inbox_daily') }}

),

compared as (

    select
        inbox_id,
        activity_date,
        coalesce(open_count, 0) as open_count,
        coalesce(created_count, 0) + coalesce(found_open_count, 0)
        + coalesce(reopened_count, 0) + coalesce(assigned_in_count, 0)
            as came_count,
        coalesce(closed_count, 0) + coalesce(assigned_out_count, 0)
        + coalesce(merged_count, 0) + coalesce(deleted_count, 0)
            as left_count,
        lag(coalesce(open_count, 0), 1, 0) over (
            partition by inbox_id
            order by activity_date
        ) as previous_open_count
    from inbox_days

),

unbalanced as (

    select * from compared
    where open_count != previous_open_count + came_count - left_count

)

select * from unbalanced
