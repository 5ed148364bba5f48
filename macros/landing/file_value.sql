{# What is known of the file a row was read from, by its place in the reader's
   list. Not by a join, which may put rows in another order than they were read. #}
{% macro file_value(attribute, files, file_index) -%}
    {%- set data_type =
        'timestamp' if attribute == 'captured_at' else 'varchar' -%}
list_extract(
    cast({{ sql_list(files | map(attribute=attribute)) }} as {{ data_type }}[]),
    cast({{ file_index }} as bigint) + 1
)
{%- endmacro %}
