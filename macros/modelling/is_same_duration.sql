{# Whether two durations in seconds are between the same moments: equal to the
   millisecond, or less than a second apart where the moments of one of the two
   may be cut to seconds. #}
{% macro is_same_duration(first, second) -%}
(
    abs({{ first }} - {{ second }}) < 0.0015
    or (
        abs({{ first }} - {{ second }}) < 1
        and (
            floor({{ first }}) = {{ first }}
            or floor({{ second }}) = {{ second }}
        )
    )
)
{%- endmacro %}
