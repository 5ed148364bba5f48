{# A table of this session with the ids of customers proven deleted, and of the
   conversations that were theirs: records made before a merge may name a profile
   that nothing links to them. #}
{% macro erased_ids(known) %}
create or replace temporary table erased_ids as
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
{% endmacro %}
