{% macro default__moments_from(start, finish, step) -%}
unnest(range({{ start }}, {{ finish }}, interval {{ step }}))
{%- endmacro %}
