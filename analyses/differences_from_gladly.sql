with

reconciliation as (

    select * from {{ ref('audit_reconciliation') }}

),

summed as (

    select
        entity,
        measure,
        told_by,
        verdict,
        known_cause,
        count(*) as compared_count,
        round(sum(difference), 3) as total_difference
    from reconciliation
    group by entity, measure, told_by, verdict, known_cause

)

select * from summed
order by entity, measure, told_by, verdict, known_cause
