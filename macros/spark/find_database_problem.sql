{# What keeps Spark from building: a version or a session in which the SQL
   would fail or mean something else, nothing landed, or tables with personal
   data, which only DuckDB erases. #}
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
    {% set version = run_query('select version()').rows[0][0] %}
    {% set numbers = version.split(' ')[0].split('.') %}
    {% if (numbers[0] | int, numbers[1] | int) < (4, 2) %}
        {{ return(
            'Spark ' ~ version.split(' ')[0] ~ ' cannot run this SQL: 4.2 or'
            ~ ' newer is needed.'
        ) }}
    {% endif %}
    {% for setting, value in {
        'spark.sql.session.timeZone': 'UTC',
        'spark.sql.timestampType': 'TIMESTAMP_NTZ',
        'spark.sql.parser.escapedStringLiterals': 'true',
        'spark.sql.cteRecursionLevelLimit': '-1',
        'spark.sql.cteRecursionRowLimit': '-1',
        'spark.sql.ansi.enabled': 'true',
    }.items() %}
        {% set found = run_query('set ' ~ setting).rows[0][1] %}
        {% if found != value %}
            {{ return(
                'In this session of Spark ' ~ setting ~ ' is ' ~ found ~ ', and'
                ~ ' the SQL needs ' ~ value ~ ': '
                ~ (
                    'dbt-spark turns it off, so build with make build TARGET='
                    ~ target.name ~ '.'
                    if setting == 'spark.sql.ansi.enabled'
                    else 'profiles.yml of this project sets it.'
                )
            ) }}
        {% endif %}
    {% endfor %}
    {# The list of time zones is written last. A table that names its columns
       may be over a folder that is not there: it has no rows. #}
    {% set folder = landed_folder('time_zones') %}
    {% set looked_at = target.schema ~ '.landed_time_zones' %}
    {% do run_query('create schema if not exists ' ~ target.schema) %}
    {% do run_query('drop table if exists ' ~ looked_at) %}
    {% do run_query(
        'create table ' ~ looked_at ~ ' (name string) using parquet location '
        ~ sql_literal(folder)
    ) %}
    {% set zones = run_query('select count(*) from ' ~ looked_at).rows[0][0] %}
    {% do run_query('drop table ' ~ looked_at) %}
    {% if not zones %}
        {{ return(
            'Nothing has landed in ' ~ folder ~ ': DuckDB lands the extracts for'
            ~ ' Spark. Build with make build TARGET=' ~ target.name ~ ', and set'
            ~ ' GLADLY_SPARK_PATH to a folder that all of Spark can read.'
        ) }}
    {% endif %}
    {{ return('') }}
{% endmacro %}
