{% macro default__unnest_list(list) -%}
unnest({{ list }})
{%- endmacro %}
