{# CTEs that give rows of files of an older version, which has no columns for
   the actor, the one that another file names. The last, acted, is the relation with
   acted_initiator_type and acted_initiator_id. Columns that are alike, blank or
   not, and the second of the moment make two rows one event; with the actor in
   its key and without, it would be two. A row that says no one, stays so. #}
{% macro name_actors(relation, moment, subject, alike) %}
{%- set second = "date_trunc('second', " ~ moment ~ ')' -%}
unnamed as (

    select * from {{ relation }}
    where coalesce(initiator_type, initiator_id) is null

),

named as (

    select
        min_by(
            coalesce(initiator_type, ''),
            (coalesce(initiator_id, ''), coalesce(initiator_type, ''))
        ) as known_initiator_type,
        min(coalesce(initiator_id, '')) as known_initiator_id,
        {{ second }} as named_second
        {%- for column in alike %},
        coalesce({{ column }}, '') as named_{{ column }}
        {%- endfor %}
    from {{ relation }}
    where
        coalesce({{ subject }}, '')
        in (select coalesce({{ subject }}, '') from unnamed)
        and coalesce(initiator_type, initiator_id) is not null
    group by
        {{ second }}
        {%- for column in alike %},
        coalesce({{ column }}, '')
        {%- endfor %}

),

-- Joined to those without one alone, of which there usually are none.
acted as (

    select
        *,
        initiator_type as acted_initiator_type,
        initiator_id as acted_initiator_id
    from {{ relation }}
    where coalesce(initiator_type, initiator_id) is not null

    union all

    select
        unnamed.*,
        named.known_initiator_type as acted_initiator_type,
        nullif(named.known_initiator_id, '') as acted_initiator_id
    from unnamed
    left join named
        on
            {{ second }} = named.named_second
            {%- for column in alike %}
            and coalesce(unnamed.{{ column }}, '') = named.named_{{ column }}
            {%- endfor %}

)
{% endmacro %}
