with

answers as (

    select * from {{ ref('int_answers_determined') }}

),

contents as (

    select * from {{ ref('dim_answer_contents') }}

),

contents_counted as (

    select
        answer_id,
        count(*) as content_count
    from contents
    where not is_deleted
    group by answer_id

),

joined as (

    select
        answers.answer_id,
        answers.answer_name,
        answers.is_deleted,
        answers.deleted_at,
        answers.created_at,
        answers.updated_at,
        coalesce(contents_counted.content_count, 0) as content_count,
        answers.is_known
    from answers
    left join contents_counted on answers.answer_id = contents_counted.answer_id

)

select * from joined
