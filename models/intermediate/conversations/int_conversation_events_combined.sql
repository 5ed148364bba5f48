with

resolved as (

    select * from {{ ref('int_conversation_events_resolved') }}

),

ends as (

    select * from {{ ref('int_conversation_ends_determined') }}

),

-- What makes two accounts one event: an item does not tell creation from
-- reopening, and a new assignment is known by what it led to.
likened as (

    select
        *,
        case
            when
                event_type in ('conversation_created', 'conversation_reopened')
                then 'conversation_opened'
            else event_type
        end as kind_of_change,
        case
            when event_type = 'conversation_assignee_updated'
                then {{ hashed_key(['new_inbox_id', 'new_agent_id']) }}
            else topic_id
        end as changed_to
    from resolved

),

-- Reports may drop milliseconds, hence the second. An item of an absorbed
-- conversation can stand under the survivor, so it is compared with the family.
weighed as (

    select
        *,
        min(precedence) over (
            partition by reported_conversation_id, kind_of_change, changed_to
            order by occurred_at
            range between interval 1 second preceding
            and interval 1 second following
        ) as best_precedence,
        min(precedence) over (
            partition by conversation_id, kind_of_change, changed_to
            order by occurred_at
            range between interval 1 second preceding
            and interval 1 second following
        ) as best_precedence_in_family,
        -- Items do not say who had it; Conversation Export does of closings.
        {% for assignee in ['inbox_id', 'agent_id'] %}
            max(
                case
                    when told_by = 'conversation_export_report'
                        then previous_{{ assignee }}
                end
            ) over (
                partition by
                    reported_conversation_id, kind_of_change, changed_to
                order by occurred_at
                range between interval 1 second preceding
                and interval 1 second following
            ) as reported_{{ assignee }},
        {% endfor %}
        row_number() over (
            partition by reported_conversation_id, event_type
            order by precedence, occurred_at, event_key
        ) as account_number
    from likened

),

-- A conversation is created once, whatever the accounts.
chosen as (

    select
        *,
        row_number() over (
            partition by reported_conversation_id
            order by
                occurred_at,
                event_type != 'conversation_created',
                precedence,
                _captured_at,
                _extract_file,
                _record_number,
                event_key
        ) as event_number
    from weighed
    where
        precedence = best_precedence
        and (
            told_by != 'conversation_items'
            or precedence = best_precedence_in_family
        )
        and (event_type != 'conversation_created' or account_number = 1)

),

combined as (

    select
        chosen.event_key,
        chosen.conversation_id,
        chosen.reported_conversation_id,
        chosen.event_number,
        chosen.event_type,
        chosen.occurred_at,
        chosen.topic_id,
        {% for assignee in ['inbox_id', 'agent_id'] %}
            case chosen.told_by
                when 'conversation_items' then chosen.reported_{{ assignee }}
                else chosen.previous_{{ assignee }}
            end as previous_{{ assignee }},
        {% endfor %}
        chosen.new_inbox_id,
        chosen.new_agent_id,
        chosen.assignment_reason,
        chosen.initiator_type,
        chosen.initiator_id,
        coalesce(chosen.occurred_at >= ends.ended_at, false) as is_posthumous,
        chosen.told_by
    from chosen
    left join ends
        on chosen.reported_conversation_id = ends.reported_conversation_id

)

select * from combined
