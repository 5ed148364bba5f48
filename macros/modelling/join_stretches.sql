{# CTEs that number stretches of time which overlap or touch alike, of which
   `numbered` is the last: a stretch begins anew only after a pause. Of several
   that begin at once one is found after it, whichever comes first. #}
{% macro join_stretches(stretches, keys, begins_at, ends_at, order_by) -%}
followed as (

    select
        *,
        max({{ ends_at }}) over (
            partition by {{ keys }}
            order by {{ order_by }}
            rows between unbounded preceding and 1 preceding
        ) as lasted_until
    from {{ stretches }}

),

numbered as (

    select
        *,
        count(*) filter (
            where lasted_until is null or {{ begins_at }} > lasted_until
        ) over (
            partition by {{ keys }}
            order by {{ order_by }}
            range between unbounded preceding and current row
        ) as stretch_number
    from followed

)
{%- endmacro %}
