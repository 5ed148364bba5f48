with

ends as (

    select * from {{ ref('int_conversation_ids_resolved') }}
    where ended_by is not null

),

intervals as (

    select
        'fct_conversation_status_intervals' as mart,
        reported_conversation_id,
        valid_from,
        valid_to,
        ended_by
    from {{ ref('fct_conversation_status_intervals') }}

    union all

    select
        'fct_conversation_assignments' as mart,
        reported_conversation_id,
        assigned_at as valid_from,
        unassigned_at as valid_to,
        null as ended_by
    from {{ ref('fct_conversation_assignments') }}

),

last_intervals as (

    select * from intervals
    qualify row_number() over (
        partition by mart, reported_conversation_id
        order by valid_from desc, valid_to desc nulls first
    ) = 1

),

wrong as (

    select
        last_intervals.*,
        ends.ended_at,
        ends.ended_by as should_be_ended_by
    from last_intervals
    left join ends
        on
            last_intervals.reported_conversation_id
            = ends.reported_conversation_id
    where
        last_intervals.valid_to is distinct from ends.ended_at
        or (
            last_intervals.mart = 'fct_conversation_status_intervals'
            and last_intervals.ended_by is distinct from ends.ended_by
        )

)

select * from wrong
