with

names as (

    select * from {{ ref('int_names_versioned') }}
    where entity = 'inbox' and valid_to is null and entity_name is not null

),

counted as (

    select
        entity_id as inbox_id,
        entity_name as inbox_name,
        min(entity_id) over (partition by entity_name) as first_inbox_id,
        count(*) over (partition by entity_name) as inbox_count,
        max(valid_from) over (partition by entity_name) as shared_from
    from names

),

shared as (

    select * from counted
    where inbox_count > 1

)

select * from shared
