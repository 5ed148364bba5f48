{# Spark has texts for JSON. #}
{% macro spark__json_type() -%}
string
{%- endmacro %}
