{{ config(severity='warn') }}

select * from {{ ref('int_reports_cut_inferred') }}
