with

observed as (

    select * from {{ ref('int_conversation_customers_unioned') }}

),

best_known as (

    select * from observed
    qualify row_number() over (
        partition by reported_conversation_id
        order by
            is_recomputed desc,
            case when is_recomputed then last_known_at end desc,
            first_known_at asc nulls last,
            reported_customer_id asc
    ) = 1

),

determined as (

    select
        reported_conversation_id,
        reported_customer_id
    from best_known

)

select * from determined
