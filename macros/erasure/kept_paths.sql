{# Returns what is kept of a field of an extract when its customer is erased, as
   paths below the field: '' for a field that is kept as it is, and nothing for
   one that is emptied. #}
{% macro kept_paths(source, field) %}
    {% set kept = [] %}
    {% for path in source.meta.get('kept_when_erased', []) %}
        {% if path == field %}
            {% do kept.append('') %}
        {% elif path.startswith(field ~ '.') or path.startswith(field ~ '[]') %}
            {% do kept.append(path[field | length:].lstrip('.')) %}
        {% endif %}
    {% endfor %}
    {{ return(kept) }}
{% endmacro %}
