with

events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where not is_posthumous

),

accounts as (

    select * from {{ ref('int_conversation_events_resolved') }}
    where
        event_type = 'conversation_created'
        and (new_inbox_id is not null or new_agent_id is not null)

),

-- The best account of a creation can be of a version that lacks who had it.
created_in as (

    select
        {% for owner in ['inbox', 'agent'] %}
            min_by(
                coalesce(new_{{ owner }}_id, ''),
                (precedence, occurred_at, event_key)
            ) filter (where coalesce(is_{{ owner }}_reported, true))
                as first_{{ owner }},
        {% endfor %}
        reported_conversation_id,
        event_type
    from accounts
    group by reported_conversation_id, event_type

),

-- From their first row on, these report every change. Before it, and since a
-- creation that only a capture shows, changes may be missing.
followed as (

    select
        *,
        source_extract in ('events', 'conversation_timestamps_report')
            as is_followed
    from events
    where
        source_extract in ('events', 'conversation_timestamps_report')
        or (
            event_type = 'conversation_created'
            and (new_inbox_id is not null or new_agent_id is not null)
        )

),

placed as (

    select
        *,
        row_number() over (
            partition by reported_conversation_id
            order by event_number nulls last
        ) as place,
        min(event_number) filter (
            where event_type = 'conversation_assignee_updated'
        ) over (partition by reported_conversation_id)
            as first_assignment_number
    from followed

),

-- Events report the assignment before them: until the first change, the first.
first_contexts as (

    select * from placed
    where
        (previous_inbox_id is not null or previous_agent_id is not null)
        and (
            first_assignment_number is null
            or event_number <= first_assignment_number
        )
        and is_followed
    qualify row_number() over (
        partition by reported_conversation_id
        order by event_number nulls last
    ) = 1

),

begun as (

    select
        placed.conversation_id,
        placed.reported_conversation_id,
        placed.event_number,
        placed.occurred_at as begun_at,
        {% for owner in ['inbox', 'agent'] %}
            case
                when
                    coalesce(placed.new_inbox_id, placed.new_agent_id) is null
                    and created_in.reported_conversation_id is null
                    then first_contexts.previous_{{ owner }}_id
                else coalesce(
                    placed.new_{{ owner }}_id,
                    nullif(created_in.first_{{ owner }}, '')
                )
            end as {{ owner }}_id,
            case
                when
                    created_in.reported_conversation_id is null
                    and first_contexts.reported_conversation_id is not null
                    then coalesce(first_contexts.is_{{ owner }}_reported, true)
                else
                    coalesce(placed.is_{{ owner }}_reported, true)
                    or created_in.first_{{ owner }} is not null
            end as is_{{ owner }}_reported,
        {% endfor %}
        placed.event_type = 'conversation_created' as is_creation
    from placed
    left join first_contexts
        on
            placed.reported_conversation_id
            = first_contexts.reported_conversation_id
    left join created_in
        on
            placed.reported_conversation_id
            = created_in.reported_conversation_id
            and placed.event_type = created_in.event_type
    where
        placed.place = 1
        and placed.event_type != 'conversation_assignee_updated'
        and (
            placed.event_type = 'conversation_created'
            or first_contexts.reported_conversation_id is not null
        )

)

select * from begun
