with

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
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

keyed as (

    select
        {{ hashed_key(['extract_file', 'record_number']) }}
            as rejected_record_key,
        *
    from rejected

)

select * from keyed
