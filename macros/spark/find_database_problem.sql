{# What keeps Spark from building: an older version than the SQL needs, or
   tables with personal data, which only DuckDB erases. #}
{% macro spark__find_database_problem() %}
    {% if not execute or flags.WHICH not in ('run', 'build') %}
        {{ return('') }}
    {% endif %}
    {% if var('include_personal_data', false) %}
        {{ return(
            'Names, addresses and texts are built in DuckDB only, which erases'
            ~ ' them: leave include_personal_data out when you build on Spark.'
        ) }}
    {% endif %}
    {% set version = run_query('select version()').columns[0].values()[0] %}
    {% set numbers = version.split(' ')[0].split('.') %}
    {% if (numbers[0] | int, numbers[1] | int) < (4, 2) %}
        {{ return(
            'Spark ' ~ version.split(' ')[0] ~ ' cannot run this SQL: 4.2 or'
            ~ ' newer is needed.'
        ) }}
    {% endif %}
    {{ return('') }}
{% endmacro %}
