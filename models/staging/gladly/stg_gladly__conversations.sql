with

captures as (

    select * from {{ ref('stg_gladly__conversation_captures') }}

),

latest as (

    select * from captures
    qualify row_number() over (
        partition by reported_conversation_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
