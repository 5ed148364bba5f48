{# Selects the version a table is at: what it was built from last. #}
{% macro version_of(relation) %}
{{ versions_of([relation]) }}
{% endmacro %}
