with

contents as (

    select * from {{ ref('stg_gladly__answer_contents') }}

),

answers as (

    select * from {{ ref('int_answers_resolved') }}

),

joined as (

    select
        contents.answer_content_key,
        contents.answer_id,
        contents.language,
        contents.content_type,
        case when not answers.is_deleted then contents.content_length end
            as content_length,
        contents.is_gone or answers.is_deleted as is_deleted
    from contents
    left join answers on contents.answer_id = answers.answer_id

)

select * from joined
