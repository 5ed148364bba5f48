{{ config(severity='warn') }}

select * from {{ ref('audit_rule_violations') }}
where rule_id = 'R14'
