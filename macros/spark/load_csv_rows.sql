{# Stands before the one of dbt-spark, which fails on an apostrophe. #}
{% macro spark__load_csv_rows(model, agate_table) %}
    {% set types = model.config.column_types %}
    {% set rows = [] %}
    {% for row in agate_table.rows %}
        {% set values = [] %}
        {% for name in agate_table.column_names %}
            {% set value = 'null' if row[name] is none
                else sql_literal(row[name]) %}
            {% do values.append('cast(' ~ value ~ ' as ' ~ types[name] ~ ')') %}
        {% endfor %}
        {% do rows.append('(' ~ values | join(', ') ~ ')') %}
    {% endfor %}
    {% set sql %}
        insert into {{ this }} values {{ rows | join(', ') }}
    {% endset %}
    {% if rows %}
        {% do run_query(sql) %}
    {% endif %}
    {{ return(sql) }}
{% endmacro %}
