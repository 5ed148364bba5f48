{# Blanks what the records of deleted customers in one base table tell about
   them, and returns how many records had anything to blank. #}
{% macro erase_records(base_table, rule, known) %}
    {% set erased = known.int_customer_ids_resolved %}
    {% set owners = known.int_conversation_owners_resolved %}
    {% set columns = dict(
        rule.columns, _unknown_fields=erased_fields('_unknown_fields')
    ) %}
    {% set whose %}
        (
            {{ rule.owner }} in (
                select reported_customer_id from {{ erased }}
                where customer_status = 'deleted'
            )
            {% if rule.conversation and owners %}
            -- Records made before a merge may name a profile nobody knows of.
            or {{ rule.conversation }} in (
                select ids.reported_conversation_id
                from {{ known.int_conversation_ids_resolved }} as ids
                inner join {{ owners }} as owners
                    on ids.conversation_id = owners.conversation_id
                inner join {{ erased }} as customers
                    on owners.customer_id = customers.reported_customer_id
                where customers.customer_status = 'deleted'
            )
            {% endif %}
        )
        and (
            {% for column, value in columns.items() %}
            {{ column }} is distinct from {{ value }}
            {{ 'or' if not loop.last }}
            {% endfor %}
        )
    {% endset %}
    {% set found = run_query(
        'select count(*) from ' ~ base_table ~ ' where ' ~ whose
    ).rows[0][0] %}
    {% if found > 0 %}
        {% set blank %}
            update {{ base_table }}
            set
                {% for column, value in columns.items() %}
                {{ column }} = {{ value }}{{ ',' if not loop.last }}
                {% endfor %}
            where {{ whose }}
        {% endset %}
        {% do run_query(blank) %}
    {% endif %}
    {{ return(found) }}
{% endmacro %}
