{# Whether a time is another one that is cut to the second or the minute, with
   what was cut off. #}
{% macro is_finer(moment, cut, unit) -%}
(date_trunc('{{ unit }}', {{ moment }}) = {{ cut }} and {{ moment }} != {{ cut }})
{%- endmacro %}
