{# What they call addresses and attributes, the more complete one first. #}
{% set sources = {
    'profiles': ['emails', 'phones', 'custom_attributes'],
    'export_customers': ['email_addresses', 'phone_numbers', 'null'],
} %}

with

profiles as (

    select * from {{ ref('base_gladly__customer_profiles') }}
    where _rejection_reason is null

),

export_customers as (

    select * from {{ ref('base_gladly__export_customers') }}
    where _rejection_reason is null

),

customer_ids as (

    select * from {{ ref('int_customer_ids_resolved') }}

),

-- A profile that was fetched has all fields, a customer in an export job some.
captured as (

    {% for relation, fields in sources.items() %}
        select
            id,
            name,
            address,
            cast({{ fields[0] }} as string) as emails,
            cast({{ fields[1] }} as string) as phones,
            external_customer_id,
            cast(external_customer_ids as string) as external_customer_ids,
            cast({{ fields[2] }} as string) as custom_attributes,
            {{ loop.index }} as precedence,
            _captured_at,
            _extract_file,
            _record_number
        from {{ relation }}

        {{ 'union all' if not loop.last }}
    {% endfor %}

),

latest as (

    select * from captured
    qualify row_number() over (
        partition by id
        order by precedence asc, {{ newest_first() }}
    ) = 1

),

of_current_customers as (

    select
        latest.id as customer_id,
        latest.name as customer_name,
        latest.address,
        latest.emails,
        latest.phones,
        latest.external_customer_id,
        latest.external_customer_ids,
        latest.custom_attributes,
        latest._captured_at as captured_at
    from latest
    inner join customer_ids
        on
            latest.id = customer_ids.reported_customer_id
            -- Everybody else is in dim_customers, without a name.
            and customer_ids.resolution_status = 'current'

)

select * from of_current_customers
