{# Runs after every build: once the extracts prove a customer deleted, nothing
   in the database says who it was. Ids, times and counts stay. #}
{% macro erase_deleted_customers() %}
    {% if not is_building() %}
        {{ return('') }}
    {% endif %}
    {% if not var('include_personal_data', false) %}
        {% do drop_restricted_tables() %}
    {% endif %}
    {# Where only a share of the extracts is landed, Spark knows who is who. #}
    {% set share = landing_share() %}
    {% set erased = landed_ids(share, 'erased') if share else erased_ids() %}
    {% set customer_ids = landed_ids(share, 'customers') if share
        else built_relation('int_customer_ids_resolved') %}
    {% if not erased %}
        {% do log(
            'Erased nothing: the tables that say who is deleted are not built.',
            info=true
        ) %}
        {{ return('') }}
    {% endif %}
    {% do run_query(
        'create or replace temporary table erased_ids as ' ~ erased
    ) %}
    {% set is_due = run_query(
        'select count(*) from erased_ids'
    ).rows[0][0] > 0 %}
    {% set counts = [] %}
    {% set rules = erasure_rules() %}
    {% for extract, source in extract_sources().items() if is_due %}
        {% set base_table = built_relation('base_gladly__' ~ extract) %}
        {% if base_table and extract in rules %}
            {% do counts.append(erase_records(base_table, rules[extract])) %}
        {% endif %}
        {% if base_table %}
            {% do counts.append(erase_rejected_records(
                base_table, landed_fields(source), customer_ids
            )) %}
        {% endif %}
    {% endfor %}
    {% if counts | sum > 0 %}
        {% do log(
            'Erased personal data of deleted customers from '
            ~ counts | sum ~ ' records', info=true
        ) %}
    {% endif %}
    {% if is_due %}
        {% do overwrite_remembered_blocks() %}
        {# The log beside the database holds what was landed until then. #}
        {% do run_query('checkpoint') %}
    {% endif %}
    {% do forget_blocks() %}
    {{ return('') }}
{% endmacro %}
