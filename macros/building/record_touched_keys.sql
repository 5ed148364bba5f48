{# Statements that write down for readers which keys those are, by which the
   table's newest version differs from the one before. #}
{% macro record_touched_keys(columns) %}
    {% for column in columns %}
    insert into {{ touched_keys() }}
    select distinct
        {{ sql_literal(this) }} as relation_name,
        newest.version,
        '{{ column }}' as column_name,
        differing.{{ column }} as value
    from differing
    inner join ({{ newest_versions() }}) as newest
        on newest.relation_name = {{ sql_literal(this) }};
    {% endfor %}
{% endmacro %}
