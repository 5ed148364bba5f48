with

-- What the clock leaves out never was, so it proves nothing about the order.
file_rows as (

    select * from {{ ref('stg_gladly__doubtful_file_rows') }}
    where is_repeated is distinct from false

),

file_orders as (

    select * from {{ ref('stg_gladly__doubtful_file_orders') }}

),

sequenced as (

    select
        file_rows.local_time_key,
        file_rows.local_at,
        file_rows._record_number * file_orders.direction as place,
        case
            when not file_orders.is_by_subject
                then {{ hashed_key([
                    'file_rows.extract_name', 'file_rows.column_name',
                    'file_rows._extract_file', 'file_rows.changed_at',
                ]) }}
            else {{ hashed_key([
                'file_rows.extract_name', 'file_rows.column_name',
                'file_rows._extract_file', 'file_rows.changed_at',
                'file_rows.subject_id',
            ]) }}
        end as sequence_key
    from file_rows
    inner join file_orders
        on
            file_rows.extract_name = file_orders.extract_name
            and file_rows.column_name = file_orders.column_name
            and file_rows._extract_file = file_orders._extract_file
    where
        file_rows.changed_at is not null and file_orders.direction is not null

),

turned as (

    select
        *,
        case
            when
                local_at < lag(local_at) over (
                    partition by sequence_key order by place
                )
                then 1
            else 0
        end as is_turn
    from sequenced

),

counted as (

    select
        *,
        sum(is_turn) over (partition by sequence_key) as turn_count,
        sum(is_turn) over (
            partition by sequence_key
            order by place
            rows between unbounded preceding and current row
        ) as turns_so_far
    from turned

),

placed as (

    select
        local_time_key,
        sequence_key,
        place,
        case
            when turn_count = 1 and turns_so_far = 0 then 'earlier'
            when turn_count = 1 then 'later'
        end as side
    from counted
    where turn_count <= 1

)

select * from placed
