{# The position of a file that is read whole in the list of files. #}
{% macro csv_file_index(files) -%}
list_position({{ sql_list(files | map(attribute='path')) }}, filename) - 1
{%- endmacro %}
