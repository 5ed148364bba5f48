{# Returns a sentence for each file whose name is no text, which DuckDB stops at
   without a word on which. Names and folders are looked at by a plugin of the
   profile. #}
{% macro check_file_names() %}
    {% set problems = [] %}
    {% for name in run_query(
        "select unnest(cast(getvariable('unnamed_extract_files') as varchar[]))"
    ).columns[0].values() %}
        {% do problems.append(
            '"' ~ extracts_path() ~ '/' ~ name ~ '" has a name that is not UTF-8:'
            ~ ' rename it.'
        ) %}
    {% endfor %}
    {{ return(problems) }}
{% endmacro %}
