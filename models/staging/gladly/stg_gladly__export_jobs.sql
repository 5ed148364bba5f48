with

export_jobs as (

    select * from {{ ref('base_gladly__export_jobs') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as job_id,
        schedule_id,

        -- what it is
        {{ to_snake_case('status') }} as job_status,
        files as file_names,

        -- times
        {{ to_utc('updated_at') }} as updated_at,
        {{ to_possible_utc(json_text('parameters', 'startAt')) }}
            as window_start_at,
        {{ to_possible_utc(json_text('parameters', 'endAt')) }}
            as window_end_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from export_jobs

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by job_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
