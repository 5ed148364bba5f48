{# A JSON list of ids as text. Ids hold neither brackets nor braces: a list that
   does has something else among them, which becomes null. #}
{% macro json_id_list(column) -%}
{{ adapter.dispatch('json_id_list', 'gladly')(column) }}
{%- endmacro %}
