{# Returns the column names of a CSV header line as base columns, told apart by
   a number where the line repeats or omits one. #}
{% macro csv_header(line) %}
    {% set columns = [] %}
    {% set cell = '(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))' %}
    {% for quoted, plain in modules.re.findall(cell, line.strip()) %}
        {% set column = base_column_name(quoted or plain) or 'column' %}
        {% do columns.append(
            column if column not in columns else column ~ '_' ~ (loop.index)
        ) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
