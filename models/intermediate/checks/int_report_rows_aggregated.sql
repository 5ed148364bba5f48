with

counted as (

    {% for extract in extract_names()
        if extract.endswith('_report') or extract == 'work_session_events' %}
        select
            '{{ extract }}' as extract_name,
            _extract_file as extract_file,
            count(*) as row_count
        from {{ ref('base_gladly__' ~ extract) }}
        group by _extract_file
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from counted
