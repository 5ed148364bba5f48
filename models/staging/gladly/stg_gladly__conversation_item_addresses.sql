{# Field of the payload, and which end of the message it names. #}
{% set fields = {
    'from': 'sender', 'to': 'recipient', 'cc': 'recipient', 'bcc': 'recipient',
} %}

with

conversation_items as (

    select * from {{ ref('base_gladly__conversation_items') }}
    where _rejection_reason is null

),

newest_copies as (

    select
        conversation_item_id,
        _extract_file,
        _record_number
    from {{ ref('stg_gladly__conversation_items') }}
    where content_type in ('email', 'sms', 'phone_call')

),

parsed as (

    select
        newest_copies.conversation_item_id,
        {{ json_fields(
            'conversation_items.content', ['from', 'to', 'cc', 'bcc']
        ) }} as payload
    from newest_copies
    inner join conversation_items
        on
            newest_copies.conversation_item_id = conversation_items.id
            and newest_copies._extract_file = conversation_items._extract_file
            and newest_copies._record_number
            = conversation_items._record_number

),

unnested as (

    {% for field, role in fields.items() %}
        select
            conversation_item_id,
            '{{ role }}' as address_role,
            {{ unnest_json_texts(
                json_list_or_text('payload.' ~ adapter.quote(field))
            ) }} as address
        from parsed

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

compared as (

    select
        conversation_item_id,
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
