{# The IANA name of a time zone; null for what is none. #}
{% macro to_timezone(column) -%}
case
    when {{ column }} in (select name from pg_timezone_names())
        then {{ column }}
end
{%- endmacro %}
