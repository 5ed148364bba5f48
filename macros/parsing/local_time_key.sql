{# The key of one time of one record of the relation named after the extract. #}
{% macro local_time_key(extract, column) -%}
{{ hashed_key([
    sql_literal(extract), extract ~ '._extract_file',
    extract ~ '._record_number', sql_literal(column),
]) }}
{%- endmacro %}
