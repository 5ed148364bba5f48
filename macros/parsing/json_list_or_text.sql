{# A field that holds either one text or a list of texts, always as a list. #}
{% macro json_list_or_text(column) -%}
{{ adapter.dispatch('json_list_or_text', 'gladly')(column) }}
{%- endmacro %}
