{# The files being read, as rows: position in the reader's list, name, capture
   time. #}
{% macro file_values(files) %}
select * from (
    values
    {% for file in files %}
    (
        {{ loop.index0 }},
        {{ sql_literal(file.extract_file) }},
        cast({{ sql_literal(file.captured_at) }} as timestamp)
    ){{ ',' if not loop.last }}
    {% endfor %}
) as listed (file_index, extract_file, captured_at)
{% endmacro %}
