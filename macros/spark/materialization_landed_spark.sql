{# A table over a folder with Parquet that DuckDB wrote: nothing is copied. Its
   columns are those of the SQL, for the folder of an extract of which nothing has
   landed may not be there. #}
{% materialization landed, adapter='spark' %}
    {% set relation = this.incorporate(type='table') %}
    {% set columns = [] %}
    {% for column in run_query('describe query ' ~ sql).rows %}
        {% do columns.append(adapter.quote(column[0]) ~ ' ' ~ column[1]) %}
    {% endfor %}
    {% do run_query('drop table if exists ' ~ relation) %}
    {% call statement('main') %}
        create table {{ relation }} ({{ columns | join(', ') }}) using parquet
        location {{ sql_literal(landed_folder(model.name)) }}
    {% endcall %}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}
