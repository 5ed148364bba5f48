{# Selects the version a table is at: what it was built from last. #}
{% macro version_of(relation) %}
(
    select max_by(version, number)
    from {{ table_versions() }}
    where relation_name = {{ sql_literal(relation | string) }}
)
{% endmacro %}
