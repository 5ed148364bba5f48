{# A time inside a JSON value: null when it cannot be. The record itself has a
   time of its own, so it is not set aside. #}
{% macro to_possible_utc(value, may_be_later=false) -%}
case when {{ is_possible_time(value, may_be_later) }} then {{ to_utc(value) }} end
{%- endmacro %}
