{{ config(severity='warn') }}

select * from {{ ref('audit_unmapped_values') }}
