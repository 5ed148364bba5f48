{# CTEs that give a time printed to the minute the seconds that another source
   has of the same event. The last, refined, is the relation with refined_at.
   Columns that are alike make two times one event. A report prints minutes when
   none of its times has seconds; JSON always has them. What another file of the
   same extract has with seconds is that row, and left out. #}
{% macro refine_minutes(relation, alike) %}
minute_files as (

    select _extract_file
    from {{ relation }}
    where _extract_file like '%.csv%'
    group by _extract_file
    having bool_and(date_trunc('minute', occurred_at) = occurred_at)

),

printed as (

    select reported.*
    from {{ relation }} as reported
    inner join minute_files
        on reported._extract_file = minute_files._extract_file

),

with_seconds as (

    select reported.*
    from {{ relation }} as reported
    left join minute_files
        on reported._extract_file = minute_files._extract_file
    where minute_files._extract_file is null

),

finest_of_minutes as (

    select
        {% for column in alike %}
        printed.{{ column }},
        {% endfor %}
        printed.source_extract,
        printed.occurred_at,
        min(with_seconds.occurred_at) as finest_at,
        bool_or(with_seconds.source_extract = printed.source_extract)
            as is_repeated
    from printed
    inner join with_seconds
        on
            printed.occurred_at = date_trunc('minute', with_seconds.occurred_at)
            {% for column in alike %}
            and printed.{{ column }} is not distinct from with_seconds.{{ column }}
            {% endfor %}
    group by all

),

{# Joined to these alone: usually there are none. #}
refined as (

    select
        with_seconds.*,
        with_seconds.occurred_at as refined_at
    from with_seconds

    union all

    select
        printed.*,
        coalesce(finest.finest_at, printed.occurred_at) as refined_at
    from printed
    left join finest_of_minutes as finest
        on
            printed.occurred_at = finest.occurred_at
            and printed.source_extract = finest.source_extract
            {% for column in alike %}
            and printed.{{ column }} is not distinct from finest.{{ column }}
            {% endfor %}
    where finest.is_repeated is not true

)
{% endmacro %}
