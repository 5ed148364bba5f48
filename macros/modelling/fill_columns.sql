{# CTEs that give rows of files without some columns what another file, which
   has them, reports of the same event; with a column of the key and without, it
   would be two. The last, filled, is the relation with known_<column> for each.
   Columns that are alike, blank or not, and the second of the moment make two
   rows one event, and so do those compared, of which a file can lack any. Of
   several such rows the one counts that differs least. A blank cell stays. #}
{% macro fill_columns(relation, moment, alike, compared, columns) %}
{%- set lacks -%}
(
        {%- for column in columns %}
        concat(',', coalesce(_missing_fields, ''), ',') like '%,{{ column }},%'
        {{ 'or' if not loop.last }}
        {%- endfor %}
    )
{%- endset -%}
lacking as (

    select * from {{ relation }}
    where {{ lacks }}

),

{# Joined to those alone, of which there usually are none. #}
matched as (

    select
        lacking._extract_file as lacking_file,
        lacking._record_number as lacking_number
        {%- for column in columns %},
        found.{{ column }} as found_{{ column }}
        {%- endfor %}
    from lacking
    inner join {{ relation }} as found
        on
            date_trunc('second', lacking.{{ moment }})
            = date_trunc('second', found.{{ moment }})
            and coalesce(lacking._missing_fields, '')
            != coalesce(found._missing_fields, '')
            {%- for column in alike %}
            and coalesce(lacking.{{ column }}, '')
            = coalesce(found.{{ column }}, '')
            {%- endfor %}
            {%- for column in compared %}
            {%- set one = column | replace('{row}', 'lacking') %}
            {%- set other = column | replace('{row}', 'found') %}
            and coalesce({{ one }}, {{ other }}, '')
            = coalesce({{ other }}, {{ one }}, '')
            {%- endfor %}
    qualify row_number() over (
        partition by lacking._extract_file, lacking._record_number
        order by
            0
            {%- for column in columns %}
            + case
                when lacking.{{ column }} != found.{{ column }} then 1 else 0
            end
            {%- endfor %},
            0
            {%- for column in columns %}
            + case when found.{{ column }} is null then 1 else 0 end
            {%- endfor %},
            found._captured_at desc,
            found._extract_file desc,
            found._record_number desc
    ) = 1

),

filled as (

    select
        *
        {%- for column in columns %},
        {{ column }} as known_{{ column }}
        {%- endfor %}
    from {{ relation }}
    where not {{ lacks }}

    union all

    select
        lacking.*
        {%- for column in columns %},
        coalesce(lacking.{{ column }}, matched.found_{{ column }})
            as known_{{ column }}
        {%- endfor %}
    from lacking
    left join matched
        on
            lacking._extract_file = matched.lacking_file
            and lacking._record_number = matched.lacking_number

)
{% endmacro %}
