with

names as (

    select * from {{ ref('int_names_versioned') }}
    where entity = 'inbox'

),

keyed as (

    select
        {{ hashed_key(['entity_id', 'valid_from']) }} as inbox_version_key,
        entity_id as inbox_id,
        entity_name as inbox_name,
        is_disabled,
        valid_from,
        valid_to,
        valid_to is null as is_current
    from names

)

select * from keyed
