{# Returns SQL for the ids of customers proven deleted, and of the conversations
   that were theirs: records made before a merge may name a profile that nothing
   links to them. Nothing where what says so is not built. #}
{% macro erased_ids() %}
    {% set known = {} %}
    {% for model in [
        'int_customer_ids_resolved',
        'int_conversation_ids_resolved',
        'int_conversation_owners_resolved',
    ] %}
        {% set relation = built_relation(model) %}
        {% if relation %}
            {% do known.update({model: relation}) %}
        {% endif %}
    {% endfor %}
    {% if known | length < 3 %}
        {{ return('') }}
    {% endif %}
    {% set erased %}
        select
            'customer' as entity,
            reported_customer_id as id
        from {{ known.int_customer_ids_resolved }}
        where customer_status = 'deleted'
        union all
        select
            'conversation' as entity,
            ids.reported_conversation_id as id
        from {{ known.int_conversation_ids_resolved }} as ids
        inner join {{ known.int_conversation_owners_resolved }} as owners
            on ids.conversation_id = owners.conversation_id
        inner join {{ known.int_customer_ids_resolved }} as customers
            on owners.customer_id = customers.reported_customer_id
        where customers.customer_status = 'deleted'
    {% endset %}
    {{ return(erased) }}
{% endmacro %}
