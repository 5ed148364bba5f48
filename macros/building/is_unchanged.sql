{# Whether the table stands and was built from what it would be built from
   now. #}
{% macro is_unchanged(standing) %}
    {% if flags.FULL_REFRESH or standing is none or not standing.is_table
        or model.name == 'base_gladly__extract_files' %}
        {{ return(false) }}
    {% endif %}
    {% set built_from %}
        select coalesce(bool_or(
            built.built_from = {{ version_of_inputs('now.inputs') }}
        ), false)
        from ({{ newest_versions() }}) as built
        cross join (select {{ input_versions() }} as inputs) as now
        where built.relation_name = {{ sql_literal(this) }}
    {% endset %}
    {{ return(run_query(built_from).rows[0][0]) }}
{% endmacro %}
