{{ config(severity='warn') }}

select * from {{ ref('base_gladly__extract_files') }}
where extract_name is null
