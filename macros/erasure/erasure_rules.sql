{# Per extract that tells of customers: the columns that say whose it is and in
   which conversation, and what each personal column becomes. Extracts without
   such a column may still hold fields that nobody declared. #}
{% macro erasure_rules() %}
    {{ return({
        'contact_export_report': {
            'owner': 'customer_id',
            'conversation': 'conversation_id',
            'columns': {},
        },
        'contact_timestamps_report': {
            'owner': 'customer_id',
            'conversation': 'conversation_id',
            'columns': {},
        },
        'conversation_export_report': {
            'owner': 'customer_id',
            'conversation': 'conversation_id',
            'columns': {},
        },
        'conversation_items': {
            'owner': 'customer_id',
            'conversation': 'conversation_id',
            'columns': {'content': erased_content('content')},
        },
        'conversation_timestamps_report': {
            'owner': 'customer_id',
            'conversation': 'conversation_id',
            'columns': {},
        },
        'conversations': {
            'owner': 'customer_id',
            'conversation': 'id',
            'columns': {'custom_attributes': 'null'},
        },
        'customer_lookups': {
            'owner': 'requested_id',
            'columns': {},
        },
        'customer_profiles': {
            'owner': 'id',
            'columns': {
                'name': 'null',
                'image': 'null',
                'address': 'null',
                'emails': erased_list('emails', ['type']),
                'phones': erased_list('phones', ['type']),
                'external_customer_id': 'null',
                'external_customer_ids': 'null',
                'custom_attributes': 'null',
            },
        },
        'events': {
            'owner': json_text('content', 'customerId'),
            'conversation': json_text('content', 'conversationId'),
            'columns': {'content': erased_event('content')},
        },
        'export_customers': {
            'owner': 'id',
            'columns': {
                'name': 'null',
                'address': 'null',
                'email_addresses': erased_list('email_addresses', ['type']),
                'phone_numbers': erased_list('phone_numbers', ['type']),
                'external_customer_id': 'null',
                'external_customer_ids': 'null',
            },
        },
        'tasks': {
            'owner': 'customer_id',
            'columns': {'body': 'null'},
        },
        'work_session_events': {
            'owner': 'customer_id',
            'conversation': 'conversation_id',
            'columns': {},
        },
    }) }}
{% endmacro %}
