with

told_references as (

    select * from {{ ref('int_contact_references_told') }}

),

candidates as (

    select * from {{ ref('int_contact_reference_candidates_weighed') }}

),

-- Gladly prints the name of the contact's moment or that of the printing, and
-- does not say which. Ids told elsewhere decide first, then the former.
likeliest as (

    select * from candidates
    qualify rank() over (
        partition by contact_reference_key
        order by
            is_told desc,
            is_at_work desc,
            is_named_so_then desc,
            is_named_so_when_printed desc
    ) = 1

),

counted as (

    select
        contact_reference_key,
        count(*) as candidate_count,
        min(entity_id) as entity_id
    from likeliest
    group by contact_reference_key

),

matched as (

    select
        told_references.*,
        case
            when told_references.printed_name is null then 'not_printed'
            when counted.contact_reference_key is null then 'unmatched'
            when counted.candidate_count > 1 then 'ambiguous'
            else 'matched'
        end as match_status,
        case when counted.candidate_count = 1 then counted.entity_id end
            as matched_id
    from told_references
    left join counted
        on
            told_references.contact_reference_key
            = counted.contact_reference_key

)

select * from matched
