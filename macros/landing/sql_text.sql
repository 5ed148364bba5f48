{% macro sql_literal(text) %}
    {{ return("'" ~ (text | string).replace("'", "''") ~ "'") }}
{% endmacro %}


{% macro sql_list(texts) %}
    {% set literals = [] %}
    {% for text in texts %}
        {% do literals.append(sql_literal(text)) %}
    {% endfor %}
    {{ return('[' ~ literals | join(', ') ~ ']') }}
{% endmacro %}


{% macro sql_paths(paths) %}
    {% set literal_paths = [] %}
    {% for path in paths %}
        {% do literal_paths.append(literal_path(path)) %}
    {% endfor %}
    {{ return(sql_list(literal_paths)) }}
{% endmacro %}


{% macro literal_path(path) %}
    {{ return(modules.re.sub('([*?\\[])', '[\\1]', path)) }}
{% endmacro %}
