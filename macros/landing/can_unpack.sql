{# Whether archives and JSON bodies can be read: by a plugin of the profile,
   which a copy of it elsewhere may leave out. #}
{% macro can_unpack() %}
    {% if not is_building() %}
        {{ return(false) }}
    {% endif %}
    {% set functions %}
        select count(*) from duckdb_functions()
        where function_name = 'readable_extract'
    {% endset %}
    {{ return(run_query(functions).rows[0][0] > 0) }}
{% endmacro %}
