{# A reader of text files: one row per line, blank and undecodable lines as null. #}
{% macro read_lines(files, store_rejects) -%}
read_csv(
    [{% for file in files %}{{ sql_literal(file.path) }}{{ ', ' if not loop.last }}{% endfor %}],
    columns = {'line': 'varchar'},
    auto_detect = false, header = false,
    delim = '', quote = '', escape = '', strict_mode = false,
    max_line_size = 16000000, ignore_errors = true,
    store_rejects = {{ store_rejects | lower }}
)
{%- endmacro %}
