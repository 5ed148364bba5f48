with

restatements as (

    select * from {{ ref('audit_restatements') }}

),

newest as (

    select max(captured_at) as captured_at
    from restatements

),

moved as (

    select
        restatements.extract_name,
        restatements.column_name,
        restatements.change_kind,
        count(*) as value_count,
        count(distinct restatements.entity_id) as entity_count,
        min(restatements.previous_captured_at) as compared_with
    from restatements
    inner join newest on restatements.captured_at = newest.captured_at
    group by
        restatements.extract_name,
        restatements.column_name,
        restatements.change_kind

)

select * from moved
order by extract_name asc, value_count desc, column_name asc, change_kind asc
