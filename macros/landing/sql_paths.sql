{% macro sql_paths(paths) %}
    {% set literal_paths = [] %}
    {% for path in paths %}
        {% do literal_paths.append(literal_path(path)) %}
    {% endfor %}
    {{ return(sql_list(literal_paths)) }}
{% endmacro %}
