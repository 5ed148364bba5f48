{# A table over a folder with Parquet that DuckDB wrote: nothing is copied. #}
{% materialization landed, adapter='spark' %}
    {% set relation = this.incorporate(type='table') %}
    {% do run_query('drop table if exists ' ~ relation) %}
    {% call statement('main') %}
        create table {{ relation }} using parquet
        location {{ sql_literal(landed_folder(model.name)) }}
    {% endcall %}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}
