{% set reaches = {'own': '', 'branch': 'branch_'} %}

with

stays as (

    select * from {{ ref('int_topic_stays_unioned') }}

),

openings as (

    select * from {{ ref('int_open_stretches_unioned') }}

),

closings as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}
    where ended_by = 'closed'

),

lifecycles as (

    select * from {{ ref('int_conversation_lifecycles_resolved') }}

),

tagged as (

    select
        stays.reach,
        stays.topic_id,
        stays.conversation_id
    from stays
    group by stays.reach, stays.topic_id, stays.conversation_id

),

-- While both last, the conversation is open with the topic.
presences as (

    select
        stays.reach,
        stays.topic_id,
        stays.conversation_id,
        greatest(stays.added_at, openings.open_from) as began_at,
        least(stays.removed_at, openings.open_to) as ended_at
    from stays
    inner join openings
        on
            stays.conversation_id = openings.conversation_id
            and (
                stays.removed_at is null
                or stays.removed_at > openings.open_from
            )
            and (
                stays.added_at is null
                or openings.open_to is null
                or stays.added_at < openings.open_to
            )

),

listed as (

    select
        tagged.reach,
        tagged.topic_id,
        tagged.conversation_id,
        'created' as moment,
        lifecycles.created_at as occurred_at
    from tagged
    inner join lifecycles
        on tagged.conversation_id = lifecycles.conversation_id

    union all

    select
        stays.reach,
        stays.topic_id,
        stays.conversation_id,
        'closed' as moment,
        closings.valid_to as occurred_at
    from stays
    inner join closings
        on
            stays.conversation_id = closings.conversation_id
            and (stays.added_at is null or stays.added_at <= closings.valid_to)
            and (
                stays.removed_at is null
                or stays.removed_at > closings.valid_to
            )

    union all

    {% for relation, moments in {
        'stays': {'added': 'added_at', 'removed': 'removed_at'},
        'presences': {'opened': 'began_at', 'ended': 'ended_at'},
    }.items() %}
        {% set last_relation = loop.last %}
        {% for moment, column in moments.items() %}
            select
                reach,
                topic_id,
                conversation_id,
                '{{ moment }}' as moment,
                {{ column }} as occurred_at
            from {{ relation }}
            {{ 'union all' if not (loop.last and last_relation) }}
        {% endfor %}
    {% endfor %}

),

topic_moments as (

    select * from listed
    where occurred_at is not null

),

counted as (

    select
        topic_id,
        {{ to_reporting_date('occurred_at') }} as activity_date,
    {% for reach, prefix in reaches.items() %}
        {% for moment in ['created', 'added', 'removed', 'closed'] %}
            count(*) filter (
                where reach = '{{ reach }}' and moment = '{{ moment }}'
            ) as {{ prefix }}{{ moment }}_count,
        {% endfor %}
        count(*) filter (
            where reach = '{{ reach }}' and moment = 'opened'
        ) - count(*) filter (
            where reach = '{{ reach }}' and moment = 'ended'
        ) as {{ prefix }}open_change
        {{- ',' if not loop.last }}
    {% endfor %}
    from topic_moments
    group by topic_id, activity_date

)

select * from counted
