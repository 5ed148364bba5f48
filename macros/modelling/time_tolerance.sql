{# How far apart two reports of one moment can be: a source that cuts times to
   seconds is less than one behind. Defined here, and nowhere else. #}
{% macro time_tolerance() -%}
interval 1 second
{%- endmacro %}
