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
