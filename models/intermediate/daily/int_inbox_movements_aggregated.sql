{% set never = "cast('9999-12-31' as timestamp)" %}

with

stretches as (

    select * from {{ ref('int_inbox_stretches_matched') }}

),

-- Of two conversations that became one, both in the same inbox, the second is
-- no further conversation there; nor is a change of agent a new arrival.
{{ join_stretches(
    'stretches', 'conversation_id, inbox_id', 'entered_at', 'left_at',
    'entered_at, left_at, reported_conversation_id',
) }},

joined as (

    select
        conversation_id,
        inbox_id,
        min(entered_at) as entered_at,
        min_by(entered_by, (entered_at, left_at, reported_conversation_id))
            as entered_by,
        max(left_at) as last_left_at,
        nullif(
            max_by(
                coalesce(left_by, ''), (left_at, reported_conversation_id)
            ),
            ''
        ) as left_by
    from numbered
    group by conversation_id, inbox_id, stretch_number

),

presences as (

    select
        inbox_id,
        entered_at,
        entered_by,
        nullif(last_left_at, {{ never }}) as left_at,
        left_by
    from joined

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
        count(*) filter (where moved_by = 'found') as found_open_count,
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
