{# Whether a time has no part of a second: most likely it was cut off. #}
{% macro is_cut_to_second(moment) -%}
date_trunc('second', {{ moment }}) = {{ moment }}
{%- endmacro %}
