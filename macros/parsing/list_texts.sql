{# The texts of a group, each once, in alphabetical order. #}
{% macro list_texts(column, separator=', ') -%}
{{ adapter.dispatch('list_texts', 'gladly')(column, separator) }}
{%- endmacro %}
