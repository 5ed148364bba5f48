{# Looks at the first line with text of every report file and groups the files
   by header; a file that is not the report it should be is set aside whole. #}
{% macro csv_shapes(definition, fields, files) %}
    {% set first_lines %}
        with lines as (
            select
                file_index,
                line,
                row_number() over () as line_number
            from {{ read_lines(files, store_rejects=false) }}
        )

        select
            file_index,
            arg_min(line, line_number) filter (where trim(line) != '') as header,
            min(line_number) filter (where trim(line) != '')
                - min(line_number) + 1 as header_line_number
        from lines
        group by file_index
        order by file_index
    {% endset %}
    {% set readable = {} %}
    {% set unreadable = [] %}
    {% for row in run_query(first_lines).rows if row[1] is not none %}
        {% set file = files[row[0] | int] %}
        {% set columns = csv_header(row[1]) %}
        {% set missing = [] %}
        {% for field in fields if field.is_key %}
            {% if not field.columns | select('in', columns) | list %}
                {% do missing.append(field.name) %}
            {% endif %}
        {% endfor %}
        {% if row[1].lstrip()[:1] in ['<', '{', '['] %}
            {% do unreadable.append(dict(
                file, header=row[1], reason='not a CSV file but an HTML or JSON body'
            )) %}
        {% elif missing %}
            {% do unreadable.append(dict(
                file, header=row[1], reason='no column ' ~ missing | join(', ') ~ ' in the header'
            )) %}
        {% else %}
            {% set shape = {'columns': columns, 'skip': row[2] | int, 'files': []} %}
            {% do readable.setdefault((columns, shape.skip) | string, shape).files.append(file) %}
        {% endif %}
    {% endfor %}
    {% for shape in readable.values() %}
        {% set known = fields | map(attribute='columns') | sum(start=[]) %}
        {% do shape.update({'unknown': shape.columns | reject('in', known) | list}) %}
    {% endfor %}
    {{ return({'readable': readable.values() | list, 'unreadable': unreadable}) }}
{% endmacro %}
