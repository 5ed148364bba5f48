{# SQL for the folders that landed files have gone from without a trace: a
   folder that cannot be read, or that none of its files is left in, may be a
   share that is not mounted. A job is removed as a file is, but not all of
   them. When no landed file is left at all, another folder of extracts is
   being read. #}
{% macro removed_folders(landed) %}
with unread as (
    select
        unnest(cast(getvariable('unread_extract_paths') as varchar[])) as path
),

files as (
    select
        landed.extract_file,
        found.extract_file is not null as is_there,
        case
            when starts_with(landed.extract_file, 'exports/') then 'exports'
            else regexp_replace(landed.extract_file, '/[^/]*$', '')
        end as folder
    from ({{ landed }}) as landed
    left join found_files as found
        on
            landed.extract_file = found.extract_file
            and found.extract_name is not null
    where landed.set_aside_reason is null
),

folders_left as (
    select distinct case
        when starts_with(extract_file, 'exports/') then 'exports'
        else regexp_replace(extract_file, '/[^/]*$', '')
    end as folder
    from found_files
    where extract_name is not null
),

gone as (
    select
        files.folder,
        (
            select min(unread.path) from unread
            where
                files.extract_file = unread.path
                or starts_with(files.extract_file, unread.path || '/')
        ) as unread_path
    from files
    where not files.is_there
)

select
    coalesce(gone.unread_path, gone.folder) as folder,
    gone.unread_path is not null as is_unread,
    count(*) as file_count
from gone
left join folders_left on gone.folder = folders_left.folder
where
    gone.unread_path is not null
    or (
        folders_left.folder is null
        and exists (select 1 from files where is_there)
    )
group by all
order by 1
{% endmacro %}
