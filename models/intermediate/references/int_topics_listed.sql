with

topics as (

    select * from {{ ref('stg_gladly__topics') }}

),

export_topics as (

    select * from {{ ref('stg_gladly__export_topics') }}

),

listed as (

    select
        topic_id,
        topic_name,
        parent_topic_id,
        is_disabled,
        _captured_at,
        1 as precedence
    from topics

    union all

    select
        topic_id,
        topic_name,
        parent_topic_id,
        is_disabled,
        _captured_at,
        2 as precedence
    from export_topics

),

newest as (

    select * from listed
    qualify row_number() over (
        partition by topic_id
        order by _captured_at desc, precedence asc
    ) = 1

),

known as (

    select
        topic_id,
        topic_name,
        parent_topic_id,
        is_disabled
    from newest

)

select * from known
