{# The type of hashes of records and files. #}
{% macro hash_type() -%}
{{ adapter.dispatch('hash_type', 'gladly')() }}
{%- endmacro %}
