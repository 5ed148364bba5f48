{# Returns the fields of an extract as its source declares them: name as
   emitted, column in base, the columns it may come from, and what it holds. #}
{% macro landed_fields(definition) %}
    {% set fields = [] %}
    {% for column in definition.columns.values() %}
        {% set meta = column.config.meta or column.meta or {} %}
        {% set columns = [base_column_name(column.name)] %}
        {% for alias in meta.get('aliases', []) %}
            {% do columns.append(base_column_name(alias)) %}
        {% endfor %}
        {% do fields.append({
            'name': column.name,
            'column': columns[0],
            'columns': columns,
            'data_type': column.data_type or 'varchar',
            'may_be_later': meta.get('may_be_later', false),
            'is_key': column.name in definition.meta.get('key', []),
            'is_alternative_key': column.name in definition.meta.get('either_key', [])
        }) %}
    {% endfor %}
    {{ return(fields) }}
{% endmacro %}
