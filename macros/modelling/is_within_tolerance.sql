{# Whether two times can be of one moment, reported in different precision: no
   further apart than the tolerance. Null when one is unknown. #}
{% macro is_within_tolerance(first, second) -%}
(
    {{ first }} between {{ second }} - {{ time_tolerance() }}
    and {{ second }} + {{ time_tolerance() }}
)
{%- endmacro %}
