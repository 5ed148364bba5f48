{# The texts of a group, each once, in alphabetical order. #}
{% macro list_texts(column, separator=', ') -%}
string_agg(distinct {{ column }}, '{{ separator }}' order by {{ column }})
{%- endmacro %}
