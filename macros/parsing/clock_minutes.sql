{# Minutes from midnight to a time of day such as 09:30 or 24:00. #}
{% macro clock_minutes(column) -%}
try_cast(split_part({{ column }}, ':', 1) as integer) * 60
+ try_cast(split_part({{ column }}, ':', 2) as integer)
{%- endmacro %}
