with

reconciliation as (

    select * from {{ ref('audit_reconciliation') }}

),

summed as (

    select
        entity,
        measure,
        source_extract,
        verdict,
        known_cause,
        count(*) as compared_count,
        round(sum(difference), 3) as total_difference
    from reconciliation
    group by entity, measure, source_extract, verdict, known_cause

)

select * from summed
order by entity, measure, source_extract, verdict, known_cause
