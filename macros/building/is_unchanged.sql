{# Whether the table stands and was built from what it would be built from
   now. #}
{% macro is_unchanged(standing) %}
    {% if flags.FULL_REFRESH or standing is none or not standing.is_table
        or model.name == 'base_gladly__extract_files' %}
        {{ return(false) }}
    {% endif %}
    {{ return(run_query(
        'select coalesce(' ~ version_of(this) ~ ' = ' ~ version_of_inputs() ~ ', false)'
    ).rows[0][0]) }}
{% endmacro %}
