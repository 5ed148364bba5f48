with

customer_lookups as (

    select * from {{ ref('base_gladly__customer_lookups') }}
    where _rejection_reason is null

),

renamed as (

    select
        -- ids
        requested_id as requested_customer_id,
        nullif(nullif(resolved_id, ''), requested_id)
            as resolved_customer_id,

        -- the answer
        {{ to_count('status') }} as http_status,
        {{ lookup_outcome('requested_id', 'status', 'resolved_id') }}
            as lookup_outcome,

        -- times
        _captured_at as looked_up_at,

        -- capture
        _captured_at,
        _extract_file,
        _record_number
    from customer_lookups

),

-- An id that redirected and later answered 404 keeps both answers: the redirect
-- stays evidence of the merge. Each 404 is kept: the first one since the id was
-- last seen dates the deletion, and other extracts say when that was.
keyed as (

    select
        {{ hashed_key([
            'requested_customer_id', 'http_status', 'resolved_customer_id',
            "case when lookup_outcome = 'gone' then looked_up_at end",
        ]) }} as customer_lookup_key,
        *
    from renamed

),

latest as (

    select * from keyed
    qualify row_number() over (
        partition by customer_lookup_key
        order by {{ newest_first() }}
    ) = 1

)

select * from latest
