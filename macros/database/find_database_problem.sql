{# Returns why the database cannot be built into as asked, or nothing: tables
   that builds add to lack a column that they have today, as those of an older
   version of this project do; or tables that are read are neither built nor
   selected. #}
{% macro find_database_problem() %}
    {{ return(adapter.dispatch('find_database_problem', 'gladly')()) }}
{% endmacro %}
