{# Columns of the model's table by whose values its readers are rebuilt. #}
{% macro keys_read(readers) %}
    {% set columns = [] %}
    {% for reader in readers %}
        {% set parts = rebuilt_by(reader) or {'cut': {}, 'looked_up': {}} %}
        {% do columns.append(parts.cut.get(model.relation_name)) %}
        {% do columns.append(
            parts.looked_up.get(model.relation_name, {}).get('column')
        ) %}
    {% endfor %}
    {{ return(columns | select | unique | sort) }}
{% endmacro %}
