{# CTEs that give rows of files of an older version, which has no columns for
   the actor, the one that another file names. The last, acted, is the relation with
   acted_initiator_type and acted_initiator_id. Columns that are alike, blank or
   not, and the second of the moment make two rows one event; with the actor in
   its key and without, it would be two. A row that says no one, stays so. #}
{% macro name_actors(relation, moment, subject, alike) %}
{%- set second = "date_trunc('second', " ~ moment ~ ')' -%}
unnamed as (

    select coalesce({{ subject }}, '') as unnamed_subject
    from {{ relation }}
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
        coalesce({{ subject }}, '') in (select unnamed_subject from unnamed)
        and coalesce(initiator_type, initiator_id) is not null
    group by
        {{ second }}
        {%- for column in alike %},
        coalesce({{ column }}, '')
        {%- endfor %}

),

acted as (

    select
        relation.*,
        coalesce(relation.initiator_type, named.known_initiator_type)
            as acted_initiator_type,
        coalesce(relation.initiator_id, nullif(named.known_initiator_id, ''))
            as acted_initiator_id
    from {{ relation }} as relation
    left join named
        on
            -- In the key: no join is hashed on a condition of one side.
            case
                when
                    coalesce(relation.initiator_type, relation.initiator_id)
                    is null
                    then {{ second }}
            end = named.named_second
            {%- for column in alike %}
            and coalesce(relation.{{ column }}, '') = named.named_{{ column }}
            {%- endfor %}

)
{% endmacro %}
