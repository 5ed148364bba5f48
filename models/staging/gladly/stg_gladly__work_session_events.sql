with

captures as (

    select * from {{ ref('stg_gladly__work_session_captures') }}

),

latest as (

    select * from captures
    qualify row_number() over (
        partition by work_session_event_key
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
