with

reported_references as (

    select * from {{ ref('int_contact_references_unioned') }}

),

candidates as (

    select * from {{ ref('int_contact_reference_candidates_scored') }}

),

-- A name that changed between two printings while no list shows whose did, was
-- anybody's then. Gladly prints the name of the contact's moment or that of the
-- printing, and does not say which: who had it at both fits either way. Who
-- merely appears at the contact decides only between those that fit equally
-- well. Who had it in the list before the contact, but not in the next, may
-- have lost it by then, so that who had it at the printing comes first.
ranked as (

    select
        *,
        is_renamed and not is_named_so_each_time as is_change_unseen,
        cast(is_named_so_then as integer)
        + cast(is_named_so_when_printed as integer) as fitting_moment_count,
        cast(is_surely_named_so_then as integer)
        + cast(is_named_so_when_printed as integer) as sure_moment_count,
        is_named_so_then and not is_enabled_then as was_off_then
    from candidates

),

-- Several that remain fit equally well: who of them is meant, nothing shows.
likeliest as (

    select * from ranked
    qualify rank() over (
        partition by contact_reference_key
        order by
            is_reported desc,
            is_named_so_each_time desc,
            is_spelled_so desc,
            case when is_change_unseen then 0 else sure_moment_count end desc,
            case when is_change_unseen then 0 else fitting_moment_count end
            desc,
            is_at_work desc,
            was_off_then asc
    ) = 1

),

counted as (

    select
        contact_reference_key,
        count(*) as candidate_count,
        min(entity_id) as entity_id,
        bool_and(not is_reported and fitting_moment_count = 0) as is_guess
    from likeliest
    group by contact_reference_key

),

matched as (

    select
        reported_references.*,
        case
            when reported_references.printed_name is null then 'not_printed'
            when counted.contact_reference_key is null then 'unmatched'
            when counted.candidate_count > 1 then 'ambiguous'
            when counted.is_guess then 'guessed'
            else 'matched'
        end as match_status,
        case when counted.candidate_count = 1 then counted.entity_id end
            as matched_id
    from reported_references
    left join counted
        on
            reported_references.contact_reference_key
            = counted.contact_reference_key

)

select * from matched
