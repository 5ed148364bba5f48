{% macro default__hash_type() -%}
ubigint
{%- endmacro %}
