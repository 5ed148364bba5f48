with

misdated_files as (

    select * from {{ ref('base_gladly__extract_files') }}
    where set_aside_reason is not null

),

rejected as (

    {% for extract in extract_names() %}
        select
            '{{ extract }}' as extract_name,
            _extract_file as extract_file,
            _captured_at as captured_at,
            _record_number as record_number,
            _rejection_reason as rejection_reason,
            _raw_record as raw_record
        from {{ ref('base_gladly__' ~ extract) }}
        where _rejection_reason is not null
        union all
    {% endfor %}

    select
        extract_name,
        extract_file,
        captured_at,
        1 as record_number,
        set_aside_reason as rejection_reason,
        null as raw_record
    from misdated_files

),

keyed as (

    select
        {{ hashed_key(['extract_file', 'record_number']) }}
            as rejected_record_key,
        *
    from rejected

)

select * from keyed
