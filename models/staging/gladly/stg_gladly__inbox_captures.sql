with

inboxes as (

    select * from {{ ref('base_gladly__inboxes') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        {{ hashed_key(['id', '_captured_at']) }} as inbox_capture_key,
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

one_a_moment as (

    select * from renamed
    qualify row_number() over (
        partition by inbox_id, _captured_at
        order by {{ newest_first() }}
    ) = 1

)

select * from one_a_moment
