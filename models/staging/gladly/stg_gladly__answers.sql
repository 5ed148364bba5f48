with

answers as (

    select * from {{ ref('base_gladly__answers') }}
    where _rejection_reason is null

),

answer_contents as (

    select * from {{ ref('base_gladly__answer_contents') }}
    where _rejection_reason is null

),

-- Whoever asked only for the contents of an answer learned there that it is
-- gone; without these lines that proof would reach no model.
gone_by_contents as (

    select * from answer_contents
    where
        answer_id is null
        and id is not null
        and status = '404'

),

fetched as (

    select
        id,
        name as answer_name,
        audience_ids,
        created_at,
        updated_at,
        status,
        _captured_at,
        _extract_file,
        _record_number
    from answers
    union all
    select
        id,
        null as answer_name,
        null as audience_ids,
        null as created_at,
        null as updated_at,
        status,
        _captured_at,
        _extract_file,
        _record_number
    from gone_by_contents

),

renamed as (

    select
        -- ids
        id as answer_id,
        audience_ids,

        -- what it is
        answer_name,

        -- state
        coalesce(status = '404', false) as is_gone,

        -- times
        {{ to_utc('created_at') }} as created_at,
        {{ to_utc('updated_at') }} as updated_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from fetched

),

latest as (

    select * from renamed
    qualify row_number() over (
        partition by answer_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
