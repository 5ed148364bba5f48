{# Whether a rejected record stands for a file that is not the report at all. #}
{% macro is_whole_file(reason) -%}
(
    {{ reason }} in (
        'not a CSV file but an HTML or JSON body', 'not a text in UTF-8'
    )
    or {{ reason }} like 'no column % in the header'
)
{%- endmacro %}
