with

balance as (

    select * from {{ ref('audit_row_balance') }}

),

summed as (

    select
        extract_name,
        sum(record_count) filter (where outcome = 'in_files') as file_count,
        sum(record_count) filter (where outcome = 'set_aside_with_file')
            as set_aside_count,
        sum(record_count) filter (where outcome = 'landed') as landed_count,
        sum(record_count) filter (
            where outcome not in ('in_files', 'set_aside_with_file', 'landed')
        ) as accounted_for_count
    from balance
    group by extract_name

),

unbalanced as (

    select * from summed
    where
        landed_count != accounted_for_count
        or file_count != landed_count + set_aside_count

)

select * from unbalanced
