{# The folder that DuckDB, Spark and its workers see under this name. #}
{% macro spark_folder() %}
    {{ return(env_var('GLADLY_SPARK_PATH', 'warehouse/spark')) }}
{% endmacro %}
