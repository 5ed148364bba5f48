{# CTEs that put what a source reports of one moment the other way round where
   that fits better: each event begins with the state in which the one before it
   ended. A file may be listed newest first, or in no order within a second. The
   last, named as given, is the relation with place_in_file: _record_number,
   exchanged where that is so. #}
{% macro order_by_state(name, relation) -%}
{%- set subject -%}
case {{ relation }}.event_type
    when 'conversation_assignee_updated' then 'assignee'
    when 'conversation_topic_added' then {{ relation }}.topic_id
    when 'conversation_topic_removed' then {{ relation }}.topic_id
    else 'status'
end
{%- endset -%}
{%- set history = 'reported_conversation_id, source_extract, subject' -%}
{%- set in_order = (
    'order by occurred_at, _captured_at, _extract_file, _record_number'
) -%}
{# Usually there are none. #}
met as (

    select
        reported_conversation_id,
        source_extract,
        {{ subject }} as subject
    from {{ relation }}
    where event_type not like '%note_created'
    group by reported_conversation_id, source_extract, {{ subject }}
    having count(*) > count(distinct occurred_at)

),

crowded as (

    select
        {{ relation }}.*,
        met.subject,
        case {{ relation }}.event_type
            when 'conversation_assignee_updated'
                then {{ hashed_key(['previous_inbox_id', 'previous_agent_id']) }}
            when 'conversation_topic_added' then 'off'
            when 'conversation_topic_removed' then 'on'
            when 'conversation_closed' then 'open'
            when 'conversation_reopened' then 'closed'
        end as state_before,
        case {{ relation }}.event_type
            when 'conversation_assignee_updated'
                then {{ hashed_key(['new_inbox_id', 'new_agent_id']) }}
            when 'conversation_topic_added' then 'on'
            when 'conversation_topic_removed' then 'off'
            when 'conversation_closed' then 'closed'
            else 'open'
        end as state_after
    from {{ relation }}
    inner join met
        on
            {{ relation }}.reported_conversation_id
            = met.reported_conversation_id
            and {{ relation }}.source_extract = met.source_extract
            and {{ subject }} = met.subject
    where {{ relation }}.event_type not like '%note_created'

),

neighboured as (

    select
        *,
        lag(state_after) over history as previous_after,
        lead(state_before) over history as next_before,
        lead(state_after) over moment as later_after,
        lag(occurred_at) over moment is null as is_first,
        lead(occurred_at) over moment is null as is_last
    from crowded
    window
        history as (partition by {{ history }} {{ in_order }}),
        moment as (partition by {{ history }}, occurred_at {{ in_order }})

),

{# What follows on as listed, and the other way round: from one to the next, from
   what was before the moment, and to what came after it. #}
turned as (

    select
        {{ history }},
        occurred_at,
        min(_record_number) + max(_record_number) as both_numbers
    from neighboured
    group by {{ history }}, occurred_at
    having
        count(*) > 1
        and min(_extract_file) = max(_extract_file)
        and count(*) filter (where previous_after = state_before)
        + count(*) filter (where is_last and state_after = next_before)
        < count(*) filter (where later_after = state_before)
        + case
            when
                max(previous_after) filter (where is_first)
                = max(state_before) filter (where is_last)
                then 1
            else 0
        end
        + case
            when
                max(next_before) filter (where is_last)
                = max(state_after) filter (where is_first)
                then 1
            else 0
        end

),

placed as (

    select
        neighboured.event_key,
        turned.both_numbers - neighboured._record_number as place_in_file
    from neighboured
    inner join turned
        on
            neighboured.reported_conversation_id
            = turned.reported_conversation_id
            and neighboured.source_extract = turned.source_extract
            and neighboured.subject = turned.subject
            and neighboured.occurred_at = turned.occurred_at

),

{{ name }} as (

    select
        {{ relation }}.*,
        coalesce(placed.place_in_file, {{ relation }}._record_number)
            as place_in_file
    from {{ relation }}
    left join placed on {{ relation }}.event_key = placed.event_key

)
{%- endmacro %}
