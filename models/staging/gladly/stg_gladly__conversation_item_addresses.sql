{# Field of the payload, and which end of the message it names. #}
{% set fields = {
    'from': 'sender', 'to': 'recipient', 'cc': 'recipient', 'bcc': 'recipient',
} %}

with

conversation_items as (

    select * from {{ ref('base_gladly__conversation_items') }}
    where _rejection_reason is null

),

parsed as (

    select
        id as conversation_item_id,
        _extract_file,
        _record_number,
        {{ json_fields('content', ['type', 'from', 'to', 'cc', 'bcc']) }}
            as payload
    from conversation_items

),

addressed as (

    select * from parsed
    where {{ to_snake_case('payload.type') }} in ('email', 'sms', 'phone_call')

),

unnested as (

    {% for field, role in fields.items() %}
        select
            conversation_item_id,
            _extract_file,
            _record_number,
            '{{ role }}' as address_role,
            {{ unnest_json_texts(
                json_list_or_text('payload."' ~ field ~ '"')
            ) }} as address
        from addressed

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

compared as (

    select
        conversation_item_id,
        _extract_file,
        _record_number,
        address_role,
        {{ comparable_address('address') }} as address
    from unnested

),

listed as (

    select
        *,
        case when address like '%@%' then 'email' else 'phone' end
            as address_type
    from compared
    where address != ''
    group by all

)

select * from listed
