{{ config(severity='warn') }}

select * from {{ ref('base_gladly__extract_files') }}
where set_aside_reason is not null
