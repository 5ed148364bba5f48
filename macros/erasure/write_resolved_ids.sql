{# Runs after every build: where Spark's workers land shares of the extracts, it
   writes down for them whom they have to erase, and all ids of customers. #}
{% macro write_resolved_ids() %}
    {% if execute and target.type == 'spark' and flags.WHICH in ('run', 'build')
        and env_var('GLADLY_LANDING_TASKS', '1') != '1' %}
        {% set customers %}
            select reported_customer_id
            from {{ built_relation('int_customer_ids_resolved') }}
        {% endset %}
        {% for name, ids in {
            'customers': customers, 'erased': erased_ids()
        }.items() %}
            {% do run_query(
                'insert overwrite directory '
                ~ sql_literal(spark_folder() ~ '/ids/' ~ name)
                ~ ' using parquet ' ~ ids
            ) %}
        {% endfor %}
    {% endif %}
    {{ return('') }}
{% endmacro %}
