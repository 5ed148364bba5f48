{# Selects the versions that tables are at, as one text; null when that of one
   of them is not known, which max_by would pass over. #}
{% macro versions_of(relations) %}
(
    select
        case
            when count(version) = {{ relations | length }}
                then string_agg(version, ' ' order by relation_name)
        end
    from (
        select relation_name, arg_max_null(version, number) as version
        from {{ table_versions() }}
        where relation_name in {{ sql_list(relations) }}
        group by relation_name
    )
)
{% endmacro %}
