{# Half-open intervals that follow one another without gap or overlap; only the
   last of a lane may last. #}
{% test contiguous_intervals(model, lane, valid_from, valid_to) %}

with

neighbours as (

    select
        *,
        lead({{ valid_from }}) over (
            partition by {{ lane }}
            order by {{ valid_from }}, {{ valid_to }} nulls last
        ) as next_valid_from
    from {{ model }}

),

broken as (

    select * from neighbours
    where
        {{ valid_to }} < {{ valid_from }}
        or (
            next_valid_from is not null
            and {{ valid_to }} is distinct from next_valid_from
        )

)

select * from broken

{% endtest %}
