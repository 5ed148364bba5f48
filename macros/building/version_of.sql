{# Selects the version a table is at: what it was built from last; null when
   that is not known, which max_by would pass over. #}
{% macro version_of(relation) %}
(
    select arg_max_null(version, number)
    from {{ table_versions() }}
    where relation_name = {{ sql_literal(relation | string) }}
)
{% endmacro %}
