with

balance as (

    select * from {{ ref('audit_row_balance') }}

),

summed as (

    select
        extract_name,
        sum(record_count) filter (where outcome = 'landed') as landed_count,
        sum(record_count) filter (where outcome != 'landed')
            as accounted_for_count
    from balance
    group by extract_name

),

unbalanced as (

    select * from summed
    where landed_count != accounted_for_count

)

select * from unbalanced
