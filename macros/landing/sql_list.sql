{% macro sql_list(texts) %}
    {% set literals = [] %}
    {% for text in texts %}
        {% do literals.append(sql_literal(text)) %}
    {% endfor %}
    {{ return('[' ~ literals | join(', ') ~ ']') }}
{% endmacro %}
