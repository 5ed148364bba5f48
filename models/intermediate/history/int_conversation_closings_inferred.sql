{#- As many as a report that counts wrongly can add to one conversation. -#}
{%- set most = 1000 -%}

with

added as (

    select * from {{ ref('int_conversation_closings_compared') }}
    where added_count > 0

),

ends as (

    select * from {{ ref('int_conversation_ids_resolved') }}
    where ended_by is not null

),

-- Before the last closing since the report counted less, where there is one,
-- else when the capture shows it.
dated as (

    select
        added.reported_conversation_id,
        case
            when
                added.last_closed_at > coalesce(
                    added.previously_observed_at,
                    cast('1900-01-01' as timestamp)
                )
                then added.last_closed_at
        end as closed_later_at,
        added.observed_at,
        added.last_opened_at,
        coalesce(added.last_closed_at >= added.last_opened_at, false)
            as is_closed,
        cast(least(added.added_count, {{ most }}) as bigint) as added_count
    from added
    left join ends
        on added.reported_conversation_id = ends.reported_conversation_id
    where
        added.added_count > 0
        and (ends.ended_at is null or added.observed_at < ends.ended_at)

),

numbered as (

    select
        *,
        {{ numbers_to('added_count') }} as place
    from dated

),

inferred as (

    select
        reported_conversation_id,
        case
            when closed_later_at is not null
                then closed_later_at - 2 * place * interval 1 millisecond
            when is_closed
                then observed_at - 2 * (place - 1) * interval 1 millisecond
            else observed_at - (2 * place - 1) * interval 1 millisecond
        end as changed_at,
        'closed' as status
    from numbered

    union all

    select
        reported_conversation_id,
        observed_at as changed_at,
        'open' as status
    from dated
    where
        closed_later_at is null
        and not is_closed
        and last_opened_at is distinct from observed_at

)

select * from inferred
