{# Whether two times are of one moment: equal to the millisecond, or to the
   second where one of the two sources cuts times to seconds. #}
{% macro is_same_moment(first, second) -%}
(
    date_trunc('millisecond', {{ first }})
    = date_trunc('millisecond', {{ second }})
    or (
        date_trunc('second', {{ first }}) = date_trunc('second', {{ second }})
        and (
            {{ is_cut_to_second(first) }}
            or {{ is_cut_to_second(second) }}
        )
    )
)
{%- endmacro %}
