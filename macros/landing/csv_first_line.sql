{# The first line of a report file that is not blank. It may be anybody's
   data, so it must not be a literal: SQL is kept in files and shown in the
   docs. #}
{% macro csv_first_line(file) %}
select
    replace(
        regexp_extract(
            regexp_replace(
                {{ csv_text() }}, '^(?:[ \t]*(?:\r\n|\n|\r))*', ''
            ),
            '^[^\r\n]*'
        ),
        chr(0), '\x00'
    ) as first_line
from read_blob({{ sql_paths([file.path]) }})
{% endmacro %}
