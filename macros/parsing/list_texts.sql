{# The texts of a group, each once, in alphabetical order. #}
{% macro list_texts(column) -%}
string_agg(distinct {{ column }}, ', ' order by {{ column }})
{%- endmacro %}
