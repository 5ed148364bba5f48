{% macro spark__unnest_list(list) -%}
explode({{ list }})
{%- endmacro %}
