{# Keeps, as touched, the keys of the parts that have to be made anew, and says
   whether they are few: where they are many, to make the whole takes less. #}
{% macro has_few_touched_parts(steps) %}
    {% set parts = touched_parts(steps) %}
    {% if parts is none %}
        {{ return(false) }}
    {% endif %}
    {% do run_query('create or replace temp table touched as ' ~ parts) %}
    {{ return(run_query(
        'select count(*) * 4 < (select count(*) from ' ~ this ~ ') from touched'
    ).rows[0][0]) }}
{% endmacro %}
