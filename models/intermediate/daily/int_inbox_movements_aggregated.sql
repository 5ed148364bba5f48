with

presences as (

    select * from {{ ref('int_inbox_presences_sequenced') }}

),

movements as (

    select
        inbox_id,
        {{ to_reporting_date('entered_at') }} as activity_date,
        entered_by as moved_by,
        1 as step
    from presences

    union all

    select
        inbox_id,
        {{ to_reporting_date('left_at') }} as activity_date,
        left_by as moved_by,
        -1 as step
    from presences
    where left_at is not null

),

counted as (

    select
        inbox_id,
        activity_date,
        count(*) filter (where moved_by = 'created') as created_count,
        count(*) filter (where moved_by = 'reopened') as reopened_count,
        count(*) filter (where moved_by = 'assigned_in') as assigned_in_count,
        count(*) filter (where moved_by = 'closed') as closed_count,
        count(*) filter (where moved_by = 'assigned_out')
            as assigned_out_count,
        count(*) filter (where moved_by = 'merged') as merged_count,
        count(*) filter (where moved_by = 'deleted') as deleted_count,
        cast(sum(step) as bigint) as open_change
    from movements
    group by inbox_id, activity_date

)

select * from counted
