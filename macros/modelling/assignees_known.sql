{# CTEs down to `placed`: what rows say of who had a conversation, and what was
   known before each. A row of a file without a column for one of inbox and agent
   that shows another than before of the other leaves the one unknown. Where an
   assignment went is unknown, too, without a column for it, unless the next event
   of the file, which has every change, reports the one before. A blank text is
   none, a question mark unknown, null as it was. #}
{% macro assignees_known(rows) -%}
{%- set earlier -%}
(
            partition by reported_conversation_id
            order by observed_at asc, event_number asc nulls last
            rows between unbounded preceding and 1 preceding
        )
{%- endset -%}
compared as (

    select
        {% for owner in ['inbox', 'agent'] %}
            {{ last_known(
                "case when has_" ~ owner
                ~ " then coalesce(" ~ owner ~ "_id, '') end"
            ) }} over earlier as reported_{{ owner }},
            case
                when _extract_file = lead(_extract_file) over in_number
                    then lead({{ owner }}_before) over in_number
            end as {{ owner }}_after,
        {% endfor %}
        {{ rows }}.*
    from {{ rows }}
    window
        earlier as {{ earlier }},
        in_number as (
            partition by reported_conversation_id, event_number is null
            order by event_number
        )

),

known as (

    select
        {% for owner, other in [('inbox', 'agent'), ('agent', 'inbox')] %}
            case
                when has_{{ owner }} then coalesce({{ owner }}_id, '')
                when is_recorded then coalesce({{ owner }}_after, '?')
                when
                    has_{{ other }}
                    and coalesce({{ other }}_id, '')
                    != coalesce(reported_{{ other }}, 'none yet')
                    then '?'
            end as known_{{ owner }},
        {% endfor %}
        compared.*
    from compared

),

placed as (

    select
        {% for owner in ['inbox', 'agent'] %}
            {{ last_known('known_' ~ owner) }} over earlier
                as previous_{{ owner }},
        {% endfor %}
        known.*
    from known
    window earlier as {{ earlier }}

)
{%- endmacro %}
