{# CTEs after `captures` of which the last, completed, has the latest capture of
   each row, or the latest that shows it as over, for what is over stays so. A file
   without a column does not take back what an earlier one with it reported: of
   `settled` columns any counts, for they are reported once; of `final` ones, and of
   flags that say what is reported, only captures since the row was over, when they
   stand. `moving` columns are as that capture has them, and so are `lasting` ones,
   but for the value that, once reported last, no file without the column takes back.
   Only rows whose files differ in their columns are looked at. #}
{% macro completed_captures(
    key, settled, final=[], flags=[], moving=[], lasting={}, is_over='false'
) %}
over_since as (

    select
        {{ key }},
        min(case when {{ is_over }} then _captured_at end) as over_captured_at
    from captures
    group by {{ key }}
    having count(distinct coalesce(_missing_fields, '')) > 1

),

numbered as (

    select
        captures.*,
        coalesce(
            captures._captured_at >= over_since.over_captured_at, false
        ) as is_final,
        row_number() over (
            partition by captures.{{ key }}
            order by {{ newest_first() }}
        ) as row_age
    from captures
    inner join over_since on captures.{{ key }} = over_since.{{ key }}

),

reported_before as (

    select
        {{ key }}
        {%- for column in settled + lasting | list %},
        min_by({{ column }}, row_age) filter (where {{ column }} is not null)
            as {{ column }}
        {%- endfor %}
        {%- for column in final %},
        min_by({{ column }}, row_age)
            filter (where is_final and {{ column }} is not null)
            as {{ column }}
        {%- endfor %}
        {%- for column in flags %},
        bool_or({{ column }}) filter (where is_final) as {{ column }}
        {%- endfor %}
    from numbered
    group by {{ key }}

),

latest as (

    select * from captures
    qualify row_number() over (
        partition by {{ key }}
        order by
            case when {{ is_over }} then 0 else 1 end asc,
            {{ newest_first() }}
    ) = 1

),

completed as (

    select
        latest.{{ key }},
        {% for column in settled + final %}
        coalesce(reported_before.{{ column }}, latest.{{ column }})
            as {{ column }},
        {% endfor %}
        {% for column in flags %}
        latest.{{ column }}
        or coalesce(reported_before.{{ column }}, false) as {{ column }},
        {% endfor %}
        {% for column in moving if column not in lasting %}
        latest.{{ column }},
        {% endfor %}
        {% for column, value in lasting.items() %}
        case
            when
                latest.{{ column }} is null
                and reported_before.{{ column }} = '{{ value }}'
                then reported_before.{{ column }}
            else latest.{{ column }}
        end as {{ column }},
        {% endfor %}
        latest._captured_at,
        latest._extract_file,
        latest._record_number,
        latest._record_hash
    from latest
    left join reported_before on latest.{{ key }} = reported_before.{{ key }}

)
{% endmacro %}
