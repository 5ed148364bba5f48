with

export_jobs as (

    select * from {{ ref('stg_gladly__export_jobs') }}
    where
        coalesce(job_status, 'completed') = 'completed'
        and window_start_at is not null
        and window_end_at is not null

),

item_files as (

    select * from {{ ref('stg_gladly__extract_files') }}
    where extract_name = 'conversation_items'

),

item_folders as (

    select distinct regexp_replace(extract_file, '/[^/]*$', '') as folder
    from item_files

),

jobs_in_folders as (

    select
        *,
        regexp_replace(_extract_file, '/[^/]*$', '') as folder
    from export_jobs

),

-- A job that offers no items had none; of one whose response names no files
-- the items may not have been fetched.
landed as (

    select
        jobs_in_folders.job_id,
        jobs_in_folders.window_start_at,
        jobs_in_folders.window_end_at
    from jobs_in_folders
    left join item_folders
        on jobs_in_folders.folder = item_folders.folder
    where
        item_folders.folder is not null
        or cast(jobs_in_folders.file_names as string)
        not like '%conversation_items%'

),

followed as (

    select
        *,
        max(window_end_at) over (
            order by window_start_at, window_end_at, job_id
            rows between unbounded preceding and 1 preceding
        ) as reached_at
    from landed

),

-- A minute, for windows that end a millisecond before the next begins.
sequenced as (

    select
        job_id,
        window_start_at,
        window_end_at,
        case
            when window_start_at > reached_at + interval 1 minute
                then reached_at
        end as gap_from
    from followed

)

select * from sequenced
