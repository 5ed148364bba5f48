with

inboxes as (

    select * from {{ ref('base_gladly__inboxes') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as inbox_id,

        -- what it is
        name as inbox_name,
        coalesce({{ to_boolean('disabled') }}, false) as is_disabled,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from inboxes

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by inbox_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
