with

extract_files as (

    select * from {{ ref('base_gladly__extract_files') }}

),

landed as (

    {% for extract in extract_names() %}
        select
            _extract_file as extract_file,
            count(*) as landed_count,
            max(_record_number) as last_number,
            bool_or(coalesce({{ is_whole_file('_rejection_reason') }}, false))
                as is_set_aside_whole
        from {{ ref('base_gladly__' ~ extract) }}
        group by _extract_file
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

compared as (

    select
        extract_files.extract_file,
        extract_files.record_count,
        coalesce(landed.landed_count, 0) as landed_count,
        coalesce(landed.last_number, 0) as last_number,
        coalesce(landed.is_set_aside_whole, false) as is_set_aside_whole
    from extract_files
    left join landed on extract_files.extract_file = landed.extract_file
    where
        extract_files.extract_name is not null
        and extract_files.set_aside_reason is null

),

unbalanced as (

    select * from compared
    where
        last_number != landed_count
        or (not is_set_aside_whole and landed_count != record_count)
        or (is_set_aside_whole and landed_count != 1)

)

select * from unbalanced
