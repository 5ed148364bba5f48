{# Runs after every build: once the extracts prove a customer deleted, nothing
   in the database tells who it was. Ids, times and counts stay. #}
{% macro erase_deleted_customers() %}
    {% if not is_building() %}
        {{ return('') }}
    {% endif %}
    {% if not var('include_personal_data', false) %}
        {% do run_query('drop schema if exists restricted cascade') %}
    {% endif %}
    {% set known = {} %}
    {% for model in [
        'int_customer_ids_resolved',
        'int_conversation_ids_resolved',
        'int_conversation_owners_resolved',
    ] %}
        {% do known.update({model: adapter.get_relation(
            target.database, 'intermediate', model
        )}) %}
    {% endfor %}
    {% set erased = known.int_customer_ids_resolved %}
    {% set counts = [] %}
    {% set rules = erasure_rules() %}
    {% for extract in rules if erased %}
        {% set base_table = adapter.get_relation(
            target.database, 'staging', 'base_gladly__' ~ extract
        ) %}
        {% if base_table %}
            {% do counts.append(
                erase_records(base_table, rules[extract], known)
            ) %}
            {% do counts.append(erase_rejected_records(base_table, erased)) %}
        {% endif %}
    {% endfor %}
    {% if counts | sum > 0 %}
        {% do overwrite_freed_blocks() %}
        {% do log(
            'Erased personal data of deleted customers from '
            ~ counts | sum ~ ' records', info=true
        ) %}
    {% endif %}
    {{ return('') }}
{% endmacro %}
