{# The names of the fields in an object that is not declared, each once. A name
   is a word or a few; what else stands in its place may be somebody's address.
   #}
{% macro unknown_field_names(column) -%}
{{ adapter.dispatch('unknown_field_names', 'gladly')(column) }}
{%- endmacro %}
