{# How many entries a JSON list has, or how many objects in it have this value
   in a field, in whatever case. An absent list has none. #}
{% macro json_count(column, field=none, value=none) -%}
{{ adapter.dispatch('json_count', 'gladly')(column, field, value) }}
{%- endmacro %}
