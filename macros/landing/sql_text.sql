{% macro sql_literal(text) %}
    {{ return("'" ~ (text | string).replace("'", "''") ~ "'") }}
{% endmacro %}


{% macro sql_list(texts) %}
    {% set escaped = texts | map('string') | map('replace', "'", "''") | list %}
    {{ return("['" ~ escaped | join("', '") ~ "']" if escaped else '[]') }}
{% endmacro %}


{% macro sql_paths(paths) %}
    {# One call for thousands of paths. #}
    {% set literal_paths = literal_path(paths | join('\x00')) %}
    {{ return(sql_list(literal_paths.split('\x00') if literal_paths else [])) }}
{% endmacro %}


{% macro literal_path(path) %}
    {{ return(modules.re.sub('([*?\\[])', '[\\1]', path)) }}
{% endmacro %}
