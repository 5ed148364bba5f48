{% macro sql_literal(text) %}
    {{ return("'" ~ (text | string).replace("'", "''") ~ "'") }}
{% endmacro %}
