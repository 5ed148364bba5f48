{# Stands before the one of dbt-spark, which fails on an apostrophe. Where text
   is taken as it is, one cannot stand in it: two of them would stay two. #}
{% macro spark__load_csv_rows(model, agate_table) %}
    {% set types = model.config.column_types %}
    {% set rows = [] %}
    {% for row in agate_table.rows %}
        {% set values = [] %}
        {% for name in agate_table.column_names %}
            {% set value = 'null' if row[name] is none
                else "'" ~ (row[name] | string).replace(
                    "'", "' || chr(39) || '"
                ) ~ "'" %}
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
