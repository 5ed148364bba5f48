-- Every day of every inbox, and all inboxes together, as rows without a key.
with

inbox_days as (

    select * from {{ ref('fct_inbox_daily') }}

),

balanced as (

    select
        inbox_id,
        activity_date,
        open_count,
        lag(open_count, 1, 0) over (
            partition by inbox_id order by activity_date
        )
        + created_count + reopened_count + assigned_in_count
        - closed_count - assigned_out_count - merged_count - deleted_count
            as balanced_count
    from inbox_days

)

select * from balanced
where open_count != balanced_count
