{# Selects what was written down last of each table. #}
{% macro newest_versions() %}
    select *
    from {{ table_versions() }}
    qualify
        row_number() over (partition by relation_name order by number desc) = 1
{% endmacro %}
