{# Looks at every report file and groups the files that one reader can read:
   those of one header. A file that is not the report it should be is set aside
   whole. #}
{% macro csv_shapes(definition, fields, files) %}
    {% set csv_cell = '(?:(?:"[^"]*")+ *|[^",\\r\\n][^,\\r\\n]*|)' %}
    {% set looks %}
        with texts as (
            select
                file_index,
                try(decode(content)) is not null as is_text,
                {{ csv_text() }} as text
            from read_blob({{ sql_paths(files | map(attribute='path')) }})
        ),

        parts as (
            select
                *,
                regexp_extract(text, '{{ csv_start() }}', 1) as blank_lines,
                regexp_extract(text, '{{ csv_start() }}', 2) as header,
                case
                    when contains(text, chr(13)) and regexp_matches(
                        text, '(?:^|[^\r])\n|\r(?:[^\n]|$)'
                    ) then regexp_replace(text, '"[^"]*"', '', 'g')
                    else ''
                end as line_ends
            from texts
        )

        select
            file_index,
            is_text,
            header,
            strlen(
                regexp_replace(replace(blank_lines, e'\r\n', e'\n'), '[ \t]', '', 'g')
            ) as lines_before,
            contains(line_ends, chr(13))
                and regexp_matches(replace(line_ends, e'\r\n', ''), '[\r\n]')
                as has_mixed_line_ends,
            -- DuckDB takes a blank before a quotation mark for none.
            contains(text, ' "')
                and regexp_matches(text, '(?:^|[,\r\n]) +"') as has_padded_quote,
            contains(text, '"') and not regexp_full_match(
                text,
                '{{ csv_cell }}(?:[,\r\n]+{{ csv_cell }})*'
            ) as has_open_quote
        from parts
        where regexp_matches(text, '[^ \t\r\n]')
        order by file_index
    {% endset %}
    {% set readable, columns_of = {}, {} %}
    {% set unreadable = [] %}
    {% set known = dict.fromkeys(
        fields | map(attribute='columns') | sum(start=[])
    ) %}
    {% for look in run_query(looks).rows %}
        {% set file = files[look['file_index'] | int] %}
        {% set header = look['header'] %}
        {% if header not in columns_of %}
            {% do columns_of.update({header: csv_header(header)}) %}
        {% endif %}
        {% set columns = columns_of[header] %}
        {% set names = dict.fromkeys(columns | map(attribute='name')) %}
        {% set absent, missing = [], [] %}
        {% for field in fields if not field.columns | select('in', names) | list %}
            {% do absent.append(field.column) %}
            {% if field.is_needed %}
                {% do missing.append(field.name) %}
            {% endif %}
        {% endfor %}
        {% if header.lstrip()[:1] in ['<', '{', '['] %}
            {% set reason = 'not a CSV file but an HTML or JSON body' %}
        {% elif missing and (not look['is_text'] or '\x00' in header) %}
            {% set reason = 'not a text in UTF-8' %}
        {% elif missing %}
            {% set reason = 'no column ' ~ missing | join(', ') ~ ' in the header' %}
        {% else %}
            {% set reason = none %}
        {% endif %}
        {% if reason %}
            {% do unreadable.append(dict(file, reason=reason)) %}
        {% else %}
            {# One column alone has blank lines that are records. #}
            {% set is_odd = look['has_mixed_line_ends'] or look['has_padded_quote']
                or '\n' in header or '\r' in header or columns | length == 1 %}
            {% set unknown = columns | rejectattr('name', 'in', known) | list %}
            {% set shape = {
                'columns': columns,
                'unknown': unknown,
                'missing': absent,
                'skip': look['lines_before'] | int + 1,
                'is_odd': is_odd,
                'alone': file.path if look['has_open_quote'] and not is_odd,
                'files': []
            } %}
            {% do readable.setdefault(shape | string, shape).files.append(file) %}
        {% endif %}
    {% endfor %}
    {{ return({
        'readable': readable.values() | list,
        'unreadable': unreadable
    }) }}
{% endmacro %}


{# Returns the columns of a CSV header: the cell that holds each, the name it
   goes by as a base column, none where an earlier one has it, and a label that
   is its alone: with its place where the line repeats or omits a name. #}
{% macro csv_header(line) %}
    {% set names = [] %}
    {% set cell = '(?:^|,)(?: *"((?:[^"]|"")*)"|([^,]*))' %}
    {% for quoted, plain in modules.re.findall(cell, line) %}
        {% do names.append(base_column_name(quoted or plain) or 'column') %}
    {% endfor %}
    {% set written = dict.fromkeys(names) %}
    {% set columns = [] %}
    {% set seen = {} %}
    {% for name in names %}
        {% set column = {'cell': 'cell_' ~ loop.index, 'name': none} %}
        {% if name not in seen %}
            {% do column.update({'name': name, 'label': name}) %}
            {% do seen.update({name: true}) %}
        {% else %}
            {% set place = '_' ~ loop.index %}
            {% do column.update({'label': name ~ place}) %}
            {% for _ in names if column.label in written %}
                {% do column.update({'label': column.label ~ place}) %}
            {% endfor %}
        {% endif %}
        {% do columns.append(column) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}


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
