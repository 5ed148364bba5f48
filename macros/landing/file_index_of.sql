{# The position, from 0, of the file a row was read from in the list of files #}
{% macro file_index_of(files) -%}
list_position({{ sql_list(files | map(attribute='path')) }}, filename) - 1
{%- endmacro %}
