{{ config(severity='warn') }}

select * from {{ ref('audit_reconciliation') }}
where verdict = 'unexplained'
