with

identity_violations as (

    select * from {{ ref('int_identity_violations_unioned') }}

),

topic_events as (

    select * from {{ ref('int_conversation_events_deduplicated') }}
    where
        event_type in ('conversation_topic_added', 'conversation_topic_removed')

),

-- Where no extract reports when it was reopened, it may have been open already.
certainly_closed as (

    select * from {{ ref('int_conversation_statuses_sequenced') }}
    where status = 'closed' and is_end_reported

),

inbox_names as (

    select * from {{ ref('int_names_versioned') }}
    where entity = 'inbox' and valid_to is null and entity_name is not null

),

contents as (

    select * from {{ ref('stg_gladly__answer_contents') }}

),

-- What is changed in the moment of closing is changed with it.
topics_while_closed as (

    select
        topic_events.reported_conversation_id,
        topic_events.topic_id,
        topic_events.event_type = 'conversation_topic_added' as is_addition,
        topic_events.occurred_at,
        certainly_closed.valid_from as closed_at
    from topic_events
    inner join certainly_closed
        on
            topic_events.reported_conversation_id
            = certainly_closed.reported_conversation_id
            and topic_events.occurred_at > certainly_closed.valid_from
            and (
                certainly_closed.valid_to is null
                or topic_events.occurred_at < certainly_closed.valid_to
            )
    group by all

),

named as (

    select
        entity_id as inbox_id,
        entity_name as inbox_name,
        min(entity_id) over (partition by entity_name) as first_inbox_id,
        count(*) over (partition by entity_name) as inbox_count,
        max(valid_from) over (partition by entity_name) as shared_from
    from inbox_names

),

shared_names as (

    select * from named
    where inbox_count > 1

),

violations as (

    select
        'R17' as rule_id,
        'conversation' as entity,
        reported_conversation_id as entity_id,
        concat(
            case when is_addition then 'given topic ' else 'rid of topic ' end,
            coalesce(topic_id, 'that is not named'), ' at ',
            cast(occurred_at as string), ' though closed since ',
            cast(closed_at as string)
        ) as detail,
        occurred_at
    from topics_while_closed

    union all

    select
        'R23' as rule_id,
        'inbox' as entity,
        inbox_id as entity_id,
        concat(
            'has the name ', inbox_name, ' as ',
            cast(inbox_count as string), ' inboxes do, among them ',
            first_inbox_id
        ) as detail,
        shared_from as occurred_at
    from shared_names

    union all

    select
        'R28' as rule_id,
        'answer' as entity,
        answer_id as entity_id,
        concat(
            'has several ', coalesce(content_type, 'unnamed'), ' contents in ',
            coalesce(language, 'no language')
        ) as detail,
        _captured_at as occurred_at
    from contents
    where is_reported_twice

    union all

    select
        rule_id,
        entity,
        entity_id,
        detail,
        occurred_at
    from identity_violations

),

keyed as (

    select
        {{ hashed_key(['rule_id', 'entity_id', 'detail']) }}
            as rule_violation_key,
        *
    from violations

)

select * from keyed
