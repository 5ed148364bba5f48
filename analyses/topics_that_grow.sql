with

conversation_topics as (

    select * from {{ ref('fct_conversation_topics') }}

),

topics as (

    select * from {{ ref('dim_topics') }}

),

reporting as (

    select * from {{ ref('dim_reporting') }}

),

-- Whole days only: the one of now is not over.
dated as (

    select
        conversation_topics.conversation_id,
        conversation_topics.topic_id,
        {{ to_reporting_date('conversation_topics.added_at') }} as added_date,
        cast(reporting.as_of_date - interval 28 days as date)
            as first_date,
        cast(reporting.as_of_date - interval 56 days as date)
            as first_date_before,
        reporting.as_of_date
    from conversation_topics
    cross join reporting

),

counted as (

    select
        topic_id,
        count(distinct conversation_id) filter (where added_date >= first_date)
            as tagged_count,
        count(distinct conversation_id) filter (where added_date < first_date)
            as tagged_count_before
    from dated
    where added_date >= first_date_before and added_date < as_of_date
    group by topic_id

),

grown as (

    select
        topics.topic_path,
        counted.tagged_count,
        counted.tagged_count_before,
        counted.tagged_count - counted.tagged_count_before as growth
    from counted
    left join topics on counted.topic_id = topics.topic_id

)

select * from grown
order by growth desc, topic_path asc
