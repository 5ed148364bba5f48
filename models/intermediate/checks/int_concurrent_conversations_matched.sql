with

open_intervals as (

    select
        reported_conversation_id,
        valid_from as open_from,
        valid_to as open_to
    from {{ ref('int_conversation_statuses_sequenced') }}
    where status = 'open' and is_end_reported

),

conversation_ids as (

    select * from {{ ref('int_conversation_ids_resolved') }}

),

first_owners as (

    select * from {{ ref('int_conversation_first_owners_dated') }}

),

ended as (

    select
        first_owners.*,
        open_intervals.open_from,
        least(open_intervals.open_to, conversation_ids.merged_at) as open_to
    from open_intervals
    inner join conversation_ids
        on
            open_intervals.reported_conversation_id
            = conversation_ids.reported_conversation_id
            -- When others ended is unknown.
            and (
                conversation_ids.resolution_status = 'current'
                or conversation_ids.merged_at is not null
            )
    inner join first_owners
        on
            open_intervals.reported_conversation_id
            = first_owners.reported_conversation_id

),

later as (

    select * from ended

),

earlier as (

    select * from ended

),

-- Conversations of two profiles are one customer's once both have joined it.
paired as (

    select
        earlier.reported_conversation_id as earlier_conversation_id,
        later.reported_conversation_id as later_conversation_id,
        case
            when earlier.reported_customer_id = later.reported_customer_id
                then later.reported_customer_id
            else later.customer_id
        end as reported_customer_id,
        case
            when earlier.reported_customer_id = later.reported_customer_id
                then greatest(
                    later.open_from, earlier.owned_from, later.owned_from
                )
            else greatest(
                later.open_from,
                earlier.owned_from,
                later.owned_from,
                earlier.joined_at,
                later.joined_at
            )
        end as open_together_from,
        least(earlier.open_to, later.open_to) as open_together_to
    from later
    inner join earlier
        on
            later.customer_id = earlier.customer_id
            and later.reported_conversation_id
            != earlier.reported_conversation_id
            and later.open_from >= earlier.open_from
            and (
                earlier.open_to is null or later.open_from < earlier.open_to
            )

),

-- Two that were opened at the same moment are paired both ways.
first_overlaps as (

    select
        reported_customer_id,
        earlier_conversation_id,
        later_conversation_id,
        open_together_from
    from paired
    where open_together_to is null or open_together_from < open_together_to
    qualify row_number() over (
        partition by
            least(earlier_conversation_id, later_conversation_id),
            greatest(earlier_conversation_id, later_conversation_id)
        order by open_together_from asc, earlier_conversation_id asc
    ) = 1

)

select * from first_overlaps
