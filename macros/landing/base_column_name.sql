{% macro base_column_name(field) %}
    {% set words = modules.re.sub('([a-z0-9])([A-Z])', '\\1_\\2', field) %}
    {{ return(modules.re.sub('[^a-z0-9]+', '_', words | lower).strip('_')) }}
{% endmacro %}
