{# One of our measures beside the one of a report, from the relations ours and
   the report, whose ended_at says whether it could report all yet. A blank count
   or duration says nothing; a blank moment or id says that there is none. #}
{% macro compared_measure(id_column, measure, report, kind, cause) %}
{% set renderings = {
    'number': double_text('round(cast({0} as double), 3)'),
    'duration': double_text('round(cast({0} as double), 3)'),
    'moment': 'cast({0} as string)',
    'text': 'cast({0} as string)',
} %}
{% set mine, theirs = 'ours.' ~ measure, report ~ '.' ~ measure %}
select
    ours.{{ id_column }} as entity_id,
    '{{ measure }}' as measure,
    '{{ report }}' as source_extract,
    {{ renderings[kind].replace('{0}', mine) }} as our_value,
    {{ renderings[kind].replace('{0}', theirs) }} as gladly_value,
    {% if kind in ('number', 'duration') %}
    round(cast({{ mine }} - {{ theirs }} as double), 3) as difference,
    {% elif kind == 'moment' %}
    {{ seconds_between(theirs, mine) }} as difference,
    {% else %}
    cast(null as double) as difference,
    {% endif %}
    coalesce(
        {% if kind == 'moment' %}
        {{ is_same_moment(mine, theirs) }},
        {% elif kind == 'duration' %}
        {{ is_same_duration(mine, theirs) }},
        {% else %}
        {{ renderings[kind].replace('{0}', mine) }}
        = {{ renderings[kind].replace('{0}', theirs) }},
        {% endif %}
        false
    ) as is_equal,
    case
        when {{ theirs }} is null and {{ report }}.ended_at is null
            then 'open_when_captured'
        {% if cause %}
        when ours.{{ cause }} is not null then ours.{{ cause }}
        {% endif %}
        {% if kind in ('number', 'duration') %}
        when {{ theirs }} is null then 'not_reported'
        {% endif %}
    end as possible_cause
from ours
inner join {{ report }} on ours.{{ id_column }} = {{ report }}.{{ id_column }}
where {{ mine }} is not null or {{ theirs }} is not null
{% endmacro %}
