{# The records of CSV text, as a list of texts. An empty line is no record,
   and a quotation mark that is not closed makes the rest of the text one
   record. #}
{% macro csv_records(text) -%}
    {%- set cell = '(?:(?:"[^"]*"?)+[^,\\r\\n]*|[^",\\r\\n][^,\\r\\n]*|)' -%}
list_filter(
    regexp_extract_all({{ text }}, '{{ cell }}(?:,{{ cell }})*'),
    lambda record: record != ''
)
{%- endmacro %}
