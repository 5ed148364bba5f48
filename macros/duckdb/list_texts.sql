{% macro default__list_texts(column, separator=', ') -%}
string_agg(distinct {{ column }}, '{{ separator }}' order by {{ column }})
{%- endmacro %}
