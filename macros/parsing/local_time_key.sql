{# The key of one time of one record: extract, file, record and column. #}
{% macro local_time_key(extract, column) -%}
{{ hashed_key([
    sql_literal(extract), 'records._extract_file', 'records._record_number',
    sql_literal(column),
]) }}
{%- endmacro %}
