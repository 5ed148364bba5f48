{# The smallest that holds an unsigned number of 64 bits. #}
{% macro spark__hash_type() -%}
decimal(20, 0)
{%- endmacro %}
