{{ config(severity='warn') }}

select * from {{ ref('audit_rejected_records') }}
