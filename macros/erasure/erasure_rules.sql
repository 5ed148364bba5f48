{# Per extract that holds personal data of customers: the column that says whose
   it is, and what each personal column becomes. #}
{% macro erasure_rules() %}
    {% set event_content %}
        cast(json_merge_patch(content, '{
            "entryPoint": null, "customAttributeValue": null
        }') as json)
    {% endset %}
    {{ return({
        'conversation_items': {
            'owner': 'customer_id',
            'columns': {'content': erased_content('content')},
        },
        'conversations': {
            'owner': 'customer_id',
            'columns': {'custom_attributes': 'null'},
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
            'columns': {'content': event_content},
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
    }) }}
{% endmacro %}
