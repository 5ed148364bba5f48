{# Looks at every report file and groups the files that one reader can read:
   those of one header. A file that is not the report it should be is set aside
   whole. #}
{% macro csv_shapes(definition, fields, files) %}
    {% set csv_cell = '(?:(?:"[^"]*")+ *|[^",\\r\\n][^,\\r\\n]*|)' %}
    {% set looks %}
        with texts as (
            select
                {{ file_index_of(files) }} as file_index,
                try(decode(content)) is not null as is_text,
                {{ csv_text() }} as text
            from read_blob({{ sql_paths(files | map(attribute='path')) }})
        ),

        parts as (
            select
                *,
                regexp_extract(text, '^(?:[ \t]*(?:\r\n|\n|\r))*') as blank_lines,
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
            regexp_extract(text[length(blank_lines) + 1:], '^[^\r\n]*') as header,
            strlen(
                regexp_replace(replace(blank_lines, e'\r\n', e'\n'), '[ \t]', '', 'g')
            ) as lines_before,
            contains(line_ends, chr(13))
                and regexp_matches(replace(line_ends, e'\r\n', ''), '[\r\n]')
                as has_mixed_line_ends,
            contains(text, '"') and not regexp_full_match(
                text,
                '{{ csv_cell }}(?:[,\r\n]+{{ csv_cell }})*'
            ) as has_open_quote
        from parts
        where trim(text, e' \t\r\n') != ''
        order by file_index
    {% endset %}
    {% set readable = {} %}
    {% set unreadable = [] %}
    {% for look in run_query(looks).rows %}
        {% set file = files[look['file_index'] | int] %}
        {% set header = look['header'] %}
        {% set columns = csv_header(header) %}
        {% set missing = [] %}
        {% for field in fields if field.is_key %}
            {% if not field.columns | select('in', columns) | list %}
                {% do missing.append(field.name) %}
            {% endif %}
        {% endfor %}
        {% set is_mixed = look['has_mixed_line_ends'] %}
        {% if header.lstrip()[:1] in ['<', '{', '['] %}
            {% set reason = 'not a CSV file but an HTML or JSON body' %}
        {% elif missing and (not look['is_text'] or '\x00' in header) %}
            {% set reason = 'not valid UTF-8' %}
        {% elif missing %}
            {% set reason = 'no column ' ~ missing | join(', ') ~ ' in the header' %}
        {% else %}
            {% set reason = none %}
        {% endif %}
        {% if reason %}
            {% do unreadable.append(dict(file, reason=reason)) %}
        {% else %}
            {% set shape = {
                'columns': columns,
                'skip': look['lines_before'] | int + 1,
                'is_mixed': is_mixed,
                'alone': file.path if look['has_open_quote'] and not is_mixed,
                'files': []
            } %}
            {% do readable.setdefault(shape | string, shape).files.append(file) %}
        {% endif %}
    {% endfor %}
    {% for shape in readable.values() %}
        {% set known = fields | map(attribute='columns') | sum(start=[]) %}
        {% set unknown = shape.columns | reject('in', known) | list %}
        {% do shape.update({'unknown': unknown}) %}
    {% endfor %}
    {{ return({
        'readable': readable.values() | list,
        'unreadable': unreadable
    }) }}
{% endmacro %}
