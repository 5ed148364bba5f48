with

captures as (

    select * from {{ ref('stg_gladly__contact_export_captures') }}

),

latest as (

    select * from captures
    qualify row_number() over (
        partition by contact_id
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
