{{ config(
    severity='warn',
    description='Files in the extracts folder that belong to no extract the project reads, so nothing of them is landed. Check the folder name against the layout in README.md.'
) }}

select * from {{ ref('base_gladly__extract_files') }}
where extract_name is null
