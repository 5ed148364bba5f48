{# Selects the versions that tables are at, as one text; null when that of one
   of them is not known. #}
{% macro versions_of(relations) %}
    {% set names = [] %}
    {% for relation in relations %}
        {% do names.append(sql_literal(relation | string)) %}
    {% endfor %}
(
    select
        case
            when count(version) = {{ names | unique | list | length }}
                then string_agg(version, ' ' order by relation_name)
        end
    from (
        select relation_name, arg_max_null(version, number) as version
        from {{ table_versions() }}
        where relation_name in ({{ names | join(', ') }})
        group by relation_name
    )
)
{% endmacro %}
