with

topics as (

    select * from {{ ref('base_gladly__topics') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        id as topic_id,
        parent_id as parent_topic_id,

        -- what it is
        name as topic_name,
        coalesce({{ to_boolean('disabled') }}, false) as is_disabled,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from topics

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by topic_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
