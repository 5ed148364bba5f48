{# CTEs down to `placed`: what rows say of who had a conversation, and what was
   known before each. A row of a file without a column for one of inbox and agent
   that shows another than before of the other leaves the one unknown. A blank
   text is none, a question mark unknown, null as it was. #}
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
        {% endfor %}
        {{ rows }}.*
    from {{ rows }}
    window earlier as {{ earlier }}

),

known as (

    select
        {% for owner, other in [('inbox', 'agent'), ('agent', 'inbox')] %}
            case
                when has_{{ owner }} then coalesce({{ owner }}_id, '')
                when is_recorded then '?'
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
