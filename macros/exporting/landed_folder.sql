{# Where DuckDB has written what it landed under a name, for Spark to read. #}
{% macro landed_folder(name) %}
    {{ return(spark_folder() ~ '/landed/' ~ name) }}
{% endmacro %}
