{# Where DuckDB has written what it landed under a name, for Spark to read. #}
{% macro landed_folder(name) %}
    {% set root = env_var('GLADLY_SPARK_PATH', 'warehouse/spark') %}
    {{ return(root ~ '/landed/' ~ name) }}
{% endmacro %}
