{# Returns a sentence for each file of the extracts folder that is in the wrong
   place, from a plugin of the profile. #}
{% macro misplaced_extracts() %}
    {% set functions %}
        select count(*) from duckdb_functions()
        where function_name = 'misplaced_extracts'
    {% endset %}
    {% if run_query(functions).rows[0][0] == 0 %}
        {{ return([]) }}
    {% endif %}
    {{ return(run_query(
        'select unnest(misplaced_extracts(' ~ sql_literal(extracts_path()) ~ '))'
    ).columns[0].values() | list) }}
{% endmacro %}
